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

export const ACTIVITIES = "data/activities.csv";
export const GOALS = "data/goals.csv";
export const REPORTS = "data/reports.csv";
export const MONEY = "data/money.csv";
export const MEASURES = "data/measures.jsonl";
export const INDICATORS = "data/indicators.jsonl";
export const HEADS = "data/heads.jsonl";

/** The files that a bundle of version 2 has besides (section 10). */
const OF_THE_YEAR = [ACTIVITIES, GOALS, REPORTS, MONEY, MEASURES, INDICATORS, HEADS];

/** By the `spec` of the manifest. */
export const VERSIONS = new Map([["calpulli-bundle/1", 1], ["calpulli-bundle/2", 2]]);

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
  ...OF_THE_YEAR.map((path) => [path, entry(true, true)]),
]);

export const LISTED = new Set([MANIFEST, SIGNATURE, ...LAYOUT.keys()]);

/** The paths of this manifest's bundle: the differences exist only in an erratum, the files of the year only in version 2. */
export function listedIn({ edition, spec }) {
  const left = new Set([...(edition.number > 1 ? [] : [DIFFERENCES]), ...(VERSIONS.get(spec) === 2 ? [] : OF_THE_YEAR)]);
  return new Set([...LISTED].filter((path) => !left.has(path)));
}

const MIB = 1024 * 1024;
export const LARGEST_BUNDLE = 64 * MIB;
const LARGEST_FILE = 16 * MIB;
export const MOST_FILES = 1000;
const MOST_RECORDS = 200000;
const MOST_LINES = [
  [KEYS, 200, "llaves"], // each may cost the check of a signature
  [ACTIVITIES, 2001, "actividades"],
  [INDICATORS, 2000, "indicadores"],
];

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
  for (const [path, most, what] of MOST_LINES) {
    if (files.has(path) && recordsOf(path, files.get(path)).length > most) throw new Unreadable(`El paquete tiene más ${what} que las que se admiten.`);
  }
  for (const [path, content] of files) {
    if (hasRecords(path)) records += recordEnds(content, path.endsWith(".csv")).length;
    if (records > MOST_RECORDS) throw new Unreadable("El paquete pasa de 200,000 renglones, el máximo.");
    yield 0;
  }
}
