"""What other packages may call of the ledger."""

from .actions import Receipt, RowState, append, register_key, state_of
from .custody import KeyMissing, Signer
from .custody import load as load_signer
from .entries import pour
from .models import Batch, DomainRow, Entry, Privacy
from .queries import (
    check_ledger,
    counts,
    estimated_rows,
    fact_at,
    facts_after,
    facts_by_month,
    facts_with,
    has_acted,
    heads,
    key_in_use,
    last_at,
    last_facts,
    lock_chain,
    one_moment,
    public_fact_rows,
    public_facts,
    sequence_of,
    signing_keys,
    told_at,
)
from .standing import Head, Stamp, chains, head, one_look, remembered, stamp
from .states import row_digest

__all__ = [
    "Batch",
    "DomainRow",
    "Entry",
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
    "estimated_rows",
    "fact_at",
    "facts_after",
    "facts_by_month",
    "facts_with",
    "has_acted",
    "head",
    "heads",
    "key_in_use",
    "last_at",
    "last_facts",
    "load_signer",
    "lock_chain",
    "one_look",
    "one_moment",
    "pour",
    "public_fact_rows",
    "public_facts",
    "register_key",
    "remembered",
    "row_digest",
    "sequence_of",
    "signing_keys",
    "stamp",
    "state_of",
    "told_at",
]
