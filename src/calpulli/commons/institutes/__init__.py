"""Reads `institutes/<name>/`: names, marks, plans and norms are data, never code."""

from .look import Look, LookError, all_colours, current_look, house_ratios, marks_can_be_used, ratios
from .reading import Institute, ListedPlan, OpenData, current, folder, listed_plans, norms, open_data, rule, section

__all__ = [
    "Institute",
    "ListedPlan",
    "Look",
    "LookError",
    "OpenData",
    "all_colours",
    "current",
    "current_look",
    "folder",
    "house_ratios",
    "listed_plans",
    "marks_can_be_used",
    "norms",
    "open_data",
    "ratios",
    "rule",
    "section",
]
