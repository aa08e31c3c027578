// Canonical JSON (section 1): one way to write each value, so that its bytes can be hashed and signed.

import { bytesOf, textOf } from "./bytes.js";

const DEEPEST = 64;
const ESCAPES = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;
const NOT_ASCII = /[^\x00-\x7f]/;

/** What is wrong with a value or with its bytes; the message is for people. */
export class NotCanonical extends Error {}

function quoted(text) {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical("tiene un carácter partido (sustituto suelto)");
  const escape = (c) => ESCAPES[c] || `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(/["\\\x00-\x1f]/g, escape)}"`;
}

function pair(key, value, depth) {
  if (NOT_ASCII.test(key)) throw new NotCanonical("tiene un nombre que no es ASCII");
  return `${quoted(key)}:${written(value, depth)}`;
}

function writtenNumber(number) {
  if (!Number.isSafeInteger(number)) throw new NotCanonical("tiene un número que no es entero de hasta 2^53 - 1");
  return String(number);
}

function writtenInside(value, depth) {
  if (depth > DEEPEST) throw new NotCanonical(`tiene más de ${DEEPEST} niveles`);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, depth)).join(",")}]`;
  return `{${Object.keys(value).sort().map((key) => pair(key, value[key], depth)).join(",")}}`;
}

function written(value, depth) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return writtenNumber(value);
  return writtenInside(value, depth + 1);
}

/** The canonical text of a JSON value; throws NotCanonical for what section 1 leaves out. */
export function canonicalText(value) {
  return written(value, 0);
}

export function canonicalBytes(value) {
  return bytesOf(canonicalText(value));
}

function loose(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotCanonical("no es JSON válido");
  }
}

/**
 * The value that canonical text says; throws NotCanonical. The platform's own parser reads, and whatever it forgives (repeated keys,
 * other orders, spaces, escapes, `-0`, `1e2`) shows when the value is written again and compared.
 */
export function parsedText(text) {
  const value = loose(text);
  if (canonicalText(value) !== text) throw new NotCanonical("no está escrito en forma canónica");
  return value;
}

/** The value of a canonical file, or of one line of a canonical lines file: one value and one LF. */
export function parsedLine(bytes) {
  const text = textOf(bytes);
  if (text === null) throw new NotCanonical("no es UTF-8 válido");
  if (!text.endsWith("\n")) throw new NotCanonical("no termina en un salto de línea");
  return parsedText(text.slice(0, -1));
}
