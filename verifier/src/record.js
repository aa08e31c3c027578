// The record (section 6), recomputed from the programme behind it.

import { dayMonthYear, daysOf, isoOfDayMonthYear } from "./calendar.js";
import { FORMATS, formatOf } from "./columns.js";
import { RECORD } from "./layout.js";

export const SWOT_GROUPS = ["strengths", "opportunities", "weaknesses", "threats"];

function diagnosis({ swot, swot_headings: headings }) {
  const group = (name) => [headings[name], ...swot[name].map((item, i) => `${i + 1}. ${item}`)].join("\n");
  return SWOT_GROUPS.map(group).join("\n\n");
}

/** What the columns must say that follow from the programme and the period, by their rule. */
function expectedColumns(programme, period) {
  const { year, first, last } = daysOf(period);
  const lines = programme.objectives.flatMap((objective) => objective.lines);
  return new Map([
    ["year", year],
    ["first", dayMonthYear(first)],
    ["last", dayMonthYear(last)],
    ["mission", programme.mission],
    ["vision", programme.vision],
    ["diagnosis", diagnosis(programme)],
    ["objectives", programme.objectives.map(({ number, text }) => `${number}. ${text}`).join("\n")],
    ["lines", lines.map(({ number, text }) => `${number} ${text}`).join("\n")],
    ["note", programme.note],
    ["area", programme.responsible_area],
  ]);
}

/** Every text of the programme that this page's rules read. */
function textsOf(programme) {
  const { institution, objectives, swot, swot_headings: headings } = programme;
  const plain = ["legal_basis", "legal_basis_item", "mission", "vision", "note", "responsible_area"].map((key) => programme[key]);
  const numbered = objectives.flatMap(({ text, lines }) => [text, ...lines.flatMap((line) => [line.number, line.text])]);
  return [...plain, ...Object.values(institution), ...numbered, ...Object.values(headings), ...Object.values(swot).flat()];
}

const isNumber = (value) => /^(?:0|[1-9][0-9]{0,8})$/.test(value);

function checkColumn(fault, column, i, [name, rule], expected) {
  const place = `Columna ${i + 1} («${name}»)`;
  if (column.number !== i + 1 || column.name !== name) fault(`${place}: su número o su nombre no es ese.`);
  if (expected !== undefined && column.value !== expected) fault(`${place}: no dice lo que resulta del programa y del periodo.`);
  if ((column.mark === null) !== (column.value !== "")) fault(`${place}: lleva marca justo cuando está vacía, y no es así.`);
  if (rule === "number" && column.value !== "" && !isNumber(column.value)) fault(`${place}: no es un entero en cifras, de nueve a lo más.`);
}

/** Update and validation: real dates, in order, and the validation after the period's end. `at`: their places. */
function checkDates(fault, columns, at, last) {
  const [updated, validated] = at.map((i) => columns[i].value);
  const [updatedOn, validatedOn] = [updated, validated].map(isoOfDayMonthYear);
  const [first, second] = at.map((i) => `Columna ${i + 1}`);
  if (updated !== "" && updatedOn === null) fault(`${first}: no es una fecha dd/mm/aaaa de 1900 a 2199.`);
  if (validated !== "" && validatedOn === null) fault(`${second}: no es una fecha dd/mm/aaaa de 1900 a 2199.`);
  if (updatedOn && validatedOn && validatedOn < updatedOn) fault(`${second}: la validación es anterior a la actualización.`);
  if (validatedOn && validatedOn <= last) fault(`${second}: la validación no es posterior al fin del periodo.`);
}

/** The format is the one of the period's year. */
function checkFormat(fault, format, period) {
  const right = formatOf(period);
  if (format === right) return;
  fault(`Es del formato ${format}; el de ${period.slice(0, 4)} es ${right}, de ${FORMATS.get(right).columns.length} columnas.`);
}

export function checkRecord(bundle) {
  const fault = (text) => bundle.fault("record", RECORD, null, text);
  const { columns, format, period, plan, programme } = bundle.record;
  const expected = expectedColumns(programme, bundle.manifest.period);
  if (plan !== bundle.manifest.plan) fault("El programa no es el que nombra la lista firmada (manifest.json).");
  if (period !== bundle.manifest.period) fault("El periodo no es el que nombra la lista firmada (manifest.json).");
  if (textsOf(programme).some((text) => /[\r\n]/.test(text))) fault("Un texto del programa lleva un salto de línea.");
  checkFormat(fault, format, bundle.manifest.period);
  const rules = FORMATS.get(format).columns;
  columns.forEach((column, i) => checkColumn(fault, column, i, rules[i], expected.get(rules[i][1])));
  const at = ["updated", "validated"].map((rule) => rules.findIndex((told) => told[1] === rule));
  checkDates(fault, columns, at, daysOf(bundle.manifest.period).last);
}
