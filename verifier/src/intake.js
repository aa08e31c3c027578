// From what a person drops or chooses to the files of a bundle: a zip, a folder, or several loose files.

import { Unreadable } from "./bytes.js";
import { LARGEST_BUNDLE, LISTED, MOST_FILES } from "./layout.js";
import { holdsName, isZip } from "./zip.js";

const MIB = 1024 * 1024;
// The headers of a zip come on top of what it holds.
const ROOM_FOR_HEADERS = MIB;
const LARGEST_LOOSE = 256 * MIB;
const BY_NAME = new Map(Array.from(LISTED, (path) => [path.split("/").pop(), path]));

/** Loose files have no folder: their names tell their places, since no two of section 2 share one. */
function loosePath(file) {
  return BY_NAME.get(file.name) || file.name;
}

function withoutFolder(path) {
  return path.slice(path.indexOf("/") + 1);
}

/** What a file input gives, as [{path, file}]. */
export function chosen(list) {
  return Array.from(list, (file) => {
    const path = file.webkitRelativePath ? withoutFolder(file.webkitRelativePath) : loosePath(file);
    return { path, file };
  });
}

function batchOf(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Every file under a dropped entry, with its full path; a reader hands out a folder in batches. */
async function under(entry, found) {
  if (found.length > MOST_FILES) return;
  if (entry.isFile) {
    found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) });
    return;
  }
  const reader = entry.createReader();
  for (let batch = await batchOf(reader); batch.length; batch = await batchOf(reader)) {
    for (const inner of batch) await under(inner, found);
  }
}

/** What a drop gives, as [{path, file}]. The entries must be asked for before the drop's event ends: call it there and then. */
export function dropped(transfer) {
  const entries = Array.from(transfer.items || [], (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  const folders = entries.filter((entry) => entry.isDirectory);
  return folders.length ? fromFolders(entries) : Promise.resolve(chosen(transfer.files));
}

async function fromFolders(entries) {
  const found = [];
  for (const entry of entries) await under(entry, found);
  if (entries.length > 1) return found;
  return found.map(({ path, file }) => ({ path: withoutFolder(path), file }));
}

function refuseTooMuch(items, most) {
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0);
  if (items.length === 0) throw new Unreadable("No hay ningún archivo en lo que eligió.");
  if (items.length > MOST_FILES) throw new Unreadable(`Hay más de ${MOST_FILES} archivos: eso no es la carpeta de un paquete.`);
  if (bytes > most) throw new Unreadable(`Lo que eligió pasa de ${Math.floor(most / MIB)} MiB, ${most === LARGEST_LOOSE ? "lo que cabe revisar aquí" : "el máximo de un paquete"}.`);
}

async function bytesOfFile(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new Unreadable(`El navegador no pudo leer ${file.name}. Vuelva a elegirlo.`);
  }
}

/** Whether these bytes are a zip that holds something of a bundle, cut or spoiled as it may be. */
function isBundle(bytes) {
  return isZip(bytes) && holdsName(bytes, (name) => LISTED.has(name) || LISTED.has(withoutFolder(name)));
}

/** Files to be looked at one by one, as [{name, bytes}], because nothing of a bundle is among them; null where it is. */
export async function looseOf(items) {
  if (items.length > 1 && items.some(({ path }) => LISTED.has(path))) return null;
  refuseTooMuch(items, LARGEST_LOOSE);
  const files = [];
  for (const { file } of items) {
    files.push({ name: file.name, bytes: await bytesOfFile(file) });
    if (!isBundle(files[files.length - 1].bytes)) continue;
    if (items.length === 1) return null;
    throw new Unreadable(`${file.name} es un paquete: elíjalo solo, sin los demás archivos.`);
  }
  return files;
}

/** The bytes of a zip, or a map from path to bytes, as `verify` takes them; throws Unreadable. */
export async function contentsOf(items) {
  refuseTooMuch(items, LARGEST_BUNDLE + ROOM_FOR_HEADERS);
  if (items.length === 1) {
    const bytes = await bytesOfFile(items[0].file);
    if (isBundle(bytes)) return bytes;
    throw new Unreadable(`${items[0].file.name} no es un paquete: se espera el .zip que se publicó o todos sus archivos.`);
  }
  const files = new Map();
  for (const { path, file } of items) {
    if (files.has(path)) throw new Unreadable(`El archivo ${path} está dos veces.`);
    files.set(path, await bytesOfFile(file));
  }
  return files;
}

/** The rows of hexadecimals in a text: words made of nothing else, one after another; any other word or sign ends a row. */
function hexRows(text) {
  const rows = [""];
  for (const word of text.toLowerCase().match(/[\p{L}\d]+|[^\p{L}\d\s:.-]/gu) || []) {
    if (/^[0-9a-f]{1,64}$/.test(word)) rows[rows.length - 1] += word;
    else rows.push("");
  }
  return rows;
}

/**
 * The key in what a person wrote or pasted (groups, colons, capitals, the text of a printed code): 64 hexadecimals, the first of the first row that
 * is made of such. null where nothing was written, undefined where there is no key.
 */
export function keyFrom(written) {
  if (/^[\s:.-]*$/.test(written)) return null;
  const found = hexRows(written).find((row) => row !== "" && row.length % 64 === 0);
  return found && found.slice(0, 64);
}
