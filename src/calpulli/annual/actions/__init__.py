"""The only writes of the annual programme."""

from .adjustments import approve_adjustment, propose_adjustment, refuse_adjustment
from .contents import drop_activity, drop_programme, write_activity, write_programme
from .deliveries import record_deliveries, withdraw_deliveries
from .exercises import approve_exercise, open_exercise, return_exercise, submit_exercise
from .imports import import_poa
from .reports import approve_report, correct_report, return_report, submit_report

__all__ = [
    "approve_adjustment",
    "approve_exercise",
    "approve_report",
    "correct_report",
    "drop_activity",
    "drop_programme",
    "import_poa",
    "open_exercise",
    "propose_adjustment",
    "record_deliveries",
    "refuse_adjustment",
    "return_exercise",
    "return_report",
    "submit_exercise",
    "submit_report",
    "withdraw_deliveries",
    "write_activity",
    "write_programme",
]
