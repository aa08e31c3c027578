"""Reads of the annual programme."""

from .addresses import activity_page
from .catalogue import cause_words, causes, evidence_kinds
from .counting import (
    WHOLE_SHARE,
    WHOLE_UNIT,
    is_due,
    month_number,
    months_of,
    months_within,
    of_quarter,
    period_of,
    quarter_of,
    told_months,
)
from .floors import FLOOR, floor_of, told_before, told_people, whole_month
from .terms import AGAIN, RULE, again_by, approvable_until, deadline_of, find_deadline
from .views import (
    ActivityView,
    ExerciseView,
    MonthView,
    QuarterView,
    activities_of_line,
    activity_view,
    exercise_list,
    find_exercise,
    published_years,
    view_of,
)

__all__ = [
    "AGAIN",
    "FLOOR",
    "RULE",
    "WHOLE_SHARE",
    "WHOLE_UNIT",
    "ActivityView",
    "ExerciseView",
    "MonthView",
    "QuarterView",
    "activities_of_line",
    "activity_page",
    "activity_view",
    "again_by",
    "approvable_until",
    "cause_words",
    "causes",
    "deadline_of",
    "evidence_kinds",
    "exercise_list",
    "find_deadline",
    "find_exercise",
    "floor_of",
    "is_due",
    "month_number",
    "months_of",
    "months_within",
    "of_quarter",
    "period_of",
    "published_years",
    "quarter_of",
    "told_before",
    "told_months",
    "told_people",
    "view_of",
    "whole_month",
]
