// The shapes of the files of a bundle, as sections 3 to 7 write them.

import { FORMATS } from "./columns.js";
import { VERSIONS } from "./layout.js";
import {
  anyObject, atLeast, bool, date, exactly, having, hex128, hex64, instant, integer, just, listOf, orNull, period, row, rows, text,
} from "./shapes.js";
import { yearForms } from "./yearforms.js";

const SPEC = "calpulli-bundle/1";

const entry = exactly({
  bytes: atLeast(0), path: text, records: orNull(atLeast(0)), records_root: orNull(hex64), sealed: bool, sha256: hex64,
});

const head = exactly({ chain: text, digest: hex64, sequence: atLeast(1) });

export const manifestForm = exactly({
  content_root: hex64,
  deadline: exactly({ due_on: date, rule: text }),
  edition: exactly({ number: atLeast(1), reason: orNull(text), replaces: orNull(hex64) }),
  files: listOf(entry),
  installation: exactly({ demonstration: bool, institute: text, notice: text }),
  key: exactly({ algorithm: just("Ed25519"), fingerprint: hex64 }),
  ledger: head,
  number: atLeast(1),
  period,
  plan: text,
  previous: orNull(exactly({ manifest_sha256: hex64, number: atLeast(1) })),
  root: hex64,
  seal: exactly({ notice: orNull(text), published_on: date, sealed_on: date }),
  spec: just(...VERSIONS.keys()),
});

export const signatureForm = exactly({
  algorithm: just("Ed25519"), fingerprint: hex64, public_key: hex64, signature: hex128,
  signed: just("manifest.json"), signed_sha256: hex64, spec: just(SPEC),
});

const GROUPS = ["strengths", "opportunities", "weaknesses", "threats"];
const perGroup = (shape) => exactly(Object.fromEntries(GROUPS.map((group) => [group, shape])));

const objective = exactly({ lines: listOf(exactly({ number: text, text })), number: integer, text });

const programme = having({
  institution: exactly({ acronym: text, name: text }),
  legal_basis: text, legal_basis_item: text, mission: text, note: text,
  objectives: listOf(objective),
  responsible_area: text,
  swot: perGroup(listOf(text)),
  swot_headings: perGroup(text),
  vision: text,
});

const column = exactly({
  mark: just(null, "sin dato en la fuente", "no reportado"), name: text, number: integer, value: text,
});

const recordOf = (columns) => exactly({ columns, format: just(...FORMATS.keys()), period, plan: text, programme });

/** The record's format says how many columns it has. */
export function recordForm(value, place, problems) {
  const format = FORMATS.get(value?.format);
  recordOf(format ? rows(format.columns.length, column) : listOf(column))(value, place, problems);
}

/** The lines of each `.jsonl` file. */
export const lineForms = {
  "leaves.jsonl": exactly({ key: text, path: text, record: atLeast(0), sha256: hex64 }),
  "data/rules.jsonl": exactly({
    article: text, confirmed: bool, key: text, source: text, unit: text, valid_from: orNull(date), valid_until: orNull(date), value: integer,
  }),
  "data/differences.jsonl": exactly({ after: text, before: text, name: text, number: integer }),
  "data/facts.jsonl": exactly({
    actor: orNull(text), at: instant, chain: text, details: anyObject, digest: hex64, name: text, previous: hex64,
    rows: listOf(row(text, text, orNull(hex64))), sequence: atLeast(1),
  }),
  "data/bundles.jsonl": exactly({
    edition: atLeast(1), ledger: head, manifest_sha256: hex64, number: atLeast(1), period, plan: text,
  }),
  "data/keys.jsonl": exactly({ endorsement: orNull(hex128), fingerprint: hex64, number: atLeast(1), public_key: hex64 }),
  ...yearForms,
};

/** How section 7 names a line to a person. */
export const lineNames = {
  "data/rules.jsonl": (line) => line.key,
  "data/differences.jsonl": (line) => line.name,
  "data/facts.jsonl": (line) => String(line.sequence),
  "data/bundles.jsonl": (line) => String(line.number),
  "data/keys.jsonl": (line) => line.fingerprint,
  "data/measures.jsonl": (line) => line.measure,
  "data/indicators.jsonl": (line) => line.key,
  "data/heads.jsonl": (line) => line.chain,
};
