"""The tables of the annual programme."""

from .activities import Activity, Adjustment, Goal, Share
from .deliveries import Delivery, DeliveryBatch
from .exercises import Exercise, MatrixRow, Programme
from .reports import Evidence, Report, ReportDraft

__all__ = [
    "Activity",
    "Adjustment",
    "Delivery",
    "DeliveryBatch",
    "Evidence",
    "Exercise",
    "Goal",
    "MatrixRow",
    "Programme",
    "Report",
    "ReportDraft",
    "Share",
]
