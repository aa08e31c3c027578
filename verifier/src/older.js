// An older bundle that the person kept: does this one continue it (section 8, `after`)? What cannot be shown is a fault.

import { canonicalText } from "./canonical.js";
import { BUNDLES, KEYS, MANIFEST } from "./layout.js";
import { leads } from "./signature.js";

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

/** `old`: the older bundle, already examined, null where unreadable; `keys`: what keys.jsonl leads by, null where nowhere. */
export function checkAfter(bundle, old, keys) {
  const fault = (text) => bundle.fault("after", MANIFEST, null, text);
  if (old === null || old.found.size) {
    fault("El paquete anterior que usted dio no se puede leer o tiene fallas él mismo.");
    return;
  }
  if (!isKnown(bundle, old)) fault("El paquete anterior que usted dio no está entre los que este continúa.");
  if (!startsAlike(bundle, old, BUNDLES)) fault("La lista de paquetes del anterior no es el comienzo de la de este.");
  if (!startsAlike(bundle, old, KEYS)) fault("Las claves del paquete anterior no son las primeras de este.");
  const isOldKey = (key) => key === old.signature.public_key;
  if (!bundle.signature || !leads(keys, isOldKey, bundle.signature.public_key)) {
    fault("Ninguna cadena de avales lleva de la clave del paquete anterior a la de este.");
  }
}
