// Every value of indicators.jsonl computed again from its sheet and from the cells (section 10).

import { canonicalText } from "./canonical.js";
import { recompute } from "./formulas.js";
import { TooMuch } from "./formulavalues.js";
import { INDICATORS, MEASURES } from "./layout.js";
import { REASONS } from "./words.js";

const MOST_WORK = 200000;
const LACKS = "missing"; // no reason of a bundle: what a formula asked for is not there

const cellName = ({ measure, where }) => canonicalText([measure, where]);

/** What measures.jsonl says: cell -> period -> text of a value, or the reason why there is none. */
function cellsOf(measures) {
  const cells = new Map();
  for (const line of measures) {
    const name = cellName(line);
    if (!cells.has(name)) cells.set(name, new Map());
    cells.get(name).set(line.period, line.value ?? { kind: line.reason, period: line.period });
  }
  return cells;
}

/** Sheets go by the number of their line, so that no key can be taken for another thing. */
function sheetOf({ formula, unit, grain, variables }, number, keys) {
  const bound = (name, { indicator, unit: told }) =>
    indicator === undefined ? { cell: `${number} ${name}`, unit: told } : { indicator: keys.get(indicator) ?? `«${indicator}»` };
  const names = Object.fromEntries(Object.entries(variables).map(([name, one]) => [name, bound(name, one)]));
  return { key: String(number), formula, unit, grain, names };
}

/** What each name of each sheet reads. */
function inputsOf(indicators, cells) {
  const inputs = [];
  for (const [number, { variables }] of indicators.entries()) {
    for (const [name, one] of Object.entries(variables)) {
      const known = one.measure === undefined ? null : cells.get(cellName(one));
      if (one.measure !== undefined) inputs.push([`${number} ${name}`, (period) => known?.get(period) ?? { kind: LACKS, period }]);
      else if (one.target !== undefined) inputs.push([`${number} ${name}`, one.target]);
    }
  }
  return Object.fromEntries(inputs);
}

const saidOf = ({ value, reason }) => (reason === null ? value.slice(0, 60) : `sin datos (${REASONS[reason]})`);

function problem(one, made, indicators) {
  if (typeof made === "string") return made === one.value ? null : `dice ${saidOf(one)}, y de su fórmula sale ${made.slice(0, 60)}`;
  if (made.kind === LACKS) return `no se puede calcular: data/measures.jsonl no trae lo que «${indicators[made.indicator].key}» lee en ${made.period}`;
  return made.kind === one.reason ? null : `dice ${saidOf(one)}, y de su fórmula sale sin datos (${REASONS[made.kind]})`;
}

function compare(fault, indicators, values) {
  for (const [number, line] of indicators.entries()) {
    for (const one of line.values) {
      const wrong = problem(one, values[number][one.period], indicators);
      if (wrong) fault(number, `En ${one.period} ${wrong}.`);
    }
  }
}

function refuse(fault, indicators, refused, cycle) {
  if (cycle) {
    const told = cycle.slice(0, 10).map((number) => indicators[number].key).join(" → ");
    fault(null, `Hay indicadores que se calculan uno con otro y vuelven al primero: ${told}.`);
    return;
  }
  for (const [number, { place, found, rule }] of Object.entries(refused)) {
    fault(Number(number), `Su fórmula no se puede calcular: en el carácter ${place}, «${found}»: ${rule}.`);
  }
}

/** Notes what is wrong; whether anything was. */
export function checkValues(bundle) {
  const [indicators, measures] = [bundle.linesOf(INDICATORS), bundle.linesOf(MEASURES)];
  let found = false;
  const fault = (number, text) => {
    found = true;
    bundle.fault("indicator", INDICATORS, number, text);
  };
  const keys = new Map(indicators.map(({ key }, number) => [key, String(number)]));
  const sheets = indicators.map((line, number) => sheetOf(line, number, keys));
  const asked = Object.fromEntries(indicators.map(({ values }, number) => [number, values.map(({ period }) => period)]));
  try {
    const { refused, values, cycle } = recompute(sheets, inputsOf(indicators, cellsOf(measures)), asked, MOST_WORK);
    if (cycle || Object.keys(refused).length) refuse(fault, indicators, refused, cycle);
    else compare(fault, indicators, values);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    fault(null, `Sus fórmulas piden más de ${MOST_WORK} pasos: no se calculó ninguna.`);
  }
  return found;
}
