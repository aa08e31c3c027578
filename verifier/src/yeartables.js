// The tables of the year (section 10): each row by itself, and the order of those that stand one after the other.

import { isDate } from "./calendar.js";
import { fieldsOf } from "./csv.js";
import { ACTIVITIES, GOALS, MONEY, REPORTS } from "./layout.js";
import { comesAfter, spanOf } from "./yearforms.js";

const WHOLE = 10000;
const MOST_LINES = 40;
const SHARE = /^([^:;]+):([1-9][0-9]{0,4})$/;
const NUMBER = /^(?:0|-?[1-9][0-9]{0,17})$/;

const isNumber = (cell) => cell === "" || NUMBER.test(cell);
const isDay = (cell) => cell === "" || isDate(cell);
const isKey = (cell) => /^[A-Za-z0-9._-]+$/.test(cell);
const filled = (test) => (cell) => cell !== "" && test(cell);
const among = (...values) => (cell) => values.includes(cell);
const yesOrNo = among("sí", "no");

const inOrder = (names) => names.every((name, i) => i === 0 || comesAfter([name], [names[i - 1]]));

/** The lines of an activity with their shares, or null where the cell is not of that form. */
export function sharesOf(cell) {
  const parts = cell.split(";").map((part) => SHARE.exec(part));
  return parts.includes(null) ? null : parts.map(([, line, share]) => ({ line, share: Number(share) }));
}

function isShares(cell) {
  const shares = sharesOf(cell);
  if (shares === null || shares.length > MOST_LINES || !inOrder(shares.map(({ line }) => line))) return false;
  return shares.reduce((sum, { share }) => sum + share, 0) === WHOLE;
}

function isEvidence(cell) {
  const hashes = cell === "" ? [] : cell.split(" ");
  return hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash)) && inOrder(hashes);
}

export const monthOf = (row) => Number(row.month.slice(5));
/** The last month of a report's quarter, or of that of a month. */
export const quarterEnd = (row) => (row.quarter ? 3 * Number(row.quarter.slice(-1)) : 3 * Math.ceil(monthOf(row) / 3));

const SENT = ["version", "sent_on", "decided_on", "goal", "done"];

function reportProblem(row, to) {
  if (quarterEnd(row) > to) return "es de un trimestre que termina después del periodo";
  if (row.state === "sin enviar" && [...SENT, "evidence"].some((name) => row[name] !== "")) return "no se envió, y dice cosas del envío";
  if (row.state === "aprobado" && SENT.some((name) => row[name] === "")) return "está aprobado, y le falta algo";
  return metProblem(row);
}

/** An approved report that has evidence and reaches its goal says since when; no other does. */
function metProblem(row) {
  const met = row.state === "aprobado" && row.evidence !== "" && BigInt(row.done) >= BigInt(row.goal);
  if (!met) return row.met_on === "" ? null : "dice desde cuándo se alcanzó la meta, y no se alcanzó con evidencia";
  if (row.met_on === "") return "alcanza la meta con evidencia, y no dice desde cuándo";
  if (row.met_on > row.sent_on) return "la meta se alcanzó, dice, después del envío";
  return row.version === "1" && row.met_on !== row.sent_on ? "es la primera versión, y la meta se alcanzó otro día que el de su envío" : null;
}

const isMonth = (year) => among(...Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`));
const isQuarter = (year) => among(...[1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));

/** Of each table: its header, the tests of its cells for a year, what a row must be as a whole, and by what it ascends. */
const TABLES = new Map([
  [ACTIVITIES, {
    header: ["activity", "programme", "kind", "area", "name", "unit", "cumulative", "counted", "lines", "people"],
    cells: () => ({ activity: isKey, kind: among("institucional", "específico"), cumulative: yesOrNo, counted: yesOrNo, lines: isShares, people: yesOrNo }),
    together: () => null,
    order: ["activity"],
  }],
  [GOALS, {
    header: ["activity", "month", "programmed", "adjusted", "achieved"],
    cells: (year) => ({ activity: isKey, month: isMonth(year), programmed: filled(isNumber), adjusted: isNumber, achieved: isNumber }),
    together: (row, to) => (monthOf(row) > to && row.achieved !== "" ? "dice lo que se hizo en un mes posterior al periodo" : null),
    order: ["activity", "month"],
  }],
  [REPORTS, {
    header: ["activity", "quarter", "due_on", "state", "version", "sent_on", "decided_on", "goal", "done", "evidence", "cause", "met_on"],
    cells: (year) => ({
      activity: isKey, quarter: isQuarter(year), due_on: filled(isDay), state: among("aprobado", "en revisión", "devuelto", "sin enviar"),
      version: isNumber, sent_on: isDay, decided_on: isDay, goal: isNumber, done: isNumber, evidence: isEvidence, met_on: isDay,
    }),
    together: reportProblem,
    order: ["activity", "quarter"],
  }],
  [MONEY, {
    header: ["area", "activity", "source", "partida", "month", "moment", "cents"],
    cells: (year) => ({
      partida: (cell) => /^[0-9]{4}$/.test(cell), month: isMonth(year), cents: (cell) => cell !== "0" && filled(isNumber)(cell),
      moment: among("approved", "change", "committed", "accrued", "exercised", "paid"),
    }),
    together: (row, to) => (monthOf(row) > to ? "es de un mes posterior al periodo" : null),
    order: ["area", "activity", "source", "partida", "month", "moment"],
  }],
]);

/** What is wrong with a row alone, or null. */
function rowProblem(fields, row, { header, together }, cells, to) {
  if (fields === null || fields.length !== header.length) return "no es una fila con los campos de esta tabla, todos entre comillas";
  const wrong = Object.keys(cells).find((name) => !cells[name](row[name]));
  return wrong ? `«${row[wrong].slice(0, 40)}» no puede ser su ${wrong}` : together(row, to);
}

const named = (header, fields) => Object.fromEntries(header.map((name, i) => [name, fields === null ? "" : fields[i] ?? ""]));

/** The rows of a table, each with its number in the file; its faults are noted. */
function readTable(bundle, path, table) {
  const { year, to } = spanOf(bundle.manifest.period);
  const [head, ...rows] = bundle.records(path).map(fieldsOf);
  const fault = (number, problem) => bundle.fault("record", path, number, `La fila no puede ser así: ${problem}.`);
  if (!head || head.join("\n") !== table.header.join("\n")) fault(0, `el encabezado debe ser ${table.header.join(",")}`);
  const cells = table.cells(year);
  let before = null;
  return rows.map((fields, i) => {
    const row = named(table.header, fields);
    const problem = rowProblem(fields, row, table, cells, to);
    const here = problem ? null : table.order.map((name) => row[name]);
    if (problem) fault(i + 1, problem);
    else if (before !== null && !comesAfter(here, before)) fault(i + 1, "no va después de la anterior: van en orden y sin repetirse");
    before = here;
    return { number: i + 1, ...row };
  });
}

/** The tables that can be relied on: path -> rows. */
export function readTables(bundle) {
  const read = new Map();
  for (const [path, table] of TABLES) if (bundle.sound(path)) read.set(path, readTable(bundle, path, table));
  return new Map([...read].filter(([path]) => !bundle.has("record", path)));
}
