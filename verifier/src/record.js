// The record of 15 columns (section 6), recomputed from the programme behind it.

import { dayMonthYear, daysOf, isoOfDayMonthYear } from "./calendar.js";
import { RECORD } from "./layout.js";

export const COLUMN_NAMES = [
  "Ejercicio",
  "Fecha de inicio del periodo que se informa",
  "Fecha de término del periodo que se informa",
  "Hipervínculo al Programa Operativo Anual",
  "Hipervínculo al Programa de Trabajo, en su caso",
  "Misión",
  "Visión",
  "Diagnóstico general",
  "Objetivos estratégicos",
  "Líneas de acción",
  "Vinculación con el Programa General de Desarrollo del DF vigente",
  "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
  "Fecha de actualización de la información",
  "Fecha de validación de la información",
  "Nota",
];

export const SWOT_GROUPS = ["strengths", "opportunities", "weaknesses", "threats"];

function diagnosis({ swot, swot_headings: headings }) {
  const group = (name) => [headings[name], ...swot[name].map((item, i) => `${i + 1}. ${item}`)].join("\n");
  return SWOT_GROUPS.map(group).join("\n\n");
}

/** What columns 1 to 12 must say, by their number; those that are free are not there. */
function expectedColumns(programme, period) {
  const { year, first, last } = daysOf(period);
  const lines = programme.objectives.flatMap((objective) => objective.lines);
  return new Map([
    [1, year],
    [2, dayMonthYear(first)],
    [3, dayMonthYear(last)],
    [6, programme.mission],
    [7, programme.vision],
    [8, diagnosis(programme)],
    [9, programme.objectives.map(({ number, text }) => `${number}. ${text}`).join("\n")],
    [10, lines.map(({ number, text }) => `${number} ${text}`).join("\n")],
    [11, programme.note],
    [12, programme.responsible_area],
  ]);
}

/** Every text of the programme that this page's rules read. */
function textsOf(programme) {
  const { institution, objectives, swot, swot_headings: headings } = programme;
  const plain = ["legal_basis", "legal_basis_item", "mission", "vision", "note", "responsible_area"].map((key) => programme[key]);
  const numbered = objectives.flatMap(({ text, lines }) => [text, ...lines.flatMap((line) => [line.number, line.text])]);
  return [...plain, ...Object.values(institution), ...numbered, ...Object.values(headings), ...Object.values(swot).flat()];
}

function checkColumn(fault, column, i, expected) {
  const place = `Columna ${i + 1} («${COLUMN_NAMES[i]}»)`;
  if (column.number !== i + 1 || column.name !== COLUMN_NAMES[i]) fault(`${place}: su número o su nombre no es ese.`);
  if (expected !== undefined && column.value !== expected) fault(`${place}: no dice lo que resulta del programa y del periodo.`);
  if ((column.mark === null) !== (column.value !== "")) fault(`${place}: lleva marca justo cuando está vacía, y no es así.`);
}

/** Columns 13 and 14: real dates, in order, and the validation after the period's end. */
function checkDates(fault, [updated, validated], last) {
  const [updatedOn, validatedOn] = [isoOfDayMonthYear(updated), isoOfDayMonthYear(validated)];
  if (updated !== "" && updatedOn === null) fault("Columna 13: no es una fecha dd/mm/aaaa de 1900 a 2199.");
  if (validated !== "" && validatedOn === null) fault("Columna 14: no es una fecha dd/mm/aaaa de 1900 a 2199.");
  if (updatedOn && validatedOn && validatedOn < updatedOn) fault("Columna 14: la validación es anterior a la actualización.");
  if (validatedOn && validatedOn <= last) fault("Columna 14: la validación no es posterior al fin del periodo.");
}

export function checkRecord(bundle) {
  const fault = (text) => bundle.fault("record", RECORD, null, text);
  const { columns, period, plan, programme } = bundle.record;
  const expected = expectedColumns(programme, bundle.manifest.period);
  if (plan !== bundle.manifest.plan) fault("El programa no es el que nombra la lista firmada (manifest.json).");
  if (period !== bundle.manifest.period) fault("El periodo no es el que nombra la lista firmada (manifest.json).");
  if (textsOf(programme).some((text) => /[\r\n]/.test(text))) fault("Un texto del programa lleva un salto de línea.");
  if (columns.length !== COLUMN_NAMES.length) return fault(`Hay ${columns.length} columnas; deben ser 15.`);
  columns.forEach((column, i) => checkColumn(fault, column, i, expected.get(i + 1)));
  return checkDates(fault, [columns[12].value, columns[13].value], daysOf(bundle.manifest.period).last);
}
