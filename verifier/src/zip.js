// A zip of a bundle (section 2): stored entries only. Laid out without gaps, so that every reader of the same zip sees the same files.

import { Unreadable, textOf } from "./bytes.js";
import { LARGEST_BUNDLE } from "./layout.js";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8_NAMES = 0x0800;
const PRINTABLE = /^[\x20-\x5b\x5d-\x7e]+$/;

function refuse(reason) {
  throw new Unreadable(`El zip no se puede leer: ${reason}.`);
}

/** Reads little-endian numbers of a zip and refuses to read past its end. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  need(at, length) {
    if (at < 0 || at + length > this.bytes.length) refuse("está cortado o sus posiciones no cuadran");
  }

  u16(at) {
    this.need(at, 2);
    return this.view.getUint16(at, true);
  }

  u32(at) {
    this.need(at, 4);
    return this.view.getUint32(at, true);
  }

  slice(at, length) {
    this.need(at, length);
    return this.bytes.subarray(at, at + length);
  }
}

export function isZip(bytes) {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** Whether some local header, wherever it lies, carries such a name: enough to tell a spoiled bundle from a zip of another kind. */
export function holdsName(bytes, wanted) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 30 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    if (view.getUint32(at, true) !== LOCAL) continue;
    const name = textOf(bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true)));
    if (name !== null && wanted(name)) return true;
  }
  return false;
}

/** The closing record, which must end the file: a comment or anything after it would be bytes that nobody checks. */
function directory(reader) {
  const at = reader.bytes.length - 22;
  if (at < 0 || reader.u32(at) !== END || reader.u16(at + 20) !== 0) refuse("no termina como un zip sin comentario");
  if (reader.u16(at + 4) !== 0 || reader.u16(at + 6) !== 0) refuse("está partido en varios discos");
  const [here, count, size, start] = [reader.u16(at + 8), reader.u16(at + 10), reader.u32(at + 12), reader.u32(at + 16)];
  if (here !== count || start + size !== at) refuse("su directorio no cuadra");
  return { count, start, end: at };
}

/** The fields that the local and the central header share, read from the position of their flags. */
function shared(reader, at) {
  return {
    flags: reader.u16(at), method: reader.u16(at + 2), crc: reader.u32(at + 8),
    packed: reader.u32(at + 12), size: reader.u32(at + 16), nameLength: reader.u16(at + 20), extraLength: reader.u16(at + 22),
  };
}

function refuseEntry(name, head) {
  if (head.flags & 1) refuse(`${name} está cifrado`);
  if (head.flags & 8) refuse(`${name} lleva descriptor de datos`);
  if (head.flags & ~UTF8_NAMES) refuse(`${name} lleva marcas que esta versión no admite`);
  if (head.method !== 0) refuse(`${name} está comprimido; las entradas van almacenadas, sin compresión`);
  if (head.packed === 0xffffffff || head.size === 0xffffffff) refuse(`${name} usa zip64`);
  if (head.extraLength !== 0) refuse(`${name} lleva un campo adicional, que podría darle otro nombre`);
  if (head.packed !== head.size) refuse(`${name} dice dos tamaños distintos`);
}

function safeName(bytes) {
  const name = textOf(bytes);
  const safe = name !== null && PRINTABLE.test(name) && name.split("/").every((part) => !["", ".", ".."].includes(part));
  if (!safe) refuse(`el nombre «${name === null ? "?" : name.slice(0, 80)}» no es una ruta de paquete`);
  return name;
}

function centralEntry(reader, at) {
  if (reader.u32(at) !== CENTRAL) refuse("su directorio está dañado");
  const head = shared(reader, at + 8);
  const name = safeName(reader.slice(at + 46, head.nameLength));
  refuseEntry(name, head);
  if (reader.u16(at + 32) !== 0) refuse(`${name} lleva un comentario`);
  const next = at + 46 + head.nameLength;
  return { ...head, name, offset: reader.u32(at + 42), next };
}

/** The bytes of an entry, whose local header must repeat what the directory says of it. */
function content(reader, entry) {
  const at = entry.offset;
  if (reader.u32(at) !== LOCAL) refuse(`la entrada ${entry.name} está dañada`);
  const head = shared(reader, at + 6);
  const same = ["flags", "method", "crc", "packed", "size", "nameLength", "extraLength"].every((field) => head[field] === entry[field]);
  if (!same || safeName(reader.slice(at + 30, head.nameLength)) !== entry.name) refuse(`${entry.name} no coincide con el directorio`);
  const start = at + 30 + head.nameLength;
  return { bytes: reader.slice(start, entry.size), end: start + entry.size };
}

function entriesOf(reader, { count, start, end }) {
  const entries = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    entries.push(centralEntry(reader, at));
    at = entries[i].next;
  }
  if (at !== end) refuse("su directorio no cuadra");
  return entries;
}

/** The files of a zip by path; throws Unreadable. CRC-32 is not judged: SHA-256 is, later, and it can say which record changed. */
export function unzipped(bytes) {
  const reader = new Reader(bytes);
  const ends = directory(reader);
  const files = new Map();
  let [at, total] = [0, 0];
  for (const entry of entriesOf(reader, ends)) {
    if (entry.offset !== at) refuse("sus entradas no van seguidas y en el orden del directorio");
    if (files.has(entry.name)) refuse(`${entry.name} está dos veces`);
    total += entry.size;
    if (total > LARGEST_BUNDLE) refuse("pasa de 64 MiB");
    const { bytes: found, end } = content(reader, entry);
    files.set(entry.name, found);
    at = end;
  }
  if (at !== ends.start) refuse("tiene bytes que no son de ninguna entrada");
  return files;
}
