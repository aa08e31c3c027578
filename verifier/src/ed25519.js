// Ed25519, checking only (RFC 8032, 5.1), in the strict reading of section 5: S < L, canonical A and R, cofactorless equation, A of large order.

import { concatenated } from "./bytes.js";
import { finished, sha512Steps } from "./sha.js";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (n) => {
  const rest = n % P;
  return rest >= 0n ? rest : rest + P;
};

function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

const inverse = (n) => power(n, P - 2n);
const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

function littleEndian(bytes) {
  let n = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) n = (n << 8n) | BigInt(bytes[i]);
  return n;
}

/** The x of a point with this y and this sign, or null if there is none (RFC 8032, 5.1.3). */
function xOf(y, sign) {
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u) return null;
  if (x === 0n) return sign === 0n ? x : null;
  return (x & 1n) === sign ? x : P - x;
}

// A point is [X, Y, Z, T] with x = X/Z, y = Y/Z, xy = T/Z.
const NEUTRAL = [0n, 1n, 1n, 0n];

function decoded(bytes) {
  const word = littleEndian(bytes);
  const [y, sign] = [word & ((1n << 255n) - 1n), word >> 255n];
  if (y >= P) return null;
  const x = xOf(y, sign);
  return x === null ? null : [x, y, 1n, mod(x * y)];
}

/** The complete addition law (RFC 8032, 5.1.4): right for every pair, doubling too. */
function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

const opposite = ([x, y, z, t]) => [mod(-x), y, z, mod(-t)];
const isNeutral = ([x, y, z]) => mod(x) === 0n && mod(y - z) === 0n;

function encoded([x, y, z]) {
  const scale = inverse(z);
  let word = mod(y * scale) | ((mod(x * scale) & 1n) << 255n);
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1, word >>= 8n) bytes[i] = Number(word & 255n);
  return bytes;
}

const BASE_Y = mod(4n * inverse(5n));
const BASE_X = xOf(BASE_Y, 0n);
const BASE = [BASE_X, BASE_Y, 1n, mod(BASE_X * BASE_Y)];

/** m·P + n·Q in one walk over the bits. Time depends on the scalars: nothing here is secret. */
function combined(m, p, n, q) {
  const both = sum(p, q);
  let result = NEUTRAL;
  for (let bit = 253n; bit >= 0n; bit -= 1n) {
    result = sum(result, result);
    const [inM, inN] = [(m >> bit) & 1n, (n >> bit) & 1n];
    if (inM && inN) result = sum(result, both);
    else if (inM) result = sum(result, p);
    else if (inN) result = sum(result, q);
  }
  return result;
}

function isSmall(point) {
  let multiple = point;
  for (let i = 0; i < 3; i += 1) multiple = sum(multiple, multiple);
  return isNeutral(multiple);
}

/** Whether the 64 bytes sign the message under the 32 bytes of the key; yields while it reads the message. */
export function* ed25519Steps(publicKey, message, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const [point, s] = [decoded(publicKey), littleEndian(signature.subarray(32))];
  if (point === null || s >= L || isSmall(point)) return false;
  const r = signature.subarray(0, 32);
  const k = littleEndian(yield* sha512Steps(concatenated(r, publicKey, message))) % L;
  const expected = encoded(combined(s, BASE, k, opposite(point)));
  // Comparing encodings also refuses every R that is not canonical.
  return expected.every((byte, i) => byte === r[i]);
}

export function ed25519(publicKey, message, signature) {
  return finished(ed25519Steps(publicKey, message, signature));
}
