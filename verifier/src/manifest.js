// The manifest (section 4): read it, see that its files are there and no other, and that its roots are those of its entries.

import { byteOrder, hexOf } from "./bytes.js";
import { readJson } from "./bundle.js";
import { canonicalBytes } from "./canonical.js";
import { manifestForm } from "./forms.js";
import { LAYOUT, MANIFEST, SIGNATURE, listedIn } from "./layout.js";
import { leafHash, rootOf } from "./merkle.js";

function orderProblems(files) {
  const unordered = files.findIndex((entry, i) => i > 0 && byteOrder(files[i - 1].path, entry.path) >= 0);
  return unordered < 0 ? [] : [`«files» repite o desordena ${files[unordered].path}`];
}

function entryProblems(entry, listed) {
  const told = listed.has(entry.path) ? LAYOUT.get(entry.path) : undefined;
  const problems = [];
  if ((entry.records === null) !== (entry.records_root === null)) problems.push(`${entry.path}: «records» y «records_root» van juntos`);
  if ([MANIFEST, SIGNATURE].includes(entry.path)) problems.push(`${entry.path} no lleva entrada`);
  if (told && told.records !== (entry.records !== null)) problems.push(`${entry.path} ${told.records ? "tiene" : "no tiene"} renglones que contar`);
  if (told && told.sealed !== entry.sealed) problems.push(`${entry.path} ${told.sealed ? "va" : "no va"} sellado`);
  return problems;
}

/** What section 4 asks beyond keys and types. */
function lawProblems(manifest) {
  const { number, previous, edition, files } = manifest;
  const listed = listedIn(manifest);
  const problems = [...orderProblems(files), ...files.flatMap((entry) => entryProblems(entry, listed))];
  if ((previous === null) !== (number === 1)) problems.push("«previous» es null solo en el paquete 1");
  for (const key of ["reason", "replaces"]) {
    if ((edition[key] === null) !== (edition.number === 1)) problems.push(`«edition.${key}» es null solo en la edición 1`);
  }
  return problems;
}

/** Reads the manifest; false where the check must stop here. */
export function readManifest(bundle) {
  if (!bundle.files.has(MANIFEST)) {
    bundle.fault("missing", MANIFEST, null, "Falta la lista firmada (manifest.json), que dice qué contiene el paquete. Sin ella no se puede revisar nada más.");
    return false;
  }
  const manifest = readJson(bundle, MANIFEST, manifestForm);
  const problems = manifest === null ? [] : lawProblems(manifest);
  if (problems.length) bundle.fault("malformed", MANIFEST, null, `La lista firmada (manifest.json) no cumple la especificación: ${problems.slice(0, 5).join("; ")}.`);
  else bundle.manifest = manifest;
  return bundle.manifest !== null;
}

/** Every file of section 2 and of the manifest is there, and no other. */
export function checkPresence(bundle) {
  const named = bundle.manifest.files.map((entry) => entry.path);
  const listed = listedIn(bundle.manifest);
  const told = new Set([MANIFEST, SIGNATURE, ...named]);
  for (const path of new Set([...listed, ...named])) {
    if (!bundle.files.has(path)) bundle.fault("missing", path, null, "El archivo no está en el paquete.");
  }
  for (const path of new Set([...bundle.files.keys(), ...named])) {
    if (!listed.has(path)) bundle.fault("undeclared", path, null, "La especificación no prevé este archivo en este paquete.");
    else if (!told.has(path)) bundle.fault("undeclared", path, null, "La lista firmada (manifest.json) no nombra este archivo.");
  }
}

function rootOfEntries(entries) {
  return hexOf(rootOf(entries.map((entry) => leafHash(canonicalBytes(entry)))));
}

export function checkRoots(bundle) {
  const { files, root, content_root: contentRoot } = bundle.manifest;
  if (rootOfEntries(files) !== root) {
    bundle.fault("root", MANIFEST, null, "La raíz «root» no es la de la lista de archivos.");
  }
  if (rootOfEntries(files.filter((entry) => entry.sealed)) !== contentRoot) {
    bundle.fault("root", MANIFEST, null, "La raíz «content_root» no es la de los archivos sellados.");
  }
}
