"""Facts: a digest worked by hand, and every way in which a chain can break."""

from __future__ import annotations

import copy
from hashlib import sha256
from typing import Any

import pytest

from calpulli_core.board.canonical import CanonicalError
from calpulli_core.board.facts import ZERO, check_chain, fact_digest
from tests.core.verify.factory import Installation, parsed

FACT: dict[str, Any] = {"sequence": 1, "name": "a.b", "details": {}, "digest": "no entra", "previous": ZERO, "chain": "c"}
HAND = b'calpulli-fact-v1\n{"chain":"c","details":{},"name":"a.b","previous":"' + b"0" * 64 + b'","sequence":1}'


def chain() -> list[dict[str, Any]]:
    return parsed(Installation().close("2023-Q1")["data/facts.jsonl"])


def found(facts: list[dict[str, Any]], **how: Any) -> list[tuple[int, str]]:
    return [(item.index, item.field) for item in check_chain(facts, chain="planning", **how)]


def test_digest_by_hand() -> None:
    assert fact_digest(FACT) == sha256(HAND).hexdigest()


def test_digest_needs_canonical_values() -> None:
    with pytest.raises(CanonicalError):
        fact_digest({**FACT, "details": {"value": 1.5}})


def test_a_whole_chain_and_its_second_part() -> None:
    facts = chain()
    assert len(facts) == 3
    assert found(facts) == []
    assert found(facts[1:], sequence=1, digest=facts[0]["digest"]) == []


@pytest.mark.parametrize("name", ["actor", "at", "details", "name", "rows"])
def test_a_changed_fact_shows_in_its_digest_alone(name: str) -> None:
    facts = chain()
    facts[1][name] = "otra cosa"
    assert found(facts) == [(1, "digest")]


def test_a_changed_fact_digested_again_breaks_the_next_link() -> None:
    facts = chain()
    facts[0]["actor"] = "otra"
    facts[0]["digest"] = fact_digest(facts[0])
    assert found(facts) == [(1, "previous")]


def test_a_lost_fact() -> None:
    facts = chain()
    assert found([facts[0], facts[2]]) == [(1, "sequence"), (1, "previous")]
    assert found(facts[1:]) == [(0, "sequence"), (0, "previous")]


def test_turned_facts() -> None:
    facts = chain()
    assert found([facts[1], facts[0], facts[2]]) == [
        (0, "sequence"),
        (0, "previous"),
        (1, "sequence"),
        (1, "previous"),
        (2, "sequence"),
        (2, "previous"),
    ]


def test_another_chain() -> None:
    facts = copy.deepcopy(chain())
    assert [item.field for item in check_chain(facts, chain="otra")] == ["chain"] * 3
