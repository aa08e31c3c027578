"""What other packages may call of the ledger."""

from .actions import Receipt, RowState, append, register_key, state_of
from .custody import KeyMissing, Signer
from .custody import load as load_signer
from .models import DomainRow, Privacy
from .queries import (
    Head,
    Stamp,
    chains,
    check_ledger,
    counts,
    fact_at,
    facts_after,
    facts_by_month,
    has_acted,
    head,
    heads,
    last_facts,
    lock_chain,
    one_moment,
    public_fact_rows,
    public_facts,
    sequence_of,
    signing_keys,
    stamp,
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
    "Stamp",
    "append",
    "chains",
    "check_ledger",
    "counts",
    "fact_at",
    "facts_after",
    "facts_by_month",
    "has_acted",
    "head",
    "heads",
    "last_facts",
    "load_signer",
    "lock_chain",
    "one_moment",
    "public_fact_rows",
    "public_facts",
    "register_key",
    "row_digest",
    "sequence_of",
    "signing_keys",
    "stamp",
    "state_of",
    "told_at",
]
