"""What comes in: commands of the acts, and the forms that make them."""

from .acts import DecideAdecuacion, EntryRow, ImportBudget, Movement, ProposeAdecuacion, RecordSpending
from .forms import AdecuacionForm, AnswerForm, CutForm, ImportForm, PurseOptions, SpendingForm

__all__ = [
    "AdecuacionForm",
    "AnswerForm",
    "CutForm",
    "DecideAdecuacion",
    "EntryRow",
    "ImportBudget",
    "ImportForm",
    "Movement",
    "ProposeAdecuacion",
    "PurseOptions",
    "RecordSpending",
    "SpendingForm",
]
