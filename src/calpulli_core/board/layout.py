"""The files of a bundle and its limits (docs/spec/bundle.md, sections 2 and 8)."""

from __future__ import annotations

SPEC = "calpulli-bundle/1"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
DESCRIPTOR = "datapackage.json"
LEAVES = "leaves.jsonl"
README = "LEEME.txt"
RECORD = "data/record.json"
RECORD_CSV = "data/record.csv"
OBJECTIVES = "data/objectives.csv"
LINES = "data/lines.csv"
SWOT = "data/swot.csv"
RULES = "data/rules.jsonl"
DIFFERENCES = "data/differences.jsonl"
SHEET = "data/record.xlsx"
PRINT = "data/record.pdf"
FACTS = "data/facts.jsonl"
BUNDLES = "data/bundles.jsonl"
KEYS = "data/keys.jsonl"

SEALED = frozenset({RECORD, RECORD_CSV, OBJECTIVES, LINES, SWOT, RULES, DIFFERENCES})
TABLES = frozenset({RECORD_CSV, OBJECTIVES, LINES, SWOT})
# Files whose lines are records, and the key of a line that names it to a person.
LINE_NAMES = {
    RULES: "key",
    DIFFERENCES: "name",
    FACTS: "sequence",
    BUNDLES: "number",
    KEYS: "fingerprint",
}
WITH_RECORDS = TABLES | LINE_NAMES.keys()
OUTSIDE_MANIFEST = frozenset({MANIFEST, SIGNATURE})
ALWAYS = (SEALED - {DIFFERENCES}) | {DESCRIPTOR, LEAVES, README, SHEET, PRINT, FACTS, BUNDLES, KEYS}

SEALING_FACTS = frozenset({"planning.quarter_sealed", "planning.erratum_sealed"})
CAPTURING_FACTS = frozenset({"planning.edition_captured", "planning.edition_submitted"})
SIGNATURE_PREFIX = b"calpulli-bundle-v1\n"
KEY_PREFIX = b"calpulli-key-v1\n"

MAX_BUNDLE = 64 * 2**20
MAX_FILE = 16 * 2**20
MAX_ENTRIES = 1_000
MAX_RECORDS = 200_000
MAX_KEYS = 200  # each may cost a reader the check of a signature


def paths(*, edition: int) -> frozenset[str]:
    """The files that the manifest of that edition (from 1) must name, all of them and no other."""
    return ALWAYS | {DIFFERENCES} if edition > 1 else ALWAYS
