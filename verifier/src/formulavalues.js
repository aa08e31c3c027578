// The value of a formula in a period, or why there is none (docs/spec/formulas.md, sections 2 and 4 to 6).
// Within one grain a period is a number: how many of that grain came before it since the year 0.

import { bounded, compared, minus, opposite, over, plus, readFraction, rounded, times } from "./fractions.js";

const FIRST_YEAR = 1900;
const PERIOD = /^((?:19|2[01])[0-9]{2})(?:-(?:Q([1-4])|M(0[1-9]|1[0-2])))?$/;
export const IN_A_YEAR = { month: 12, quarter: 4, year: 1 };

/** `{grain, at}` of a period; throws `RangeError` where the text is none. */
export function periodNamed(text) {
  const match = PERIOD.exec(text);
  if (match === null) throw new RangeError(`«${text}» no es un periodo`);
  const [, year, quarter, month] = match;
  const grain = quarter ? "quarter" : month ? "month" : "year";
  return { grain, at: Number(year) * IN_A_YEAR[grain] + Number(quarter ?? month ?? 1) - 1 };
}

export function periodName(grain, at) {
  const within = (at % IN_A_YEAR[grain]) + 1;
  const year = String(Math.floor(at / IN_A_YEAR[grain])).padStart(4, "0");
  return { month: `${year}-M${String(within).padStart(2, "0")}`, quarter: `${year}-Q${within}`, year }[grain];
}

export const isTooEarly = (grain, at) => at < FIRST_YEAR * IN_A_YEAR[grain];

/** Thrown where there is no value; `reason` is {kind, period} and what was met: a name or a place. */
class NoValue extends Error {
  constructor(kind, grain, at, met) {
    super(kind);
    this.reason = { kind, period: periodName(grain, at), ...met };
  }
}

/** The periods that a sum adds, the oldest first. */
function summed(part, { grain, at }) {
  const count = part.count ?? (at % IN_A_YEAR[grain]) + 1;
  return Array.from({ length: count }, (_, number) => at - count + 1 + number);
}

const HOLDS = {
  "<": (order) => order < 0, "<=": (order) => order <= 0, ">": (order) => order > 0,
  ">=": (order) => order >= 0, "=": (order) => order === 0, "<>": (order) => order !== 0,
};
const STEPS = { "+": plus, "-": minus, "*": times, "/": over };

/** One computation: `lookup(name, period)` gives the text of a value or a reason. */
class Work {
  constructor(grain, lookup) {
    Object.assign(this, { grain, lookup, values: new Map() });
  }

  none(kind, at, met) {
    throw new NoValue(kind, this.grain, at, met);
  }

  bounded(value, place, at) {
    return bounded(value) ?? this.none("range", at, { place });
  }

  value(part, at) {
    if (isTooEarly(this.grain, at)) this.none("no-data", at);
    switch (part.is) {
      case "number": return part.value;
      case "name": return this.named(part, at);
      case "opposite": return opposite(this.value(part.of, at));
      case "chain": return this.chain(part, at);
      case "min": return this.extreme(part, at, -1);
      case "max": return this.extreme(part, at, 1);
      case "redondear": return this.bounded(rounded(this.value(part.of, at), part.digits), part.place, at);
      case "si": return this.value(this.holds(part.test, at) ? part.yes : part.no, at);
      case "anterior": return this.value(part.of, at - part.count);
      default: return this.sum(part, at);
    }
  }

  /** Each value is read once: texts may be long. */
  named(part, at) {
    const key = `${part.name} ${at}`;
    if (!this.values.has(key)) this.values.set(key, this.read(part, at));
    return this.values.get(key);
  }

  read({ name, place }, at) {
    const found = this.lookup(name, periodName(this.grain, at));
    if (typeof found !== "string") throw Object.assign(new NoValue("", this.grain, at), { reason: found });
    const value = readFraction(found);
    if (value === null) throw new RangeError(`«${found.slice(0, 40)}» no es un valor: se escribe n, o n/d en su mínima expresión`);
    return this.bounded(value, place, at);
  }

  chain({ first, steps }, at) {
    return steps.reduce((total, { operator, operand, place }) => {
      const other = this.value(operand, at);
      if (operator === "/" && other.above === 0n) this.none("zero", at, { place });
      return this.bounded(STEPS[operator](total, other), place, at);
    }, this.value(first, at));
  }

  extreme({ parts }, at, side) {
    return parts.map((part) => this.value(part, at)).reduce((best, one) => (compared(one, best) === side ? one : best));
  }

  sum(part, at) {
    const [oldest, ...rest] = summed(part, { grain: this.grain, at });
    return rest.reduce((total, when) => this.bounded(plus(total, this.value(part.of, when)), part.place, at), this.value(part.of, oldest));
  }

  holds(test, at) {
    switch (test.is) {
      case "no": return !this.holds(test.of, at);
      case "y": return test.parts.every((part) => this.holds(part, at));
      case "o": return test.parts.some((part) => this.holds(part, at));
      default: {
        const left = this.value(test.left, at);
        return HOLDS[test.operator](compared(left, this.value(test.right, at)));
      }
    }
  }
}

/** Thrown where formulas ask for more work than was allowed. */
export class TooMuch extends Error {}

/** How many parts a formula has, those inside a sum once for each period that it may add (docs/spec/bundle.md, section 10). */
export function weightOf(part, grain) {
  const inside = insideOf(part).reduce((sum, one) => sum + weightOf(one, grain), 0);
  switch (part.is) {
    case "chain": return inside + part.steps.length;
    case "ultimos": case "acumulado": return 1 + (part.count ?? IN_A_YEAR[grain]) * inside;
    case "no": case "y": case "o": return inside;
    default: return 1 + inside;
  }
}

/** `{value}`, a fraction, or `{reason}`. */
export function evaluateFormula(tree, { grain, at }, lookup) {
  try {
    return { value: new Work(grain, lookup).value(tree, at) };
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
    return { reason: error.reason };
  }
}

/** Calls `meet(name, at)` for each name and period for which the formula may ask, those too early left out. */
export function walkReads(part, { grain, at }, meet) {
  if (isTooEarly(grain, at)) return;
  const go = (inside, when) => walkReads(inside, { grain, at: when }, meet);
  if (part.is === "name") meet(part.name, at);
  else if (part.is === "anterior") go(part.of, at - part.count);
  else if (part.is === "ultimos" || part.is === "acumulado") for (const when of summed(part, { grain, at })) go(part.of, when);
  else for (const inside of insideOf(part)) go(inside, at);
}

function insideOf({ of, parts, first, steps, test, yes, no, left, right }) {
  const all = [of, first, test, yes, no, left, right, ...(parts ?? []), ...(steps ?? []).map((step) => step.operand)];
  return all.filter((inside) => inside !== undefined);
}
