// Shapes of JSON values: which keys, which types. A shape is a function (value, place, problems) that adds a sentence for each thing that is wrong.

import { isDate, isInstant, isPeriod } from "./calendar.js";

const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function kind(test, says) {
  return (value, place, problems) => {
    if (!test(value)) problems.push(`«${place}» debe ser ${says}`);
  };
}

const ofText = (test) => (value) => typeof value === "string" && test(value);

export const text = kind((value) => typeof value === "string", "texto");
export const bool = kind((value) => typeof value === "boolean", "true o false");
export const integer = kind(Number.isSafeInteger, "un entero");
export const hex64 = kind(ofText((value) => /^[0-9a-f]{64}$/.test(value)), "64 hexadecimales en minúsculas");
export const hex128 = kind(ofText((value) => /^[0-9a-f]{128}$/.test(value)), "128 hexadecimales en minúsculas");
export const date = kind(ofText(isDate), "una fecha AAAA-MM-DD de 1900 a 2199");
export const instant = kind(ofText(isInstant), "un instante AAAA-MM-DDThh:mm:ssZ de 1900 a 2199");
export const period = kind(ofText(isPeriod), "un periodo AAAA-Q1..4 o AAAA, de 1900 a 2199");
export const anyObject = kind(isObject, "un objeto");

export function atLeast(least) {
  return kind((value) => Number.isSafeInteger(value) && value >= least, `un entero desde ${least}`);
}

export function just(...values) {
  return kind((value) => values.includes(value), values.map((value) => JSON.stringify(value)).join(" o "));
}

export function orNull(shape) {
  return (value, place, problems) => {
    if (value !== null) shape(value, place, problems);
  };
}

export function listOf(shape) {
  return (value, place, problems) => {
    if (!Array.isArray(value)) problems.push(`«${place}» debe ser una lista`);
    else value.forEach((item, i) => shape(item, `${place}[${i}]`, problems));
  };
}

/** A list of fixed length, one shape a place. */
export function row(...shapes) {
  return (value, place, problems) => {
    if (!Array.isArray(value) || value.length !== shapes.length) problems.push(`«${place}» debe ser una lista de ${shapes.length}`);
    else shapes.forEach((shape, i) => shape(value[i], `${place}[${i}]`, problems));
  };
}

/** A list of so many things of one shape. */
export function rows(count, shape) {
  return row(...Array(count).fill(shape));
}

function fieldsFit(shapes, value, place, problems) {
  for (const key of Object.keys(shapes)) {
    const at = place ? `${place}.${key}` : key;
    if (own(value, key)) shapes[key](value[key], at, problems);
    else problems.push(`falta «${at}»`);
  }
}

/** An object with at least these keys. */
export function having(shapes) {
  return (value, place, problems) => {
    if (isObject(value)) fieldsFit(shapes, value, place, problems);
    else problems.push(`«${place || "el contenido"}» debe ser un objeto`);
  };
}

/** An object with exactly these keys. */
export function exactly(shapes) {
  return (value, place, problems) => {
    having(shapes)(value, place, problems);
    const extra = isObject(value) ? Object.keys(value).filter((key) => !own(shapes, key)) : [];
    for (const key of extra) problems.push(`sobra «${place ? `${place}.` : ""}${key}»`);
  };
}

/** An object whose keys and whose values are of these shapes. */
export function each(name, said) {
  return (value, place, problems) => {
    if (!isObject(value)) problems.push(`«${place}» debe ser un objeto`);
    else for (const key of Object.keys(value)) [name(key, place, problems), said(value[key], `${place}.${key}`, problems)];
  };
}

/** A text that passes a test. */
export function textThat(test, says) {
  return kind(ofText(test), says);
}

const MOST_TOLD = 5;

/** What is wrong with a value, as one sentence; null where it fits. */
export function misfit(shape, value) {
  const problems = [];
  shape(value, "", problems);
  if (problems.length === 0) return null;
  const rest = problems.length - MOST_TOLD;
  return problems.slice(0, MOST_TOLD).join("; ") + (rest > 0 ? `; y ${rest} más` : "");
}
