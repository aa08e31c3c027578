"""Facts: what happened, each linked to the one before (docs/spec/bundle.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from calpulli_core.board import canonical

PREFIX = b"calpulli-fact-v1\n"
# `previous` of the first fact of a chain.
ZERO = "0" * 64


def fact_digest(fact: Mapping[str, Any]) -> str:
    """64 hex: SHA-256 over the fact's canonical JSON without its `digest`. Raises CanonicalError."""
    body = {name: value for name, value in fact.items() if name != "digest"}
    return sha256(PREFIX + canonical.encode(body)).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """A fact that does not follow: its place from 0, which of its fields, what it should be and what it is."""

    index: int
    field: str
    expected: str | int
    found: str | int


def check_chain(facts: Iterable[Mapping[str, Any]], *, chain: str, sequence: int = 0, digest: str = ZERO) -> list[Break]:
    """Every break of `facts`, which should follow the fact `sequence` with `digest` on `chain` (0 and ZERO: the start)."""
    breaks: list[Break] = []
    for index, fact in enumerate(facts):
        expected: dict[str, str | int] = {
            "chain": chain,
            "sequence": sequence + 1,
            "previous": digest,
            "digest": fact_digest(fact),
        }
        breaks += [Break(index, name, value, fact[name]) for name, value in expected.items() if fact[name] != value]
        sequence, digest = fact["sequence"], fact["digest"]
    return breaks
