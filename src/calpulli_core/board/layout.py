"""The files of a bundle and its limits (docs/spec/bundle.md, sections 2 and 8)."""

from __future__ import annotations

SPEC = "calpulli-bundle/1"
# A bundle of version 2 carries the annual programme, its money and the indicators (section 10).
SPEC_2 = "calpulli-bundle/2"
VERSIONS = {SPEC: 1, SPEC_2: 2}
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
ACTIVITIES = "data/activities.csv"
GOALS = "data/goals.csv"
REPORTS = "data/reports.csv"
MONEY = "data/money.csv"
MEASURES = "data/measures.jsonl"
INDICATORS = "data/indicators.jsonl"
HEADS = "data/heads.jsonl"

# The tables of version 2, each with its header; and all of its files.
YEAR_TABLES = {
    ACTIVITIES: ("activity", "programme", "kind", "area", "name", "unit", "cumulative", "counted", "lines", "people"),
    GOALS: ("activity", "month", "programmed", "adjusted", "achieved"),
    REPORTS: (
        *("activity", "quarter", "due_on", "state", "version", "sent_on", "decided_on", "goal", "done", "evidence", "cause"),
        "met_on",
    ),
    MONEY: ("area", "activity", "source", "partida", "month", "moment", "cents"),
}
YEAR = frozenset({*YEAR_TABLES, MEASURES, INDICATORS, HEADS})
SEALED = frozenset({RECORD, RECORD_CSV, OBJECTIVES, LINES, SWOT, RULES, DIFFERENCES}) | YEAR
TABLES = frozenset({RECORD_CSV, OBJECTIVES, LINES, SWOT})
# Files whose lines are records, and the key of a line that names it to a person.
LINE_NAMES = {
    RULES: "key",
    DIFFERENCES: "name",
    FACTS: "sequence",
    BUNDLES: "number",
    KEYS: "fingerprint",
    MEASURES: "measure",
    INDICATORS: "key",
    HEADS: "chain",
}
WITH_RECORDS = TABLES | YEAR_TABLES.keys() | LINE_NAMES.keys()
OUTSIDE_MANIFEST = frozenset({MANIFEST, SIGNATURE})
ALWAYS = (SEALED - {DIFFERENCES} - YEAR) | {DESCRIPTOR, LEAVES, README, SHEET, PRINT, FACTS, BUNDLES, KEYS}

SEALING_FACTS = frozenset({"planning.quarter_sealed", "planning.erratum_sealed"})
CAPTURING_FACTS = frozenset({"planning.edition_captured", "planning.edition_submitted"})
SIGNATURE_PREFIX = b"calpulli-bundle-v1\n"
KEY_PREFIX = b"calpulli-key-v1\n"

MAX_BUNDLE = 64 * 2**20
MAX_FILE = 16 * 2**20
MAX_ENTRIES = 1_000
MAX_RECORDS = 200_000
MAX_KEYS = 200  # each may cost a reader the check of a signature
MAX_ACTIVITIES = 2_000
MAX_INDICATORS = 2_000


def paths(*, edition: int, version: int = 1) -> frozenset[str]:
    """The files that the manifest of that edition (from 1) and version must name, all of them and no other."""
    listed = ALWAYS | {DIFFERENCES} if edition > 1 else ALWAYS
    return listed | YEAR if version == 2 else listed
