// SHA-256 and SHA-512 (FIPS 180-4). No table is copied: the constants are computed from the first primes, as the standard defines them.

const MASK64 = (1n << 64n) - 1n;

function firstPrimes(count) {
  const primes = [];
  for (let n = 2; primes.length < count; n += 1) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes.map(BigInt);
}

/** The integer part of the `degree`-th root of `n`, by bisection. */
function integerRoot(n, degree) {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= n) low = middle;
    else high = middle;
  }
  return low;
}

/** The first 64 bits of the fractional part of a root of each prime (FIPS 180-4, 4.2.3 and 5.3.5). */
function fractions(primes, degree) {
  return primes.map((prime) => integerRoot(prime << (64n * degree), degree) & MASK64);
}

const CUBES = fractions(firstPrimes(80), 3n);
const SQUARES = fractions(firstPrimes(8), 2n);
const ROUNDS_256 = Int32Array.from(CUBES.slice(0, 64), (word) => Number(word >> 32n));
const START_256 = Int32Array.from(SQUARES, (word) => Number(word >> 32n));

/** The last block or two: the message's tail, the bit 1, zeros and the length in bits (5.1). */
function padded(tail, total, blockSize, lengthSize) {
  const size = tail.length + 1 + lengthSize <= blockSize ? blockSize : 2 * blockSize;
  const block = new Uint8Array(size);
  block.set(tail);
  block[tail.length] = 0x80;
  new DataView(block.buffer).setBigUint64(size - 8, BigInt(total) * 8n);
  return block;
}

const SCHEDULE = new Int32Array(64);

// Plain indices and no small arrays in these two: they run for every 64 bytes of a bundle.
function spread256(bytes, at) {
  const w = SCHEDULE;
  for (let t = 0, i = at; t < 16; t += 1, i += 4) {
    w[t] = (bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3];
  }
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
}

function block256(state, bytes, at) {
  spread256(bytes, at);
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS_256[t] + SCHEDULE[t]) | 0;
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  // An Int32Array keeps each sum modulo 2^32.
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

function blocks256(state, bytes, from, to) {
  for (let at = from; at < to; at += 64) block256(state, bytes, at);
}

function digest256(state) {
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return new Uint8Array(out.buffer);
}

const SLICE = 1 << 18;

/** SHA-256 in slices: yields the number of bytes just read, so that a page can breathe; returns the 32 bytes. */
export function* sha256Steps(bytes) {
  const state = START_256.slice();
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += SLICE) {
    const end = Math.min(at + SLICE, whole);
    blocks256(state, bytes, at, end);
    yield end - at;
  }
  const last = padded(bytes.subarray(whole), bytes.length, 64, 8);
  blocks256(state, last, 0, last.length);
  return digest256(state);
}

/** A generator run to its end at once; returns what it returns. */
export function finished(steps) {
  let turn = steps.next();
  while (!turn.done) turn = steps.next();
  return turn.value;
}

export function sha256(bytes) {
  return finished(sha256Steps(bytes));
}

const rotate = (x, n) => ((x >> n) | (x << (64n - n))) & MASK64;

function spread512(view, at) {
  const w = [];
  for (let t = 0; t < 16; t += 1) w.push(view.getBigUint64(at + 8 * t));
  for (let t = 16; t < 80; t += 1) {
    const [x, y] = [w[t - 15], w[t - 2]];
    const s0 = rotate(x, 1n) ^ rotate(x, 8n) ^ (x >> 7n);
    const s1 = rotate(y, 19n) ^ rotate(y, 61n) ^ (y >> 6n);
    w.push((w[t - 16] + s0 + w[t - 7] + s1) & MASK64);
  }
  return w;
}

function block512(state, view, at) {
  const w = spread512(view, at);
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 80; t += 1) {
    const s1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const s0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const t1 = h + s1 + ((e & f) ^ ((e ^ MASK64) & g)) + CUBES[t] + w[t];
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g; g = f; f = e; e = (d + t1) & MASK64;
    d = c; c = b; b = a; a = (t1 + t2) & MASK64;
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (state[i] + word) & MASK64);
}

/** SHA-512, yielding now and then the bytes read; returns the 64 bytes. */
export function* sha512Steps(bytes) {
  const whole = bytes.length - (bytes.length % 128);
  const last = padded(bytes.subarray(whole), bytes.length, 128, 16);
  let state = SQUARES;
  for (const part of [bytes.subarray(0, whole), last]) {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
    for (let at = 0; at < part.length; at += 128) {
      state = block512(state, view, at);
      if (at % 8192 === 0) yield 0;
    }
  }
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => out.setBigUint64(8 * i, word));
  return new Uint8Array(out.buffer);
}

export function sha512(bytes) {
  return finished(sha512Steps(bytes));
}
