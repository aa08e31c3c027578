// What a bundle's folder holds (section 2) and how much of it a reader accepts (section 8, limits).

import { Unreadable } from "./bytes.js";
import { recordEnds, recordsOf } from "./merkle.js";

export const MANIFEST = "manifest.json";
export const SIGNATURE = "signature.json";
export const LEAVES = "leaves.jsonl";
export const RECORD = "data/record.json";
export const SHEET = "data/record.csv";
export const OBJECTIVES = "data/objectives.csv";
export const LINES = "data/lines.csv";
export const SWOT = "data/swot.csv";
export const RULES = "data/rules.jsonl";
export const DIFFERENCES = "data/differences.jsonl";
export const FACTS = "data/facts.jsonl";
export const BUNDLES = "data/bundles.jsonl";
export const KEYS = "data/keys.jsonl";

const entry = (sealed, records) => ({ sealed, records });

/** Every file that a manifest may name: is it sealed, has it records. */
export const LAYOUT = new Map([
  ["datapackage.json", entry(false, false)],
  [LEAVES, entry(false, false)],
  ["LEEME.txt", entry(false, false)],
  [RECORD, entry(true, false)],
  [SHEET, entry(true, true)],
  [OBJECTIVES, entry(true, true)],
  [LINES, entry(true, true)],
  [SWOT, entry(true, true)],
  [RULES, entry(true, true)],
  [DIFFERENCES, entry(true, true)],
  ["data/record.xlsx", entry(false, false)],
  ["data/record.pdf", entry(false, false)],
  [FACTS, entry(false, true)],
  [BUNDLES, entry(false, true)],
  [KEYS, entry(false, true)],
]);

export const LISTED = new Set([MANIFEST, SIGNATURE, ...LAYOUT.keys()]);

/** The paths of a bundle of this edition: the differences exist only in an erratum. */
export function listedIn(edition) {
  return new Set([...LISTED].filter((path) => path !== DIFFERENCES || edition > 1));
}

const MIB = 1024 * 1024;
export const LARGEST_BUNDLE = 64 * MIB;
const LARGEST_FILE = 16 * MIB;
export const MOST_FILES = 1000;
const MOST_RECORDS = 200000;
const MOST_KEYS = 200; // each may cost the check of a signature

function hasRecords(path) {
  return LAYOUT.has(path) && LAYOUT.get(path).records;
}

/** Throws Unreadable where the files are more than a reader accepts. Yields to let a page breathe. */
export function* limitsKept(files) {
  let [bytes, records] = [0, 0];
  if (files.size > MOST_FILES) throw new Unreadable("El paquete pasa de 1,000 archivos, el máximo.");
  for (const [path, content] of files) {
    bytes += content.length;
    if (content.length > LARGEST_FILE) throw new Unreadable(`El archivo ${path} pasa de 16 MiB, el máximo por archivo.`);
    if (bytes > LARGEST_BUNDLE) throw new Unreadable("El paquete pasa de 64 MiB, el máximo.");
  }
  if (files.has(KEYS) && recordsOf(KEYS, files.get(KEYS)).length > MOST_KEYS) throw new Unreadable("La lista de llaves pasa de 200, el máximo.");
  for (const [path, content] of files) {
    if (hasRecords(path)) records += recordEnds(content, path.endsWith(".csv")).length;
    if (records > MOST_RECORDS) throw new Unreadable("El paquete pasa de 200,000 renglones, el máximo.");
    yield 0;
  }
}
