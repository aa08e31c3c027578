// Days and periods, without time zones: a period is a quarter `YYYY-Q1..4` or a year `YYYY`. Years run from 1900 to 2199.

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const DMY = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const PERIOD = /^((?:19|2[01])\d{2})(?:-Q([1-4]))?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const DAY = 86400000;
const YEARS = /^(?:19|2[01])/;

function isoOf(day) {
  return Number.isNaN(day.getTime()) || day.getUTCFullYear() > 9999 ? null : day.toISOString().slice(0, 10);
}

/** The ISO date, or null where the calendar has no such day. */
function isoDate(year, month, day) {
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const iso = isoOf(moment);
  return iso === `${year}-${month}-${day}` && YEARS.test(year) ? iso : null;
}

export function isDate(text) {
  const match = ISO.exec(text);
  return match !== null && isoDate(match[1], match[2], match[3]) !== null;
}

export function isInstant(text) {
  const match = INSTANT.exec(text);
  return match !== null && isDate(match[1]);
}

export function isPeriod(text) {
  return PERIOD.test(text);
}

/** First and last day of a period, ISO. */
export function daysOf(period) {
  const [, year, quarter] = PERIOD.exec(period);
  if (!quarter) return { year, first: `${year}-01-01`, last: `${year}-12-31` };
  const month = 3 * Number(quarter);
  const two = (n) => String(n).padStart(2, "0");
  return { year, first: `${year}-${two(month - 2)}-01`, last: `${year}-${two(month)}-${month === 3 || month === 12 ? 31 : 30}` };
}

/** The day that many days later, ISO, or null past the calendar's end. */
export function plusDays(iso, days) {
  return isoOf(new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY));
}

/** How many days lie between two ISO dates, whichever is first. */
export function daysApart(one, other) {
  return Math.abs(Date.parse(`${one}T00:00:00Z`) - Date.parse(`${other}T00:00:00Z`)) / DAY;
}

export function dayMonthYear(iso) {
  const [, year, month, day] = ISO.exec(iso);
  return `${day}/${month}/${year}`;
}

/** The ISO date that dd/mm/yyyy says, or null. */
export function isoOfDayMonthYear(text) {
  const match = DMY.exec(text);
  return match && isoDate(match[3], match[2], match[1]);
}
