"""The tables of indicators."""

from .computations import Computation, ComputationBatch
from .sheets import Sheet, Target

__all__ = ["Computation", "ComputationBatch", "Sheet", "Target"]
