"""The tables of the annual programme's files, as one versioned declaration: nowhere else is said what they are.

A column that joins, goes or changes is another version, and this one stays for the files that were made with it.
"""

from __future__ import annotations

from .entry_tables import BUDGET, DELIVERIES
from .programme_tables import ACTIVITIES, GOALS, MATRIX, PROGRAMMES, SHARES

__all__ = [
    "ACTIVITIES",
    "BUDGET",
    "CATALOGUES",
    "DELIVERIES",
    "EXAMPLE",
    "GOALS",
    "GUIDE",
    "MATRIX",
    "POA",
    "PROGRAMMES",
    "SHARES",
    "TABLES",
    "VERSION",
    "is_guide",
]
VERSION = "poa/2"
POA = (PROGRAMMES, MATRIX, ACTIVITIES, SHARES, GOALS)
TABLES = (*POA, BUDGET, DELIVERIES)
# Sheets of a template that nobody imports.
GUIDE, CATALOGUES, EXAMPLE = "Instrucciones", "Catálogos", "Ejemplo"


def is_guide(sheet: str) -> bool:
    """Whether a sheet of that name only explains: it is never read."""
    return sheet in (GUIDE, CATALOGUES) or sheet.split(" ")[0] == EXAMPLE
