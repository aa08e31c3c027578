"""Canonical JSON against a published implementation and against plain `json`: on one long record and on many facts."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import rfc8785

from calpulli_core.board import canonical
from calpulli_core.formats.record import to_json
from tests.bench import generated
from tests.bench.founding import founding_record
from tests.bench.measure import Figures, Measure, compared, here
from tests.bench.stage import Stage


@cache
def _record() -> Any:
    return json.loads(to_json(founding_record()))


@cache
def _facts(count: int) -> list[dict[str, Any]]:
    return generated.facts(count)


def _plain(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _parse_with_peer(data: bytes) -> Any:
    """What `parse_canonical` promises, with the published implementation."""
    value = json.loads(data)
    if rfc8785.dumps(value) != data:
        raise ValueError("not canonical")
    return value


def _encode_record(stage: Stage) -> Figures:
    value, times = _record(), 100
    assert canonical.encode(value) == rfc8785.dumps(value)
    ours, peer = here(lambda: canonical.encode(value), times=times), here(lambda: rfc8785.dumps(value), times=times)
    return compared(ours, peer, rounds=stage.rounds(9), units=times, scale=1e3)


def _parse_record(stage: Stage) -> Figures:
    data, times = canonical.encode(_record()), 50
    assert canonical.parse_canonical(data) == _parse_with_peer(data)
    ours, peer = here(lambda: canonical.parse_canonical(data), times=times), here(lambda: _parse_with_peer(data), times=times)
    return compared(ours, peer, rounds=stage.rounds(9), units=times, scale=1e3)


def _encode_facts(stage: Stage) -> Figures:
    facts = _facts(stage.size(20_000))
    ours = here(lambda: [canonical.encode(fact) for fact in facts])
    peer = here(lambda: [rfc8785.dumps(fact) for fact in facts])
    return compared(ours, peer, rounds=stage.rounds(3), units=len(facts), scale=1e6)


def _encode_facts_plainly(stage: Stage) -> Figures:
    facts = _facts(stage.size(20_000))
    ours = here(lambda: [canonical.encode(fact) for fact in facts])
    peer = here(lambda: [_plain(fact) for fact in facts])
    return compared(ours, peer, rounds=stage.rounds(3), units=len(facts), scale=1e6)


def _parse_facts(stage: Stage) -> Figures:
    lines = [canonical.encode(fact) for fact in _facts(stage.size(20_000))]
    ours = here(lambda: [canonical.parse_canonical(line) for line in lines])
    peer = here(lambda: [_parse_with_peer(line) for line in lines])
    return compared(ours, peer, rounds=stage.rounds(3), units=len(lines), scale=1e6)


# Both sides are single-threaded Python over the same objects, so their ratio hardly depends on the machine; limits are
# about twice what was seen. Writing must not cost more than the published implementation does; reading may, because it
# also refuses depth, repeated keys and large numbers, and says why in Spanish.
MEASURES: list[Measure[Stage]] = [
    Measure(
        id="canonical.encode.record",
        what="Registro fundador a JSON canónico; par: rfc8785",
        unit="ms CPU",
        limit=1.0,
        take=_encode_record,
    ),
    Measure(
        id="canonical.parse.record",
        what="Registro fundador desde JSON canónico, comprobando la forma; par: json.loads + rfc8785",
        unit="ms CPU",
        limit=4.0,
        take=_parse_record,
    ),
    Measure(
        id="canonical.encode.facts",
        what="20,000 hechos a JSON canónico; par: rfc8785",
        unit="µs CPU/hecho",
        limit=1.0,
        take=_encode_facts,
    ),
    Measure(
        id="canonical.encode.plain",
        what="20,000 hechos a JSON canónico; par: json.dumps ordenado, que no comprueba nada",
        unit="µs CPU/hecho",
        limit=3.0,
        take=_encode_facts_plainly,
    ),
    Measure(
        id="canonical.parse.facts",
        what="20,000 hechos desde JSON canónico, comprobando la forma; par: json.loads + rfc8785",
        unit="µs CPU/hecho",
        limit=3.0,
        take=_parse_facts,
    ),
]
