// Every indicator of a set computed again from its sheets and inputs (docs/spec/formulas.md, section 8). Written from that page alone.

import { Refused } from "./formulasigns.js";
import { parseFormula } from "./formulatext.js";
import { formulaUnit } from "./formulaunits.js";
import { evaluateFormula, IN_A_YEAR, periodName, periodNamed, TooMuch, walkReads, weightOf } from "./formulavalues.js";
import { writeFraction } from "./fractions.js";
import { readUnit, sameUnit, writeUnit } from "./units.js";

function refuse(found, rule) {
  throw new Refused(1, found, rule);
}

function unitOfName(sheet, name, sheets) {
  const { indicator = null, unit } = sheet.names[name];
  if (indicator === null) return readUnit(unit) ?? refuse(name, `la ficha le da «${unit}», que no es una unidad; corríjala`);
  const other = sheets.get(indicator) ?? refuse(name, `la ficha lo toma del indicador «${indicator}», que no existe; corríjala`);
  if (other.grain !== sheet.grain) refuse(name, `el indicador «${indicator}» no es de la misma periodicidad; use uno que lo sea`);
  return readUnit(other.unit) ?? refuse(name, `el indicador «${indicator}» no declara una unidad; corrija su ficha`);
}

/** The formula of a sheet, read and found to be of the unit that the sheet declares. */
function checked(sheet, sheets) {
  const formula = parseFormula(sheet.formula);
  const declared = readUnit(sheet.unit);
  if (declared === null || !Object.hasOwn(IN_A_YEAR, sheet.grain)) {
    refuse(sheet.unit, "la ficha no dice una unidad o una periodicidad que existan; corríjala");
  }
  const bound = formula.names.filter((name) => Object.hasOwn(sheet.names, name));
  const unit = formulaUnit(formula.tree, new Map(bound.map((name) => [name, unitOfName(sheet, name, sheets)])));
  if (!sameUnit(unit, declared)) refuse(writeUnit(unit), `la ficha declara ${sheet.unit}; corrija la unidad de la ficha o la fórmula`);
  return { sheet, ...formula, reads: bound.map((name) => sheet.names[name].indicator ?? null).filter((key) => key !== null) };
}

/** Keys so that each comes after those that it reads, or the cycle. Without recursion: a chain may be long. */
function ordered(read) {
  const order = [];
  const state = new Map(); // open while what it reads is looked at, then done
  for (const start of read.keys()) {
    const path = state.has(start) ? [] : [start];
    while (path.length) {
      const key = path.at(-1);
      state.set(key, state.get(key) ?? "open");
      const other = read.get(key).reads.find((one) => state.get(one) !== "done");
      if (other === undefined) {
        state.set(path.pop(), "done");
        order.push(key);
      } else if (state.get(other) === "open") return { cycle: [...path.slice(path.indexOf(other)), other] };
      else path.push(other);
    }
  }
  return { order };
}

function periodOf(sheet, period) {
  const { grain, at } = periodNamed(period);
  if (grain !== sheet.grain) throw new RangeError(`«${period}» no es un periodo del indicador «${sheet.key}»`);
  return at;
}

/** For each indicator, the periods that are asked of it, by a person or by another one. */
function neededPeriods(read, order, asked, mostWork) {
  let work = 0;
  const needed = new Map(order.map((key) => [key, new Set()]));
  for (const [key, periods] of Object.entries(asked)) {
    for (const period of periods) needed.get(key).add(periodOf(read.get(key).sheet, period));
  }
  for (const key of [...order].reverse()) {
    const { sheet, tree, reads } = read.get(key);
    work += weightOf(tree, sheet.grain) * needed.get(key).size;
    if (work > mostWork) throw new TooMuch();
    if (!reads.length) continue;
    for (const at of needed.get(key)) {
      walkReads(tree, { grain: sheet.grain, at }, (name, when) => needed.get(sheet.names[name].indicator ?? null)?.add(when));
    }
  }
  return needed;
}

function computed(read, order, needed, inputs) {
  const found = new Map();
  const told = ({ value, reason }) => (value ? writeFraction(value) : reason);
  for (const key of order) {
    const { sheet, tree } = read.get(key);
    const lookup = (name, period) => {
      const { indicator = null, cell } = sheet.names[name];
      if (indicator !== null) return found.get(indicator).get(period);
      const cells = cellsOf(inputs, cell);
      return (typeof cells === "function" ? cells(period) : cells[period]) ?? { kind: "no-data", period, name };
    };
    const own = (at) => told(evaluateFormula(tree, { grain: sheet.grain, at }, lookup));
    found.set(key, new Map());
    for (const at of [...needed.get(key)].sort((one, other) => one - other)) {
      const value = own(at);
      found.get(key).set(periodName(sheet.grain, at), typeof value === "string" ? value : { indicator: key, ...value });
    }
  }
  return found;
}

const cellsOf = (inputs, cell) => (Object.hasOwn(inputs, cell) ? inputs[cell] : {});

function refusals(read, sheets) {
  const refused = {};
  for (const [key, sheet] of sheets) {
    try {
      read.set(key, checked(sheet, sheets));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused[key] = error;
    }
  }
  return refused;
}

function refusedCycle(cycle) {
  const rule = "estos indicadores se calculan uno con otro y vuelven al primero; cambie uno de ellos para que no lea al siguiente";
  return Object.fromEntries(cycle.slice(1).map((key) => [key, new Refused(1, cycle.join(" → "), rule)]));
}

const plainly = (refused) =>
  Object.fromEntries(Object.entries(refused).map(([key, { place, found, rule }]) => [key, { place, found, rule }]));

/**
 * Computes all that `asked` wants ({key: [period]}) from `sheets` ([{key, formula, unit, grain, names}], where a name is {indicator} or
 * {cell, unit}) and `inputs` ({cell: {period: text}}, or a function of the period instead of an object; a reason `{kind}` instead of a text). Gives
 * `{refused, values}`: a set with a refusal is not computed; `cycle` names the one for which it was. Throws `RangeError` for a key, a period or a value met that is
 * none, and `TooMuch` where the weights of the formulas, each times the periods in which it is needed, sum to more than `mostWork`.
 */
export function recompute(sheets, inputs, asked, mostWork = Infinity) {
  for (const key of Object.keys(asked)) if (!sheets.some((sheet) => sheet.key === key)) throw new RangeError(`no hay un indicador «${key}»`);
  const byKey = new Map(sheets.map((sheet) => [sheet.key, sheet]));
  const read = new Map();
  const refused = refusals(read, byKey);
  const { order, cycle } = Object.keys(refused).length ? {} : ordered(read);
  if (cycle) return { refused: plainly(refusedCycle(cycle)), values: {}, cycle };
  if (!order) return { refused: plainly(refused), values: {} };
  const found = computed(read, order, neededPeriods(read, order, asked, mostWork), inputs);
  const answers = Object.entries(asked).map(([key, periods]) => [key, Object.fromEntries(periods.map((at) => [at, found.get(key).get(at)]))]);
  return { refused: {}, values: Object.fromEntries(answers) };
}

/** The unit of a formula whose names have these ({name: unit}), as written; or what refuses it. */
export function unitOfFormula(text, units) {
  try {
    const known = Object.entries(units).map(([name, unit]) => [name, readUnit(unit) ?? refuse(name, `«${unit}» no es una unidad`)]);
    return { unit: writeUnit(formulaUnit(parseFormula(text).tree, new Map(known))) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: plainly({ it: error }).it };
  }
}
