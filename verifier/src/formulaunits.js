// The unit of a formula, from those of its names (docs/spec/formulas.md, section 7).

import { Refused } from "./formulasigns.js";
import { sameUnit, unitTimes, writeUnit } from "./units.js";

const NONE = new Map();
const isBareZero = (part) => part.is === "number" && !part.unit?.size && part.value.above === 0n;

/** The unit that all have, `0` alone aside. */
function equal(parts, units, place) {
  let first = null;
  for (const part of parts.filter((one) => !isBareZero(one))) {
    const unit = formulaUnit(part, units);
    first ??= unit;
    if (!sameUnit(first, unit)) {
      throw new Refused(place, `${writeUnit(first)} y ${writeUnit(unit)}`, "son unidades distintas; convierta una de ellas o compare lo mismo");
    }
  }
  return first ?? NONE;
}

function checkTest(test, units) {
  if (test.is === "fact") equal([test.left, test.right], units, test.place);
  else for (const part of test.parts ?? [test.of]) checkTest(part, units);
}

function ofChain({ first, steps, place }, units) {
  if ("+-".includes(steps[0].operator)) return equal([first, ...steps.map((step) => step.operand)], units, place);
  return steps.reduce(
    (unit, { operator, operand }) => unitTimes(unit, formulaUnit(operand, units), operator === "*" ? 1 : -1),
    formulaUnit(first, units),
  );
}

function ofName({ name, place }, units) {
  if (!units.has(name)) throw new Refused(place, name, "este nombre no está en la ficha; agréguelo a ella o corríjalo");
  return units.get(name);
}

/** The unit of a part, where `units` is a Map of those of the names; throws `Refused` at the first clash or unknown name. */
export function formulaUnit(part, units) {
  switch (part.is) {
    case "number": return part.unit ?? NONE;
    case "name": return ofName(part, units);
    case "chain": return ofChain(part, units);
    case "min":
    case "max": return equal(part.parts, units, part.place);
    case "si":
      checkTest(part.test, units);
      return equal([part.yes, part.no], units, part.place);
    default: return formulaUnit(part.of, units);
  }
}
