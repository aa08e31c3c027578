// Bytes, text and hexadecimal: the few words that every other room speaks.

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** What makes a bundle impossible to read (section 2): carries its own sentence for people. */
export class Unreadable extends Error {}

/** Strict UTF-8 to text; null where the bytes are not UTF-8. A byte order mark stays, so that later rules see it. */
export function textOf(bytes) {
  try {
    return DECODER.decode(bytes);
  } catch (error) {
    return null;
  }
}

export function bytesOf(text) {
  return ENCODER.encode(text);
}

export function hexOf(bytes) {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** `hex` must be lower-case hexadecimal of even length: callers check it first. */
export function bytesOfHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = parseInt(hex.substr(2 * i, 2), 16);
  return bytes;
}

export function concatenated(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const SURROGATE = /[\ud800-\udfff]/;

/** The same order, without making bytes where the texts' own units have it too. */
export function textOrder(left, right) {
  if (left === right) return 0;
  if (SURROGATE.test(left) || SURROGATE.test(right)) return byteOrder(left, right);
  return left < right ? -1 : 1;
}

/** Order of two texts by the bytes of their UTF-8, as section 3 orders paths. */
export function byteOrder(left, right) {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return a.length - b.length;
}
