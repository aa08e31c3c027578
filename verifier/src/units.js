// Units: a Map from each name to its exponent, never 0 (docs/spec/formulas.md, section 1).

const FACTOR = /^([a-záéíóúüñ][a-záéíóúüñ0-9_]*)(?:\^([2-9]))?$/;

const trimmed = (text) => text.replace(/^ +| +$/g, "");

/** The names on one side of the `/`, or null where something else stands there. */
function sideOf(text) {
  const side = new Map();
  for (const part of text.split("*")) {
    const match = FACTOR.exec(trimmed(part));
    if (match === null) return null;
    multiply(side, match[1], Number(match[2] ?? 1));
  }
  return Math.max(...side.values()) > 9 ? null : side;
}

function multiply(unit, name, exponent) {
  const sum = (unit.get(name) ?? 0) + exponent;
  if (sum === 0) unit.delete(name);
  else unit.set(name, sum);
}

/** The unit that the text says, or null where it says none. */
export function readUnit(text) {
  if (trimmed(text) === "%") return new Map();
  const [above, below, ...rest] = text.split("/");
  const over = trimmed(above) === "1" ? new Map() : sideOf(above);
  const under = below === undefined ? new Map() : sideOf(below);
  return over === null || under === null || rest.length ? null : unitTimes(over, under, -1);
}

/** `one` times `other`, or divided by it where `sign` is -1. */
export function unitTimes(one, other, sign) {
  const unit = new Map(one);
  for (const [name, exponent] of other) multiply(unit, name, sign * exponent);
  return unit;
}

export function sameUnit(one, other) {
  return one.size === other.size && [...one].every(([name, exponent]) => other.get(name) === exponent);
}

/** The one way in which a computed unit is written. */
export function writeUnit(unit) {
  const side = (sign) =>
    [...unit.keys()]
      .filter((name) => sign * unit.get(name) > 0)
      .sort()
      .map((name) => (sign * unit.get(name) === 1 ? name : `${name}^${sign * unit.get(name)}`))
      .join("*");
  const below = side(-1);
  return (side(1) || "1") + (below && `/${below}`);
}
