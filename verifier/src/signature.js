// The signature and the keys (sections 5 and 7): who signed, and by which road the key comes from an older one.

import { bytesOf, bytesOfHex, concatenated, hexOf } from "./bytes.js";
import { canonicalBytes } from "./canonical.js";
import { ed25519Steps } from "./ed25519.js";
import { BUNDLES, KEYS, MANIFEST, SIGNATURE } from "./layout.js";
import { sha256 } from "./sha.js";

function message(label, bytes) {
  return concatenated(bytesOf(`${label}\n`), bytes);
}

export const fingerprintOf = (publicKey) => hexOf(sha256(bytesOfHex(publicKey)));

/** Checks the signature; returns whether it holds. */
export function* checkSignature(bundle) {
  const { public_key: key, signature, signed_sha256: signed, fingerprint } = bundle.signature;
  const signedBytes = message("calpulli-bundle-v1", bundle.files.get(MANIFEST));
  const holds = yield* ed25519Steps(bytesOfHex(key), signedBytes, bytesOfHex(signature));
  const same = bundle.manifestHash === signed;
  if (!holds) {
    bundle.fault("signature", same ? SIGNATURE : MANIFEST, null, `La firma no corresponde a la lista firmada (manifest.json): cambió ${same ? "la firma" : "la lista"} después de firmar.`);
  }
  if (holds && !same) bundle.fault("signature", SIGNATURE, null, "«signed_sha256» no es la huella de la lista firmada (manifest.json).");
  checkFingerprints(bundle, fingerprint, fingerprintOf(key), holds);
  return holds;
}

/** Only where the signature holds does a difference with the manifest say that another key signed. */
function checkFingerprints(bundle, told, computed, holds) {
  if (told !== computed) bundle.fault("signature", SIGNATURE, null, "«fingerprint» no es la huella de «public_key».");
  if (holds && bundle.manifest.key.fingerprint !== computed) {
    bundle.fault("signature", SIGNATURE, null, "La llave que firma no es la que nombra la lista firmada (manifest.json).");
  }
}

function* endorsed(before, line) {
  const statement = { number: line.number, previous: fingerprintOf(before.public_key), public_key: line.public_key };
  const signed = message("calpulli-key-v1", canonicalBytes(statement));
  return yield* ed25519Steps(bytesOfHex(before.public_key), signed, bytesOfHex(line.endorsement));
}

/** Whether this line breaks the rules of keys.jsonl by itself. */
function checkKeyLine(bundle, line, i, known) {
  const fault = (text) => bundle.fault("key", KEYS, i, text);
  if (line.number !== i + 1) fault(`La llave debería llevar el número ${i + 1}.`);
  if (line.fingerprint !== fingerprintOf(line.public_key)) fault("La huella no es la de esta llave.");
  if (known.has(line.fingerprint)) fault("Esta huella ya estaba en la lista.");
  if (i === 0 && line.endorsement !== null) fault("La primera llave no puede llevar la firma de una anterior.");
}

/**
 * Checks keys.jsonl. Returns its lines with `linked` (the key before endorsed this one), or null where a fault makes the file lead nowhere.
 */
export function* checkKeys(bundle) {
  const lines = bundle.linesOf(KEYS);
  const [keys, known] = [[], new Set()];
  for (const [i, line] of lines.entries()) {
    checkKeyLine(bundle, line, i, known);
    known.add(line.fingerprint);
    const avowed = i > 0 && line.endorsement !== null;
    const linked = avowed && (yield* endorsed(lines[i - 1], line));
    if (avowed && !linked) bundle.fault("key", KEYS, i, "La llave anterior no firmó esta: la firma que lleva no es válida.");
    keys.push({ ...line, linked });
    yield 0;
  }
  checkLastKey(bundle, keys);
  return bundle.has("key", KEYS) ? null : keys;
}

function checkLastKey(bundle, keys) {
  if (keys.length === 0) bundle.fault("key", KEYS, null, "No hay ninguna llave.");
  else if (bundle.signed && keys[keys.length - 1].public_key !== bundle.signature.public_key) {
    bundle.fault("key", KEYS, keys.length - 1, "La última llave no es la que firma este paquete.");
  }
}

/** Whether an unbroken row of endorsements leads from a key that `isStart` to the signing key. `keys` null leads nowhere. */
export function leads(keys, isStart, signing) {
  if (isStart(signing)) return true;
  if (keys === null || keys[keys.length - 1].public_key !== signing) return false;
  const start = keys.findIndex((key) => isStart(key.public_key));
  return start >= 0 && keys.slice(start + 1).every((key) => key.linked);
}

/** Who signed instead. It accuses nobody: a bundle cannot know the keys that came after its own. */
function otherKey(bundle, isGiven) {
  const lines = bundle.sound(KEYS) ? bundle.linesOf(KEYS) : [];
  const signer = lines.find((line) => line.public_key === bundle.signature.public_key);
  const told = `Lo firmó la llave ${signer ? `${signer.number} de su lista` : "que muestra"}, y la que usted dio`;
  if (lines.some((line) => isGiven(line.public_key))) {
    return `${told} es anterior, pero no lleva a ella: si una llave se perdió, pida la huella de la que le siguió.`;
  }
  return `${told} no está entre las anteriores. Si la suya es posterior, este paquete es de antes de ella y no puede mostrarlo solo: contrástelo con la huella de la llave de entonces.`;
}

/** Of a value that may be either: that it is not this bundle's hash, and whose it is where an earlier bundle here has it. */
function notThisBundle(bundle, print) {
  const lines = bundle.sound(BUNDLES) ? bundle.linesOf(BUNDLES) : [];
  const line = lines.find((each) => each.manifest_sha256 === print);
  if (!line) return "Lo que usted dio no es la huella de este paquete ni la de una llave que lleve a él. Si es la de un comprobante, o la de una cabeza del libro, es la de un hecho posterior a lo que este paquete trae: aquí no se puede contrastar.";
  return `Lo que usted dio es la huella de otro paquete, el número ${line.number} (${line.period}, edición ${line.edition}), que este nombra entre los anteriores: revise aquel, o délo como paquete anterior.`;
}

/** With the hash H of a bundle from outside: is it this very one? */
export function checkGivenHash(bundle, hash) {
  if (bundle.manifestHash !== bareOf(hash)) bundle.fault("hash", MANIFEST, null, "La huella que usted dio no es la de este paquete.");
}

const bareOf = (hex) => hex.replace(/\s/g, "").toLowerCase();

/** With a key K from outside (public key or fingerprint): is it the signing key, or does it lead to it? */
export function checkGivenKey(bundle, keys, { key, print }) {
  const bare = bareOf(key);
  const isGiven = (publicKey) => publicKey === bare || fingerprintOf(publicKey) === bare;
  if (leads(keys, isGiven, bundle.signature.public_key)) return;
  const why = otherKey(bundle, isGiven);
  bundle.fault("key", SIGNATURE, null, print === null ? why : `${notThisBundle(bundle, print)} ${why}`);
}
