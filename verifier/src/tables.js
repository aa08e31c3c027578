// What else must agree with the record: its CSV, the programme as tables, the differences of an erratum (sections 6 and 7).

import { bytesOf } from "./bytes.js";
import { fieldsOf, rowOf } from "./csv.js";
import { DIFFERENCES, LINES, OBJECTIVES, SHEET, SWOT } from "./layout.js";
import { SWOT_GROUPS } from "./record.js";

const same = (a, b) => a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);

export function checkSheet(bundle) {
  const found = bundle.records(SHEET);
  const wanted = ["name", "value"].map((field) => bytesOf(rowOf(bundle.record.columns.map((column) => column[field]))));
  for (let i = 0; i < Math.max(found.length, wanted.length); i += 1) {
    if (!same(found[i], wanted[i])) bundle.fault("record", SHEET, i, "El renglón no dice lo que dicen las columnas del registro.");
  }
}

/** The tables: their headings after `identifier`, and the rows that the programme gives. */
function tables({ objectives, swot }) {
  return [
    [OBJECTIVES, ["number", "text"], objectives.map(({ number, text }) => [String(number), text])],
    [LINES, ["objective", "number", "text"], objectives.flatMap((objective) => objective.lines.map(
      ({ number, text }) => [String(objective.number), number, text],
    ))],
    [SWOT, ["group", "number", "text"], SWOT_GROUPS.flatMap((group) => swot[group].map((text, i) => [group, String(i + 1), text]))],
  ];
}

/** What is wrong with a row, or null. `known`: the identifiers of the rows before it. */
function rowProblem(fields, wanted, known) {
  if (fields === null) return "no es una fila con sus campos entre comillas";
  if (wanted === undefined) return "esta fila sobra: el programa no la tiene";
  const [identifier, ...rest] = fields;
  if (rest.length !== wanted.length || rest.some((field, i) => field !== wanted[i])) return "no dice lo que dice el programa";
  if (identifier === "") return "le falta su identificador";
  return known.has(identifier) ? `repite el identificador «${identifier}»` : null;
}

function checkTable(bundle, path, headings, wanted) {
  const records = bundle.records(path).map(fieldsOf);
  const known = new Set();
  const [header, ...rows] = records;
  if (!header || rowOf(header) !== rowOf(["identifier", ...headings])) bundle.fault("record", path, 0, "El encabezado no es el de esta tabla.");
  for (let i = 0; i < Math.max(rows.length, wanted.length); i += 1) {
    const problem = i < rows.length ? rowProblem(rows[i], wanted[i], known) : "falta esta fila del programa";
    if (problem) bundle.fault("record", path, i + 1, `La fila no corresponde: ${problem}.`);
    if (rows[i]) known.add(rows[i][0]);
  }
}

export function checkTables(bundle) {
  for (const [path, headings, rows] of tables(bundle.record.programme)) {
    if (bundle.sound(path)) checkTable(bundle, path, headings, rows);
  }
}

function differenceProblem(line, before, column) {
  if (before && before.number >= line.number) return "las columnas no van en orden creciente";
  if (!column || column.name !== line.name) return "ese número y ese nombre no son de una columna";
  if (column.value !== line.after) return "«after» no es lo que la columna dice";
  return line.after === line.before ? "«before» y «after» son iguales" : null;
}

export function checkDifferences(bundle) {
  const lines = bundle.linesOf(DIFFERENCES);
  lines.forEach((line, i) => {
    const problem = differenceProblem(line, lines[i - 1], bundle.record.columns[line.number - 1]);
    if (problem) bundle.fault("record", DIFFERENCES, i, `La diferencia no corresponde: ${problem}.`);
  });
}
