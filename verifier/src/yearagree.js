// What the tables of the year say of each other (section 10).

import { fieldsOf } from "./csv.js";
import { ACTIVITIES, GOALS, LINES, MONEY, REPORTS } from "./layout.js";
import { spanOf } from "./yearforms.js";
import { quarterEnd, sharesOf } from "./yeartables.js";

/** The goal of a month, in thousandths. */
export const goalThatHolds = (row) => BigInt(row.adjusted === "" ? row.programmed : row.adjusted);

/** The identifiers of lines.csv, or null where it cannot be relied on. */
export function lineIdentifiers(bundle) {
  if (!bundle.sound(LINES) || bundle.has("record", LINES)) return null;
  const rows = bundle.records(LINES).slice(1).map(fieldsOf);
  return new Set(rows.filter((fields) => fields !== null).map(([identifier]) => identifier));
}

/** Rows by activity and quarter: `activity month` -> rows, the month being the quarter's last. */
export function byQuarter(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = `${row.activity} ${quarterEnd(row)}`;
    if (found.has(key)) found.get(key).push(row);
    else found.set(key, [row]);
  }
  return found;
}

function checkLines(fault, activities, lines) {
  for (const row of activities) {
    const strange = sharesOf(row.lines).find(({ line }) => !lines.has(line));
    if (strange) fault(ACTIVITIES, row.number, `Sirve a la línea «${strange.line}», que data/lines.csv no tiene.`);
  }
}

function checkActivities(fault, tables, known) {
  for (const path of [GOALS, REPORTS, MONEY]) {
    for (const row of tables.get(path) ?? []) {
      const free = path === MONEY && row.activity === "";
      if (!free && !known.has(row.activity)) fault(path, row.number, `La actividad «${row.activity}» no está en data/activities.csv.`);
    }
  }
}

function checkAchieved(fault, goals, reports) {
  for (const row of goals) {
    const [report] = reports.get(`${row.activity} ${quarterEnd(row)}`) ?? [];
    if (row.achieved !== "" && report?.state !== "aprobado") fault(GOALS, row.number, "Dice lo que se hizo, y ningún reporte aprobado lo dice.");
  }
}

function checkToReport(fault, goals, reports, known, to) {
  for (const [key, rows] of goals) {
    const due = known.has(rows[0].activity) && quarterEnd(rows[0]) <= to && rows.some((row) => goalThatHolds(row) > 0n);
    if (due && !reports.has(key)) fault(REPORTS, null, `Falta lo de la actividad «${rows[0].activity}» en el trimestre ${quarterEnd(rows[0]) / 3}.`);
  }
}

const total = (amounts) => amounts.reduce((sum, one) => sum + one, 0n);
const lastThat = (test, months, amountOf) => months.map(amountOf).filter((amount, i) => test(amount, months[i])).at(-1);

/** What months come to, of those told in their order: their sum or, where each tells the whole, the last with a goal; else the last not 0. */
function comesTo(months, amountOf, addsUp) {
  if (addsUp) return total(months.map(amountOf));
  const withGoal = lastThat((amount, row) => goalThatHolds(row) > 0n, months, amountOf);
  return withGoal ?? lastThat((amount) => amount !== 0n, months, amountOf) ?? 0n;
}

/** The goal of a quarter or a year, by its rows of goals.csv. */
export const goalOf = (months, addsUp) => comesTo(months, goalThatHolds, addsUp);

/** What was done in it; months of which nothing is told do not count. */
export const doneOf = (months, addsUp) => comesTo(months.filter(({ achieved }) => achieved !== ""), ({ achieved }) => BigInt(achieved), addsUp);

function checkDone(fault, reports, goals, known) {
  for (const row of reports) {
    const activity = known.get(row.activity);
    if (activity === undefined || row.state !== "aprobado") continue;
    const months = goals.get(`${row.activity} ${quarterEnd(row)}`) ?? [];
    const addsUp = activity.cumulative === "sí";
    const [goal, done] = [goalOf(months, addsUp), doneOf(months, addsUp)];
    if (goal !== BigInt(row.goal)) fault(REPORTS, row.number, `Dice que la meta era ${row.goal}, y data/goals.csv da ${goal} en su trimestre.`);
    else if (done !== BigInt(row.done)) fault(REPORTS, row.number, `Dice que se hizo ${row.done}, y data/goals.csv da ${done} en su trimestre.`);
  }
}

/** Where the unit is people, a quarter is told by one number: no second month of it says what was done. */
function checkPeople(fault, goals, known) {
  for (const rows of byQuarter(goals).values()) {
    if (known.get(rows[0].activity)?.people !== "sí") continue;
    for (const { number } of rows.filter(({ achieved }) => achieved !== "").slice(1)) {
      fault(GOALS, number, "Su unidad son personas, y de ese trimestre ya otro mes dice lo que se hizo.");
    }
  }
}

/** `known`: the rows of activities.csv by key, null where it cannot be relied on; `lines`: the identifiers of lines.csv, the same. */
export function checkAgreement(bundle, { tables, known, lines }) {
  const fault = (path, number, text) => bundle.fault("indicator", path, number, text);
  const [goals, reports] = [tables.get(GOALS), tables.get(REPORTS)];
  if (known && lines) checkLines(fault, tables.get(ACTIVITIES), lines);
  if (known) checkActivities(fault, tables, known);
  if (known && goals) checkPeople(fault, goals, known);
  if (!goals || !reports) return;
  const [goalsBy, reportsBy] = [byQuarter(goals), byQuarter(reports)];
  checkAchieved(fault, goals, reportsBy);
  if (!known) return;
  checkToReport(fault, goalsBy, reportsBy, known, spanOf(bundle.manifest.period).to);
  checkDone(fault, reports, goalsBy, known);
}
