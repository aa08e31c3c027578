// Cells of measures.jsonl counted again from the tables (section 10). What is of a quarter stands in its last month.

import { writeFraction } from "./fractions.js";
import { ACTIVITIES, GOALS, MEASURES, MONEY, REPORTS } from "./layout.js";
import { byQuarter, goalThatHolds } from "./yearagree.js";
import { monthsOf } from "./yearforms.js";
import { monthOf, quarterEnd, sharesOf } from "./yeartables.js";

const ZEROS = () => Array(12).fill(0n);
const DUE = "annual.activities_due";
const ACHIEVED = "annual.goal_achieved";
const FULFILLED = "annual.activities_fulfilled";
const AMOUNTS = new Map([
  ["annual.goal_programmed", (row) => BigInt(row.programmed)],
  ["annual.goal_adjusted", goalThatHolds],
  [ACHIEVED, (row) => BigInt(row.achieved)],
]);
const MOMENTS = new Map([
  ...["approved", "committed", "accrued", "exercised", "paid"].map((moment) => [`budget.${moment}`, [moment]]),
  ["budget.modified", ["approved", "change"]],
]);
const NAMES_OF_MONEY = ["area", "activity", "programme"];
const NAMES_OF_ACTIVITIES = [...NAMES_OF_MONEY, "line"];

// Where met_on stands, the row is approved, has evidence and reaches its goal: yeartables.js saw to it.
const isFulfilled = (row) => row !== undefined && row.met_on !== "" && row.met_on <= row.due_on;

/** Months by activity: of the goals of `row`, by `amount`. */
function monthsOfGoals(goals, amount) {
  const found = new Map();
  for (const row of goals) {
    if (!found.has(row.activity)) found.set(row.activity, ZEROS());
    found.get(row.activity)[monthOf(row) - 1] += amount(row);
  }
  return found;
}

/** Months by activity: 1 in the last of each quarter with a goal, and, where reports are given, a report that fulfils it. */
function monthsOfQuarters(goals, reports) {
  const found = new Map();
  for (const [key, rows] of byQuarter(goals)) {
    const [{ activity }] = rows;
    const counts = rows.some((row) => goalThatHolds(row) > 0n) && (reports === null || isFulfilled((reports.get(key) ?? [])[0]));
    if (!counts) continue;
    if (!found.has(activity)) found.set(activity, ZEROS());
    found.get(activity)[quarterEnd(rows[0]) - 1] = 1n;
  }
  return found;
}

/** The items of a measure: which values of each name pick it, and what it adds to each month. Null where a table lacks. */
function itemsOf(measure, { tables, known }) {
  if (MOMENTS.has(measure)) return tables.has(MONEY) ? itemsOfMoney(MOMENTS.get(measure), tables.get(MONEY), known) : null;
  if (!tables.has(ACTIVITIES) || !tables.has(GOALS) || (measure === FULFILLED && !tables.has(REPORTS))) return null;
  const goals = tables.get(GOALS);
  const reports = measure === FULFILLED ? byQuarter(tables.get(REPORTS)) : null;
  const months = AMOUNTS.has(measure) ? monthsOfGoals(goals, AMOUNTS.get(measure)) : monthsOfQuarters(goals, reports);
  const rows = tables.get(ACTIVITIES).filter(({ activity }) => months.has(activity));
  return rows.map(({ area, programme, activity, lines }) => ({
    picks: { area: [area], programme: [programme], activity: [activity], line: sharesOf(lines).map(({ line }) => line) },
    months: months.get(activity),
  }));
}

function itemsOfMoney(moments, rows, known) {
  return rows.filter(({ moment }) => moments.includes(moment)).map((row) => {
    const programme = known && known.has(row.activity) ? [known.get(row.activity).programme] : [];
    const months = ZEROS();
    months[monthOf(row) - 1] = BigInt(row.cents);
    return { picks: { area: [row.area], activity: [row.activity], programme }, months };
  });
}

/** The sums of all items by the values of these names: JSON of the values -> months. */
function grouped(items, names) {
  const groups = new Map();
  for (const { picks, months } of items) {
    let values = [[]];
    for (const name of names) values = values.flatMap((some) => picks[name].map((value) => [...some, value]));
    for (const some of values) {
      const key = JSON.stringify(some);
      const sum = groups.get(key);
      groups.set(key, sum ? sum.map((amount, i) => amount + months[i]) : months);
    }
  }
  return groups;
}

