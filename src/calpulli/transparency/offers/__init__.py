"""What the house itself offers: its ledger as tables. The ledger lies below the registries, so it is declared here."""

from . import chores, desk, evidence, facts, ledger_datasets, meanings, references, searching, unknowns

__all__ = ["chores", "desk", "evidence", "facts", "ledger_datasets", "meanings", "references", "searching", "unknowns"]
