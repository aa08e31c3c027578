// An older bundle that the person kept: does this one continue it (section 8, `after`)? What cannot be shown is a fault.

import { canonicalText } from "./canonical.js";
import { sealingFacts } from "./chain.js";
import { BUNDLES, DIFFERENCES, FACTS, KEYS, MANIFEST, RECORD } from "./layout.js";
import { leads } from "./signature.js";
import { checkHeads } from "./year.js";

const equal = (left, right) => canonicalText(left) === canonicalText(right);

/** Whether the lines of OLD are the first ones of ours. */
function startsAlike(bundle, old, path) {
  if (!bundle.sound(path)) return false;
  const lines = bundle.linesOf(path);
  return old.linesOf(path).every((line, i) => i < lines.length && equal(line, lines[i]));
}

/** The line by which a later bundle remembers this one. */
function remembered(old) {
  const { edition, ledger, number, period, plan } = old.manifest;
  return { edition: edition.number, ledger, manifest_sha256: old.manifestHash, number, period, plan };
}

function isKnown(bundle, old) {
  if (old.manifestHash === bundle.manifestHash) return true;
  if (!bundle.sound(BUNDLES)) return false;
  const line = bundle.linesOf(BUNDLES).find(({ number }) => number === old.manifest.number);
  return line !== undefined && equal(line, remembered(old));
}

/** Of a column that one of the two editions does not have: which, in words. */
function onlyIn(i, before, after) {
  const counts = `la que usted dio tiene ${before.length} columnas y esta ${after.length}`;
  return i < before.length && i < after.length ? "" : `, que solo una de las dos ediciones tiene: ${counts}`;
}

/** The differences are what changed between the two editions' columns: none invented, none kept quiet. What one lacks is empty. */
function checkDifferences(bundle, before, after) {
  const fault = (i, text) => bundle.fault("record", DIFFERENCES, i, text);
  const lines = bundle.linesOf(DIFFERENCES);
  const count = Math.max(before.length, after.length);
  const said = (columns, i) => (i < columns.length ? columns[i].value : "");
  lines.forEach((line, i) => {
    const isColumn = line.number >= 1 && line.number <= count;
    if (isColumn && said(before, line.number - 1) !== line.before) fault(i, "«before» no es lo que dice la edición que usted dio.");
  });
  for (let i = 0; i < count; i += 1) {
    const isTold = lines.some(({ number }) => number === i + 1);
    if (said(before, i) !== said(after, i) && !isTold) fault(null, `Calla que cambió la columna ${i + 1}${onlyIn(i, before, after)}.`);
  }
}

/** What this bundle's contents say of a bundle of its own past. */
function checkContents(bundle, old) {
  if (!bundle.sound(RECORD)) return;
  const { edition, plan } = bundle.manifest;
  if (plan === old.manifest.plan && !equal(bundle.record.programme, old.record.programme)) {
    bundle.fault("record", RECORD, null, "El programa no es el del paquete anterior que usted dio, que es del mismo plan.");
  }
  if (edition.replaces === old.manifestHash && bundle.sound(DIFFERENCES)) checkDifferences(bundle, old.record.columns, bundle.record.columns);
}

/** What sealed this edition in OLD's facts, if anything did, is what seals it here. */
function isSealedOnce(bundle, old) {
  const ours = new Set(bundle.sound(FACTS) ? sealingFacts(bundle).map((fact) => fact.digest) : []);
  return sealingFacts(old, bundle.manifest).every((fact) => ours.has(fact.digest));
}

/** `old`: the older bundle, already examined, null where unreadable; `keys`: what keys.jsonl leads by, null where nowhere. */
export function checkAfter(bundle, old, keys) {
  const fault = (text) => bundle.fault("after", MANIFEST, null, text);
  if (old === null || old.found.size) {
    fault("El paquete anterior que usted dio no se puede leer o tiene fallas él mismo.");
    return;
  }
  if (old.manifest.number > bundle.manifest.number) {
    fault("El paquete que dio como anterior es posterior: intercámbielos.");
    return;
  }
  if (isKnown(bundle, old)) checkContents(bundle, old);
  else fault("El paquete anterior que usted dio no está entre los que este continúa.");
  if (!startsAlike(bundle, old, BUNDLES)) fault("La lista de paquetes del anterior no es el comienzo de la de este.");
  if (!startsAlike(bundle, old, KEYS)) fault("Las llaves del paquete anterior no son las primeras de este.");
  checkHeads(bundle, old);
  if (!isSealedOnce(bundle, old)) fault("Esta edición ya estaba sellada, con otro hecho, en el paquete anterior que usted dio.");
  const isOldKey = (key) => key === old.signature.public_key;
  if (!bundle.signature || !leads(keys, isOldKey, bundle.signature.public_key)) {
    fault("La llave del paquete anterior no es la de este, ni firmó a la que le siguió hasta llegar a ella.");
  }
}
