// Exact fractions of BigInt, the denominator above 0, and how a bundle writes them (docs/spec/formulas.md, sections 1, 6, 9).
// They are put in lowest terms only where that can be seen: when written, or when too long as they stand. It costs more than the rest together.

const BOUND = 1n << 2048n;
const LONGEST = 1300;
const WRITTEN = /^(0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;

const magnitude = (n) => (n < 0n ? -n : n);

const SMALL = 1n << 52n;

/** Euclid's; of long numbers, many of its steps at once on their first 52 bits (D. H. Lehmer's way). */
function commonDivisor(one, other) {
  let [a, b] = [magnitude(one), other];
  if (a < b) [a, b] = [b, a];
  while (b >= SMALL) {
    const shift = BigInt(4 * a.toString(16).length - 52);
    const [w, x, y, z] = steps(Number(a >> shift), Number(b >> shift));
    [a, b] = x === 0 ? [b, a % b] : [BigInt(w) * a + BigInt(x) * b, BigInt(y) * a + BigInt(z) * b];
  }
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** How the pair changes by the steps that are certain, whatever the bits that are not seen. */
function steps(first, second) {
  let [a, b, w, x, y, z] = [first, second, 1, 0, 0, 1];
  while (b + y !== 0 && b + z !== 0) {
    const times = Math.floor((a + w) / (b + y));
    if (times !== Math.floor((a + x) / (b + z))) break;
    [a, b, w, x, y, z] = [b, a - times * b, y, z, w - times * y, x - times * z];
  }
  return [w, x, y, z];
}

/** In lowest terms. */
function reduced({ above, below }) {
  const shared = magnitude(commonDivisor(above, below));
  return { above: above / shared, below: below / shared };
}

/** The value that the text says, or null where it is not written as it must be. */
export function readFraction(text) {
  const match = text.length <= LONGEST ? WRITTEN.exec(text) : null;
  if (match === null) return null;
  const [above, below] = [BigInt(match[1]), BigInt(match[2] ?? 1)];
  const sloppy = match[2] && (below === 1n || magnitude(commonDivisor(above, below)) !== 1n);
  return sloppy ? null : { above, below };
}

export function writeFraction(value) {
  const { above, below } = reduced(value);
  return below === 1n ? `${above}` : `${above}/${below}`;
}

const isShort = ({ above, below }) => magnitude(above) < BOUND && below < BOUND;

/** The value, or null where it has more bits than a value may. */
export function bounded(value) {
  if (isShort(value)) return value;
  const least = reduced(value);
  return isShort(least) ? least : null;
}

export const opposite = ({ above, below }) => ({ above: -above, below });

export function plus(a, b) {
  if (a.below % b.below === 0n) return { above: a.above + b.above * (a.below / b.below), below: a.below };
  if (b.below % a.below === 0n) return plus(b, a);
  return { above: a.above * b.below + b.above * a.below, below: a.below * b.below };
}

export const minus = (a, b) => plus(a, opposite(b));
export const times = (a, b) => ({ above: a.above * b.above, below: a.below * b.below });

/** `b` is not 0. */
export function over(a, b) {
  const sign = b.above < 0n ? -1n : 1n;
  return { above: sign * a.above * b.below, below: sign * a.below * b.above };
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export function compared(a, b) {
  const difference = a.above * b.below - b.above * a.below;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** The nearest with so many decimals; halves go away from zero. */
export function rounded({ above, below }, digits) {
  const scale = 10n ** BigInt(digits);
  const scaled = magnitude(above) * scale;
  const nearest = scaled / below + (2n * (scaled % below) >= below ? 1n : 0n);
  return { above: above < 0n ? -nearest : nearest, below: scale };
}
