// The files against the manifest: their bytes, and record by record where `leaves.jsonl` allows it (sections 3 and 8).

import { bytesOfHex, hexOf } from "./bytes.js";
import { firstField } from "./csv.js";
import { lineNames } from "./forms.js";
import { LAYOUT, LEAVES } from "./layout.js";
import { leafHash, rootOf } from "./merkle.js";
import { sha256Steps } from "./sha.js";

const CHANGED = "No es lo que se publicó:";

/** The leaves of each path, in their order, once leaves.jsonl is known to be sound. */
export function leavesByPath(bundle) {
  const byPath = new Map();
  for (const leaf of bundle.sound(LEAVES) ? bundle.linesOf(LEAVES) : []) {
    if (!byPath.has(leaf.path)) byPath.set(leaf.path, []);
    byPath.get(leaf.path).push(leaf);
  }
  return byPath;
}

function* leafHashes(records) {
  const hashes = [];
  for (const record of records) {
    hashes.push(leafHash(record));
    if (hashes.length % 256 === 0) yield 0;
  }
  return hashes;
}

/** The records that differ, each a fault; how many there were. */
function recordFaults(bundle, path, hashes, leaves) {
  let faults = 0;
  for (let n = 0; n < Math.max(hashes.length, leaves.length); n += 1) {
    if (n < hashes.length && n < leaves.length && hexOf(hashes[n]) === leaves[n].sha256) continue;
    const what = n >= leaves.length ? "este renglón sobra" : n >= hashes.length ? "falta este renglón" : "el renglón cambió";
    bundle.fault("changed", path, n, `${CHANGED} ${what}.`);
    faults += 1;
  }
  return faults;
}

function differs(entry, bytes, digest, hashes) {
  if (entry.bytes !== bytes.length || entry.sha256 !== hexOf(digest)) return true;
  return hashes !== null && (entry.records !== hashes.length || entry.records_root !== hexOf(rootOf(hashes)));
}

/** Compares one file with its entry. Yields the bytes read. */
export function* checkFile(bundle, entry, leaves) {
  const { path } = entry;
  const bytes = bundle.files.get(path);
  const digest = yield* sha256Steps(bytes);
  const hashes = LAYOUT.has(path) && LAYOUT.get(path).records ? yield* leafHashes(bundle.records(path)) : null;
  if (!differs(entry, bytes, digest, hashes)) return;
  const canTell = hashes !== null && bundle.sound(LEAVES);
  if (canTell && recordFaults(bundle, path, hashes, leaves.get(path) || [])) return;
  bundle.fault("changed", path, null, `${CHANGED} sus bytes no dan la huella que dice la lista firmada (manifest.json).`);
}

/** Whether the lines of leaves.jsonl are those of the manifest's entries: order, paths, numbers and, for each file, its root. */
function isWhole(manifest, leaves) {
  let at = 0;
  for (const { path, records, records_root: root } of manifest.files.filter((entry) => entry.records !== null)) {
    const mine = leaves.slice(at, at + records);
    at += records;
    if (mine.length !== records || mine.some((leaf, n) => leaf.path !== path || leaf.record !== n)) return false;
    if (hexOf(rootOf(mine.map((leaf) => bytesOfHex(leaf.sha256)))) !== root) return false;
  }
  return at === leaves.length;
}

export function checkLeaves(bundle) {
  if (isWhole(bundle.manifest, bundle.linesOf(LEAVES))) return;
  bundle.fault("malformed", LEAVES, null, "La lista de renglones no es la de los archivos de la lista firmada (manifest.json).");
}

/** How each record of a sound file is named to a person; null where its own bytes do not say. */
function namesIn(bundle, path) {
  if (!path.endsWith(".csv")) return bundle.linesOf(path).map(lineNames[path]);
  return bundle.records(path).map((record, number) => (number === 0 ? "encabezado" : firstField(record)));
}

/** Whether leaves.jsonl names each record as the record itself does, in the files that are sound. */
export function* checkNames(bundle) {
  const records = new Map();
  for (const [line, { path, record, key }] of bundle.linesOf(LEAVES).entries()) {
    if (!bundle.sound(path)) continue;
    if (!records.has(path)) records.set(path, namesIn(bundle, path));
    const name = records.get(path)[record];
    if (name !== null && name !== key) bundle.fault("malformed", LEAVES, line, `El renglón ${record} de ${path} no se llama así.`);
    yield 0;
  }
}
