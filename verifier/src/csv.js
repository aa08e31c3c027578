// The one dialect of CSV in a bundle (section 6): UTF-8, comma, every field in quotes, quotes doubled, rows end in LF.

import { textOf } from "./bytes.js";

/** Where the field that opened at `from - 1` closes: the position of its last quote, or -1. By hand, since engines recurse on long regular expressions. */
function closing(text, from) {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** The fields of one record (its LF included), or null where it is not a row of this dialect. */
export function fieldsOf(record) {
  const text = textOf(record);
  const fields = [];
  for (let at = 0; text !== null && text[at] === '"';) {
    const end = closing(text, at + 1);
    if (end < 0) return null;
    fields.push(text.slice(at + 1, end).replace(/""/g, '"'));
    if (text[end + 1] === "\n") return end + 2 === text.length ? fields : null;
    if (text[end + 1] !== ",") return null;
    at = end + 2;
  }
  return null;
}

/** The first field of a record, or null where it cannot be read: it must open, close, and end at a comma or with the row. */
export function firstField(record) {
  const text = textOf(record);
  const end = text !== null && text[0] === '"' ? closing(text, 1) : -1;
  return end > 0 && ",\n".includes(text.charAt(end + 1)) ? text.slice(1, end).replace(/""/g, '"') : null;
}

export function rowOf(fields) {
  return `${fields.map((field) => `"${String(field).replace(/"/g, '""')}"`).join(",")}\n`;
}
