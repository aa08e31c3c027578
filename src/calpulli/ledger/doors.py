"""What other packages may call of the ledger."""

from .actions import Receipt, RowState, append, register_key, state_of
from .custody import KeyMissing, Signer
from .custody import load as load_signer
from .models import DomainRow, Privacy
from .queries import (
    Head,
    check_ledger,
    counts,
    fact_at,
    facts_after,
    has_acted,
    head,
    heads,
    last_facts,
    lock_chain,
    sequence_of,
    signing_keys,
    told_at,
)
from .states import row_digest

__all__ = [
    "DomainRow",
    "Head",
    "KeyMissing",
    "Privacy",
    "Receipt",
    "RowState",
    "Signer",
    "append",
    "check_ledger",
    "counts",
    "fact_at",
    "facts_after",
    "has_acted",
    "head",
    "heads",
    "last_facts",
    "load_signer",
    "lock_chain",
    "register_key",
    "row_digest",
    "sequence_of",
    "signing_keys",
    "state_of",
    "told_at",
]
