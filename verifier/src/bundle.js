// A bundle under examination: its files, what has been read of them, and the faults found so far.

import { hexOf } from "./bytes.js";
import { NotCanonical, parsedLine } from "./canonical.js";
import { lineForms } from "./forms.js";
import { recordsOf } from "./merkle.js";
import { sha256 } from "./sha.js";
import { misfit } from "./shapes.js";
import { checkLines } from "./yearforms.js";

// After one of these, nothing is recomputed from the file (section 8).
const SPOILING = new Set(["missing", "undeclared", "malformed", "changed"]);

export class Bundle {
  constructor(files) {
    this.files = files;
    this.found = new Map();
    this.spoiled = new Set();
    this.lines = new Map();
    this.manifest = null;
    this.signature = null;
    this.record = null;
    this.outside = null;
    this.year = null;
  }

  /** Notes a fault; what is said twice of the same place becomes one fault with both sentences. */
  fault(code, file, record, message) {
    const id = JSON.stringify([code, file, record]);
    const known = this.found.get(id);
    if (known && !known.message.includes(message)) known.message += ` ${message}`;
    if (!known) this.found.set(id, { code, file, record, message });
    if (SPOILING.has(code)) this.spoiled.add(file);
  }

  /** Whether such a fault was found (in that file, if one is named). */
  has(code, file) {
    return Array.from(this.found.values()).some((fault) => fault.code === code && (file === undefined || fault.file === file));
  }

  /** Whether the file is there and free of the faults that forbid recomputing from it. */
  sound(path) {
    return this.files.has(path) && !this.spoiled.has(path);
  }

  records(path) {
    return recordsOf(path, this.files.get(path));
  }

  /** The parsed lines of a sound `.jsonl` file. */
  linesOf(path) {
    return this.lines.get(path);
  }

  get manifestHash() {
    return hexOf(sha256(this.files.get("manifest.json")));
  }
}

/** The value of these bytes, canonical and of this shape; else the fault is noted and the answer is null. */
function parsed(bundle, bytes, form, path, record) {
  try {
    const value = parsedLine(bytes);
    const problem = misfit(form, value);
    if (problem === null) return value;
    bundle.fault("malformed", path, record, `El contenido no tiene la forma esperada: ${problem}.`);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    bundle.fault("malformed", path, record, `El contenido ${error.message}.`);
  }
  return null;
}

/** What a file says if it can be read at all, faulty or not: for showing it, never for judging it. */
export function glimpsed(bundle, path, form) {
  try {
    const value = parsedLine(bundle.files.get(path));
    return misfit(form, value) === null ? value : null;
  } catch (error) {
    return null;
  }
}

export function readJson(bundle, path, form) {
  return parsed(bundle, bundle.files.get(path), form, path, null);
}

/** Reads every line of a `.jsonl` file; a line that does not fit is a fault of its own. */
export function* readLines(bundle, path) {
  const values = [];
  for (const line of bundle.records(path)) {
    values.push(parsed(bundle, line, lineForms[path], path, values.length));
    if (values.length % 256 === 0) yield 0;
  }
  checkLines(path, values, bundle.manifest, (number, message) => bundle.fault("malformed", path, number, message));
  bundle.lines.set(path, values);
}
