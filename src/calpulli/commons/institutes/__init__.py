"""Reads `institutes/<name>/`: names, marks, plans and norms are data, never code."""

from .look import Look, LookError, current_look, marks_can_be_used, ratios
from .reading import Institute, ListedPlan, OpenData, current, folder, listed_plans, norms, open_data, rule, section

__all__ = [
    "Institute",
    "ListedPlan",
    "Look",
    "LookError",
    "OpenData",
    "current",
    "current_look",
    "folder",
    "listed_plans",
    "marks_can_be_used",
    "norms",
    "open_data",
    "ratios",
    "rule",
    "section",
]
