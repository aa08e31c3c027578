"""Reads of the budget."""

from .checking import Checked
from .classifier import Classifier, chapter_of, classifier, concept_of
from .cuts import EVERYTHING, Scenario, Suffers, scenario
from .lines import line_balances, share_activity, share_cents
from .programme import YearActivity, YearProgramme, area_names, open_years, programme_of, year_activity
from .proposals import Proposal, effects, find_proposal, movements_of, proposals, waiting
from .sums import (
    PURSE,
    Flag,
    Purse,
    balance_of,
    entries_of,
    first_month,
    flags,
    grouped,
    last_month,
    months,
    months_of_purse,
    purses,
    sealed_rows,
    total,
    years,
)

__all__ = [
    "EVERYTHING",
    "PURSE",
    "Checked",
    "Classifier",
    "Flag",
    "Proposal",
    "Purse",
    "Scenario",
    "Suffers",
    "YearActivity",
    "YearProgramme",
    "area_names",
    "balance_of",
    "chapter_of",
    "classifier",
    "concept_of",
    "effects",
    "entries_of",
    "find_proposal",
    "first_month",
    "flags",
    "grouped",
    "last_month",
    "line_balances",
    "months",
    "months_of_purse",
    "movements_of",
    "open_years",
    "programme_of",
    "proposals",
    "purses",
    "scenario",
    "sealed_rows",
    "share_activity",
    "share_cents",
    "total",
    "waiting",
    "year_activity",
    "years",
]
