// The check of section 8, in its order, from files to report. Never throws: what cannot be read is the fault `unreadable`.

import { Bundle, readJson, readLines } from "./bundle.js";
import { Unreadable } from "./bytes.js";
import { checkBundles, checkFacts } from "./chain.js";
import { checkFile, checkLeaves, checkNames, leavesByPath } from "./contents.js";
import { checkDeadline, checkSeal } from "./deadline.js";
import { lineForms, recordForm, signatureForm } from "./forms.js";
import { BUNDLES, DIFFERENCES, FACTS, KEYS, LEAVES, RECORD, RULES, SHEET, SIGNATURE, limitsKept } from "./layout.js";
import { checkPresence, checkRoots, readManifest } from "./manifest.js";
import { checkAfter } from "./older.js";
import { checkRecord } from "./record.js";
import { finished } from "./sha.js";
import { checkGivenHash, checkGivenKey, checkKeys, checkSignature } from "./signature.js";
import { checkDifferences, checkSheet, checkTables } from "./tables.js";
import { checkYear } from "./year.js";
import { unzipped } from "./zip.js";

/** Reads a file that is as the manifest says; what it says may still be malformed. */
function* readContent(bundle, path) {
  if (!bundle.sound(path)) return;
  if (path === RECORD) bundle.record = readJson(bundle, RECORD, recordForm);
  else if (lineForms[path]) yield* readLines(bundle, path);
}

/** leaves.jsonl first: with it, the others are compared record by record. */
function* readContents(bundle) {
  const entries = bundle.manifest.files.filter(({ path }) => bundle.sound(path));
  const isLeaves = ({ path }) => path === LEAVES;
  for (const entry of entries.filter(isLeaves)) yield* checkFile(bundle, entry, new Map());
  yield* readContent(bundle, LEAVES);
  if (bundle.sound(LEAVES)) checkLeaves(bundle);
  bundle.leaves = leavesByPath(bundle);
  for (const entry of entries.filter((each) => !isLeaves(each))) {
    yield* checkFile(bundle, entry, bundle.leaves);
    yield* readContent(bundle, entry.path);
  }
  if (bundle.sound(LEAVES)) yield* checkNames(bundle);
  if (bundle.sound(SIGNATURE)) bundle.signature = readJson(bundle, SIGNATURE, signatureForm);
}

function recompute(bundle) {
  if (bundle.sound(RECORD)) {
    checkRecord(bundle);
    if (bundle.sound(SHEET)) checkSheet(bundle);
    checkTables(bundle);
    if (bundle.sound(DIFFERENCES)) checkDifferences(bundle);
  }
  if (bundle.sound(RULES)) checkDeadline(bundle);
  checkSeal(bundle);
}

/**
 * What came from outside, told apart: a `print` is the bundle's own hash where it equals it, that of a fact of the ledger (a receipt, a
 * head) where the bundle brings that fact, and otherwise a key's. A fact is public: it agrees with the bundle, and contrasts nothing.
 */
function toldApart(bundle, { key = null, hash = null, print = null }) {
  if (print === null) return { key, hash, print, fact: null };
  if (bundle.manifestHash === print) return { key: null, hash: print, print, fact: null };
  const fact = factOf(bundle, print);
  return { key: fact === null ? print : null, hash: null, print, fact };
}

/** The number of the fact that has this digest, among those that the bundle brings or as the head that it signs; null if none has. */
function factOf(bundle, digest) {
  const { ledger } = bundle.manifest;
  if (ledger.digest === digest) return ledger.sequence;
  const fact = bundle.sound(FACTS) ? bundle.linesOf(FACTS).find((line) => line.digest === digest) : undefined;
  return fact ? fact.sequence : null;
}

/** Examines one bundle. `given`: key, hash, print and after (an examined bundle, null where unreadable, undefined where not given). */
function* examine(files, given) {
  const bundle = new Bundle(files);
  bundle.leaves = new Map();
  yield* limitsKept(files);
  if (!readManifest(bundle)) return bundle;
  checkPresence(bundle);
  yield* readContents(bundle);
  bundle.outside = toldApart(bundle, given);
  checkRoots(bundle);
  bundle.signed = bundle.signature !== null && (yield* checkSignature(bundle));
  const keys = bundle.sound(KEYS) ? yield* checkKeys(bundle) : null;
  if (bundle.outside.key !== null && bundle.signature) checkGivenKey(bundle, keys, bundle.outside);
  if (bundle.outside.hash !== null) checkGivenHash(bundle, bundle.outside.hash);
  if (given.after !== undefined) checkAfter(bundle, given.after, keys);
  if (bundle.sound(FACTS)) yield* checkFacts(bundle);
  if (bundle.sound(BUNDLES)) checkBundles(bundle);
  recompute(bundle);
  yield* checkYear(bundle);
  return bundle;
}

const filesOf = (input) => (input instanceof Map ? input : unzipped(input));

/** The older bundle examined by itself; null where it cannot be read or lacks its manifest. */
function* examineOlder(input) {
  try {
    const old = yield* examine(filesOf(input), { after: undefined });
    return old.manifest === null ? null : old;
  } catch (error) {
    return null;
  }
}

function signatureWord(bundle, given) {
  if (bundle.signature === null || bundle.has("signature")) return "inválida";
  const { key, hash } = bundle.outside;
  const asked = key !== null || hash !== null || given.after !== undefined;
  const differs = bundle.has("key", SIGNATURE) || bundle.has("hash") || bundle.has("after");
  return asked && !differs ? "contrastada" : "no contrastada";
}

function summary(bundle) {
  if (bundle.manifest === null) return null;
  const { edition, number, period, plan } = bundle.manifest;
  return { edition: edition.number, manifest_sha256: bundle.manifestHash, number, period, plan };
}

function named(bundle, fault) {
  const leaf = bundle.sound(LEAVES) && (bundle.leaves.get(fault.file) || [])[fault.record];
  return { ...fault, key: leaf ? leaf.key : null };
}

function reportOf(bundle, given) {
  const faults = Array.from(bundle.found.values(), (fault) => named(bundle, fault));
  return { bundle: summary(bundle), faults, ok: faults.length === 0, signature: signatureWord(bundle, given) };
}

/** The report of a bundle that could not be read. */
export function unreadable(error) {
  const known = error instanceof Unreadable;
  const message = known ? error.message : `No se pudo leer el paquete (${error && error.name}: ${error && error.message}).`;
  const faults = [{ code: "unreadable", file: null, key: null, message, record: null }];
  return { bundle: null, faults, ok: false, signature: "inválida" };
}

/**
 * The check in small steps: yields the bytes read since the last step, and returns `{report, bundle}`. `files` and `after` are maps from
 * path to bytes, or the bytes of a zip; `key` and `hash` are 64 hexadecimals, and so is `print`, which is either of the two.
 * `bundle` is what was read (null where nothing could be), for showing it.
 */
export function* verifySteps(files, { key = null, hash = null, print = null, after = null } = {}) {
  try {
    const given = { key, hash, print, after: after === null ? undefined : yield* examineOlder(after) };
    const bundle = yield* examine(filesOf(files), given);
    return { report: reportOf(bundle, given), bundle };
  } catch (error) {
    return { report: unreadable(error), bundle: null };
  }
}

/** The report of section 8 (`--json`) for a bundle. */
export function verify(files, options) {
  return finished(verifySteps(files, options)).report;
}
