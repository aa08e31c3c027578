"""The only writes of indicators."""

from .computing import compute_indicators
from .sheets import approve_sheets, propose_retirement, propose_sheets, refuse_sheets, retire_sheets
from .targets import approve_targets, propose_targets, refuse_targets
from .tellings import tell_people

__all__ = [
    "approve_sheets",
    "approve_targets",
    "compute_indicators",
    "propose_retirement",
    "propose_sheets",
    "propose_targets",
    "refuse_sheets",
    "refuse_targets",
    "retire_sheets",
    "tell_people",
]
