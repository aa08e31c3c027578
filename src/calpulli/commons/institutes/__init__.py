"""Reads `institutes/<name>/`: names, marks, plans and norms are data, never code."""

from .asking import asking_can_be_used
from .look import Look, LookError, all_colours, current_look, house_ratios, marks_can_be_used, ratios
from .reading import (
    CHECKED,
    Institute,
    ListedPlan,
    OpenData,
    OutsidePlace,
    article_of,
    current,
    folder,
    listed_plans,
    name_of,
    norms,
    open_data,
    outside_places,
    section,
)

__all__ = [
    "CHECKED",
    "Institute",
    "ListedPlan",
    "Look",
    "LookError",
    "OpenData",
    "OutsidePlace",
    "all_colours",
    "article_of",
    "asking_can_be_used",
    "current",
    "current_look",
    "folder",
    "house_ratios",
    "listed_plans",
    "marks_can_be_used",
    "name_of",
    "norms",
    "open_data",
    "outside_places",
    "ratios",
    "section",
]
