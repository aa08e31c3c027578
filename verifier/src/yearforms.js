// The lines of measures, indicators and heads (section 10): the shape of each, what else it must be by itself, and their order.

import { textOrder } from "./bytes.js";
import { canonicalText } from "./canonical.js";
import { daysOf } from "./calendar.js";
import { IN_A_YEAR, periodName, periodNamed } from "./formulavalues.js";
import { readFraction } from "./fractions.js";
import { HEADS, INDICATORS, MEASURES } from "./layout.js";
import { atLeast, each, exactly, hex64, isObject, just, listOf, orNull, text, textThat } from "./shapes.js";

const exact = textThat((said) => readFraction(said) !== null, "un valor n, o n/d en su mínima expresión");
const moment = textThat(isMoment, "un periodo AAAA-M01..12, AAAA-Q1..4 o AAAA");

function isMoment(said) {
  try {
    return periodNamed(said) !== null;
  } catch (error) {
    return false;
  }
}

/** These keys, a value and a reason: exactly one of the two is null. */
function saying(keys, reasons) {
  const shape = exactly({ ...keys, reason: just(null, ...reasons), value: orNull(exact) });
  return (value, place, problems) => {
    const before = problems.length;
    shape(value, place, problems);
    if (problems.length === before && (value.reason === null) === (value.value === null)) problems.push(`«${place}» debe tener o valor o razón`);
  };
}

const where = each(text, text);
const BINDINGS = {
  measure: exactly({ measure: text, unit: text, where }),
  indicator: exactly({ indicator: text, unit: text }),
  target: exactly({ target: each(moment, exact), unit: text }),
};

function binding(value, place, problems) {
  const kind = isObject(value) ? Object.keys(BINDINGS).find((name) => Object.hasOwn(value, name)) : undefined;
  BINDINGS[kind ?? "measure"](value, place, problems);
}

export const yearForms = {
  [MEASURES]: saying({ measure: text, period: moment, where }, ["no-data", "privacy"]),
  [INDICATORS]: exactly({
    formula: text, grain: just("month", "quarter", "year"), key: text, line: orNull(text), mark: just("de gestión", "de resultado"), name: text, unit: text,
    values: listOf(saying({ period: moment }, ["no-data", "privacy", "zero", "range"])), variables: each(text, binding), version: atLeast(1),
  }),
  [HEADS]: exactly({ chain: text, digest: hex64, sequence: atLeast(1) }),
};

/** Year, and first and last month, of the period that is sealed. */
export function spanOf(period) {
  const { year, first, last } = daysOf(period);
  return { year, from: Number(first.slice(5, 7)), to: Number(last.slice(5, 7)) };
}

/** First and last month of a period of formulas, in its year. */
export function monthsOf(period) {
  const { grain, at } = periodNamed(period);
  const size = 12 / IN_A_YEAR[grain];
  const to = ((at % IN_A_YEAR[grain]) + 1) * size;
  return { year: period.slice(0, 4), grain, from: to - size + 1, to };
}

function periodsWithin(period, grain) {
  const { year, from, to } = spanOf(period);
  const all = Array.from({ length: IN_A_YEAR[grain] }, (_, i) => periodName(grain, Number(year) * IN_A_YEAR[grain] + i));
  return all.filter((one) => monthsOf(one).from >= from && monthsOf(one).to <= to);
}

function lateMeasure({ period }, manifest) {
  const [sealed, { year, to }] = [spanOf(manifest.period), monthsOf(period)];
  const late = year > sealed.year || (year === sealed.year && to > sealed.to);
  return late ? "Es de un periodo que termina después del que se sella." : null;
}

function otherPeriods({ grain, values }, manifest) {
  const wanted = periodsWithin(manifest.period, grain);
  const same = wanted.length === values.length && wanted.every((period, i) => period === values[i].period);
  return same ? null : `Sus valores deben ser de ${wanted.join(", ") || "ningún periodo"}, en orden.`;
}

const ownHead = ({ chain }, { ledger }) => (chain === ledger.chain ? "Es la cadena que ya dice la lista firmada (manifest.json)." : null);

const RULES = new Map([
  [MEASURES, { alone: lateMeasure, order: (line) => [line.measure, canonicalText(line.where), line.period] }],
  [INDICATORS, { alone: otherPeriods, order: (line) => [line.key] }],
  [HEADS, { alone: ownHead, order: (line) => [line.chain] }],
]);

/** Whether these cells come after those. */
export function comesAfter(here, before) {
  const at = here.findIndex((cell, i) => cell !== before[i]);
  return at >= 0 && textOrder(before[at], here[at]) < 0;
}

/** Calls `fault(number, text)` for what else is wrong with the lines of a file; a line that is null was not of its shape. */
export function checkLines(path, lines, manifest, fault) {
  const rules = RULES.get(path);
  let before = null;
  for (const [number, line] of rules ? lines.entries() : []) {
    const problem = line === null ? null : rules.alone(line, manifest);
    if (problem) fault(number, problem);
    const here = line === null || problem ? null : rules.order(line);
    if (before !== null && here !== null && !comesAfter(here, before)) fault(number, "No va después de la línea anterior: van en orden y sin repetirse.");
    before = here;
  }
}
