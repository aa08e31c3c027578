"""What comes in: commands of the acts, and the forms that make them."""

from .acts import DecideAdecuacion, EntryRow, ImportBudget, Movement, ProposeAdecuacion, RecordSpending
from .forms import AdecuacionForm, AnswerForm, CutForm, PurseOptions, SpendingForm

__all__ = [
    "AdecuacionForm",
    "AnswerForm",
    "CutForm",
    "DecideAdecuacion",
    "EntryRow",
    "ImportBudget",
    "Movement",
    "ProposeAdecuacion",
    "PurseOptions",
    "RecordSpending",
    "SpendingForm",
]
