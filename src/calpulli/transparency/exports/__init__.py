"""Data sets as files: the table as CSV, JSON and XLSX; what describes it; what changed between two editions."""

from .changes import Changes, compared
from .descriptions import MEDIA_TYPES, catalogue, changed_parts, data_package, dictionary_csv, legal_of
from .tables import (
    LONGEST_XLSX_CELL,
    MOST_XLSX_ROWS,
    csv_pieces,
    json_pieces,
    read_json,
    table_csv,
    table_json,
    to_csv,
    to_json,
    to_xlsx,
)

__all__ = [
    "LONGEST_XLSX_CELL",
    "MEDIA_TYPES",
    "MOST_XLSX_ROWS",
    "Changes",
    "catalogue",
    "changed_parts",
    "compared",
    "csv_pieces",
    "data_package",
    "dictionary_csv",
    "json_pieces",
    "legal_of",
    "read_json",
    "table_csv",
    "table_json",
    "to_csv",
    "to_json",
    "to_xlsx",
]
