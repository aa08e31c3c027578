"""The only writes of the budget."""

from .adecuaciones import approve_adecuacion, propose_adecuacion, refuse_adecuacion
from .entering import import_budget, record_spending

__all__ = ["approve_adecuacion", "import_budget", "propose_adecuacion", "record_spending", "refuse_adecuacion"]
