"""The tables of indicators."""

from .computations import Computation, ComputationBatch
from .sheets import Sheet, Target
from .tellings import Telling, ToldCell

__all__ = ["Computation", "ComputationBatch", "Sheet", "Target", "Telling", "ToldCell"]
