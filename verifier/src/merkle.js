// Records of a file and the tree over them (section 3; RFC 6962, 2.1).

import { concatenated } from "./bytes.js";
import { sha256 } from "./sha.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const LF = 0x0a;
const QUOTE = 0x22;

export function leafHash(data) {
  return sha256(concatenated(LEAF, data));
}

/**
 * The root of the leaves whose hashes these are. Pairing level by level, an odd last one moved up as it is, splits where RFC 6962
 * splits: at the largest power of two below n.
 */
export function rootOf(hashes) {
  if (hashes.length === 0) return sha256(new Uint8Array(0));
  let level = hashes;
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i + 1 < level.length; i += 2) above.push(sha256(concatenated(NODE, level[i], level[i + 1])));
    if (level.length % 2) above.push(level[level.length - 1]);
    level = above;
  }
  return level[0];
}

/** Byte positions at which each record ends. `quotes`: an LF inside quotes does not end a record (CSV). */
export function recordEnds(bytes, quotes) {
  const ends = [];
  let inside = false;
  for (let i = 0; i < bytes.length; i += 1) {
    if (quotes && bytes[i] === QUOTE) inside = !inside;
    if (bytes[i] === LF && !inside) ends.push(i + 1);
  }
  const last = ends.length ? ends[ends.length - 1] : 0;
  if (last < bytes.length) ends.push(bytes.length);
  return ends;
}

/** The records of a file, each with its LF: slices of the same memory, not copies. */
export function recordsOf(path, bytes) {
  let start = 0;
  return recordEnds(bytes, path.endsWith(".csv")).map((end) => {
    const record = bytes.subarray(start, end);
    start = end;
    return record;
  });
}