const scaleOf = (measure) => (MOMENTS.has(measure) ? 100n : AMOUNTS.has(measure) ? 1000n : 1n);

class Recount {
  constructor(period, year) {
    Object.assign(this, { sealedYear: period.slice(0, 4), year, items: new Map(), groups: new Map() });
  }

  /** The text of the value that the tables give, or null where the line is not recounted. */
  of({ measure, where, period }) {
    const { year, grain, from, to } = monthsOf(period);
    const names = Object.keys(where).sort();
    const ofMoney = MOMENTS.has(measure);
    if (!ofMoney && !AMOUNTS.has(measure) && measure !== DUE && measure !== FULFILLED) return null;
    if (year !== this.sealedYear || (grain === "month" && (measure === DUE || measure === FULFILLED))) return null;
    if (names.some((name) => !(ofMoney ? NAMES_OF_MONEY : NAMES_OF_ACTIVITIES).includes(name))) return null;
    if (ofMoney && names.includes("programme") && this.year.known === null) return null;
    const groups = this.groupsOf(measure, names);
    if (groups === null) return null;
    const months = groups.get(JSON.stringify(names.map((name) => where[name]))) ?? [];
    return writeFraction({ above: months.slice(from - 1, to).reduce((sum, amount) => sum + amount, 0n), below: scaleOf(measure) });
  }

  /** Whether it would add up what says nothing together: activities in their own units, or months that each tell the whole. */
  isOfWholes({ measure, where, period }) {
    if (!AMOUNTS.has(measure)) return false;
    if (!Object.hasOwn(where, "activity")) return true;
    return monthsOf(period).grain !== "month" && this.year.known?.get(where.activity)?.cumulative === "no";
  }

  /** Whether it would tell of people by month, or of a period in which a quarter had so few that it says 0. */
  isOfFew({ measure, where, period }) {
    if (measure !== ACHIEVED || !Object.hasOwn(where, "activity") || this.year.known?.get(where.activity)?.people !== "sí") return false;
    const { grain, from, to } = monthsOf(period);
    return grain === "month" || (this.few().get(where.activity) ?? []).some((month) => month >= from && month <= to);
  }

  /** The months of which goals.csv says 0, by activity. */
  few() {
    if (this.monthsOfFew) return this.monthsOfFew;
    this.monthsOfFew = new Map();
    for (const row of this.year.tables.get(GOALS)) {
      if (row.achieved === "0") this.monthsOfFew.set(row.activity, [...(this.monthsOfFew.get(row.activity) ?? []), monthOf(row)]);
    }
    return this.monthsOfFew;
  }

  groupsOf(measure, names) {
    if (!this.items.has(measure)) this.items.set(measure, itemsOf(measure, this.year));
    const items = this.items.get(measure);
    const key = `${measure} ${names.join(" ")}`;
    if (items !== null && !this.groups.has(key)) this.groups.set(key, grouped(items, names));
    return items === null ? null : this.groups.get(key);
  }
}

function problem({ value, reason }, wanted) {
  if (reason === "privacy") return `Se calla por privacidad, y de las tablas sale ${wanted}.`;
  if (reason === "no-data") return wanted === "0" ? null : `Dice que no hay datos, y de las tablas sale ${wanted}.`;
  return value === wanted ? null : `Dice ${value.slice(0, 40)}, y de las tablas sale ${wanted.slice(0, 40)}.`;
}

function problemUnless(wanted, { value, reason }, why) {
  return reason === wanted ? null : `Dice ${(value ?? reason).slice(0, 40)}, y ${why}.`;
}

function problemOf(recount, line, wanted) {
  if (recount.isOfWholes(line)) return problemUnless("no-data", line, "lo que junta no se suma: no hay datos");
  if (recount.isOfFew(line)) return problemUnless("privacy", line, "son personas, y así no se dice cuántas: se calla por privacidad");
  return problem(line, wanted);
}

/** The numbers of the lines that were recounted. */
export function* checkRecount(bundle, year) {
  const recount = new Recount(bundle.manifest.period, year);
  const recounted = new Set();
  for (const [number, line] of bundle.linesOf(MEASURES).entries()) {
    const wanted = recount.of(line);
    const wrong = wanted === null ? null : problemOf(recount, line, wanted);
    if (wrong) bundle.fault("indicator", MEASURES, number, wrong);
    if (wanted !== null) recounted.add(number);
    if (number % 256 === 0) yield 0;
  }
  return recounted;
}
