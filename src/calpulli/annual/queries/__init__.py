"""Reads of the annual programme."""

from .catalogue import cause_words, causes
from .counting import WHOLE_SHARE, WHOLE_UNIT, is_due, month_number, months_of, of_quarter, quarter_of
from .terms import RULE, deadline_of, find_deadline

__all__ = [
    "RULE",
    "WHOLE_SHARE",
    "WHOLE_UNIT",
    "cause_words",
    "causes",
    "deadline_of",
    "find_deadline",
    "is_due",
    "month_number",
    "months_of",
    "of_quarter",
    "quarter_of",
]
