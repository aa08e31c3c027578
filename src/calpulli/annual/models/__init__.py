"""The tables of the annual programme."""

from .activities import Activity, Adjustment, Goal, Share
from .deliveries import Delivery, DeliveryBatch, Later, Spread, Tally
from .exercises import Exercise, MatrixRow, Programme
from .reports import Achieved, Evidence, Report, ReportDraft

__all__ = [
    "Achieved",
    "Activity",
    "Adjustment",
    "Delivery",
    "DeliveryBatch",
    "Evidence",
    "Exercise",
    "Goal",
    "Later",
    "MatrixRow",
    "Programme",
    "Report",
    "ReportDraft",
    "Share",
    "Spread",
    "Tally",
]
