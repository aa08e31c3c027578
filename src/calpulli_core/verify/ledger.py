"""The ledger's facts and the row of earlier bundles (docs/spec/bundle.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from calpulli_core.board import layout
from calpulli_core.board.facts import ZERO, check_chain
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault

Json = dict[str, Any]

_FIELDS = {
    "chain": "es de la cadena «{found}» y debía ser de «{expected}»",
    "sequence": "es el hecho {found} y debía ser el {expected}: falta o sobra alguno antes",
    "previous": "no enlaza con el hecho anterior",
    "digest": "su huella no corresponde a lo que dice: el hecho fue cambiado",
}


def check_ledger(bundle: Bundle) -> Iterator[Fault]:
    """Both files, each only if it can be read."""
    yield from _check_facts(bundle)
    yield from _check_bundles(bundle)
    yield from _check_together(bundle)


def _facts_fault(record: int | None, why: str) -> Fault:
    return Fault("ledger", layout.FACTS, record, why)


def _check_facts(bundle: Bundle) -> Iterator[Fault]:
    facts = bundle.records.get(layout.FACTS)
    if facts is None:
        return
    yield from _check_links(bundle, facts)
    yield from _check_instants(facts)
    head = bundle.manifest["ledger"]
    if not facts:
        yield _facts_fault(None, "no tiene ningún hecho, y debe tener al menos el del cierre")
    elif any(facts[-1][name] != head[name] for name in ("chain", "digest", "sequence")):
        yield _facts_fault(len(facts) - 1, f"el último hecho debía ser la cabeza que dice el manifiesto, el {head['sequence']}")
    yield from _check_sealing(bundle, facts)


def _check_links(bundle: Bundle, facts: list[Json]) -> Iterator[Fault]:
    chain, past = bundle.manifest["ledger"]["chain"], bundle.records.get(layout.BUNDLES)
    start = _start(facts, past or [])
    for found in check_chain(facts, chain=chain, sequence=start["sequence"], digest=start["digest"]):
        # Without the earlier bundles nobody can say where the first fact must link.
        if past is not None or found.index > 0 or found.field in ("chain", "digest"):
            why = _FIELDS[found.field].format(found=found.found, expected=found.expected)
            yield _facts_fault(found.index, why)


def _start(facts: list[Json], past: list[Json]) -> Json:
    """What the first fact must follow: a published head, or the beginning of the chain."""
    first = facts[0]["sequence"] if facts else 1
    heads: list[Json] = [line["ledger"] for line in past]
    before = [head for head in heads if head["sequence"] == first - 1]
    if before:
        return before[-1]
    return {"sequence": 0, "digest": ZERO} if first == 1 or not heads else heads[-1]


def _check_instants(facts: list[Json]) -> Iterator[Fault]:
    for number, (before, fact) in enumerate(pairwise(facts), 1):
        if fact["at"] < before["at"]:
            yield _facts_fault(number, f"es del {fact['at']}, antes que el hecho anterior ({before['at']})")


def _check_sealing(bundle: Bundle, facts: list[Json]) -> Iterator[Fault]:
    """Exactly one fact seals this plan, period and edition, and it attests these contents."""
    manifest = bundle.manifest
    sealing = [number for number, fact in enumerate(facts) if _is_about(fact, manifest, layout.SEALING_FACTS)]
    if len(sealing) != 1:
        yield _facts_fault(None, f"debe tener un solo hecho que cierre esta edición y tiene {len(sealing)}")
        return
    if facts[sealing[0]]["details"].get("content_root") != manifest["content_root"]:
        yield _facts_fault(sealing[0], "el cierre da fe de otro contenido (content_root) que el del manifiesto")
    yield from _check_people(facts, sealing[0], manifest)


def _check_people(facts: list[Json], number: int, manifest: Json) -> Iterator[Fault]:
    """Somebody sealed, and it was nobody of those who wrote."""
    actor = facts[number]["actor"]
    if actor is None:
        yield _facts_fault(number, "nadie responde por el cierre: no dice qué persona lo hizo")
    elif any(fact["actor"] == actor and _is_about(fact, manifest, layout.CAPTURING_FACTS) for fact in facts):
        yield _facts_fault(number, "selló la misma persona que capturó o envió esta edición")


def sealing_facts(bundle: Bundle, manifest: Json | None = None) -> list[Json]:
    """The facts in `bundle` that seal the edition of `manifest` (its own if not told); none where they cannot be read."""
    facts = bundle.records.get(layout.FACTS, [])
    return [fact for fact in facts if _is_about(fact, manifest or bundle.manifest, layout.SEALING_FACTS)]


def _is_about(fact: Json, manifest: Json, names: frozenset[str]) -> bool:
    """Whether the fact has one of these names and tells of this very plan, period and edition."""
    told = fact["details"]
    edition = told.get("edition")
    return (
        fact["name"] in names
        and told.get("plan") == manifest["plan"]
        and told.get("period") == manifest["period"]
        and type(edition) is int
        and edition == manifest["edition"]["number"]
    )


def _past_fault(record: int | None, why: str) -> Fault:
    return Fault("ledger", layout.BUNDLES, record, why)


def _check_bundles(bundle: Bundle) -> Iterator[Fault]:
    past = bundle.records.get(layout.BUNDLES)
    if past is None:
        return
    yield from _check_numbers(bundle.manifest, past)
    yield from _check_heads(bundle.manifest, past)
    yield from _check_editions(bundle.manifest, past)


def _check_numbers(manifest: Json, past: list[Json]) -> Iterator[Fault]:
    expected = manifest["number"] - 1
    for number, line in enumerate(past):
        if number >= expected:
            yield _past_fault(number, f"sobra: antes de este paquete hay {expected}")
        elif line["number"] != number + 1:
            yield _past_fault(number, f"debía ser el paquete {number + 1} y dice {line['number']}")
    if len(past) < expected:
        yield _past_fault(None, f"debía nombrar {expected} paquetes anteriores y nombra {len(past)}")
    last = {name: past[-1][name] for name in ("manifest_sha256", "number")} if past else None
    if last != manifest["previous"]:
        yield _past_fault(len(past) - 1 if past else None, "el último no es el anterior que dice el manifiesto")


def _check_heads(manifest: Json, past: list[Json]) -> Iterator[Fault]:
    for number, line in enumerate(past):
        if line["ledger"]["chain"] != manifest["ledger"]["chain"]:
            yield _past_fault(number, "su cabeza es de otra cadena que la del manifiesto")
    for number, (before, line) in enumerate(pairwise(past), 1):
        if line["ledger"]["sequence"] <= before["ledger"]["sequence"]:
            yield _past_fault(number, "su cabeza no avanza respecto de la del paquete anterior")
    if past and past[-1]["ledger"]["sequence"] >= manifest["ledger"]["sequence"]:
        yield _past_fault(len(past) - 1, "su cabeza no es anterior a la de este paquete")


def _check_editions(manifest: Json, past: list[Json]) -> Iterator[Fault]:
    """Editions of one plan and period are 1, 2, ... and the manifest's is the next, replacing the last."""
    latest: dict[tuple[str, str], tuple[int, str]] = {}
    for number, line in enumerate(past):
        about = line["plan"], line["period"]
        expected = latest.get(about, (0, ""))[0] + 1
        if line["edition"] != expected:
            yield _past_fault(number, f"debía ser la edición {expected} de {about[0]} {about[1]} y dice {line['edition']}")
        latest[about] = line["edition"], line["manifest_sha256"]
    edition = manifest["edition"]
    count, digest = latest.get((manifest["plan"], manifest["period"]), (0, None))
    if edition["number"] != count + 1:
        yield _past_fault(None, f"según estos paquetes, este debía ser la edición {count + 1}, no la {edition['number']}")
    if edition["replaces"] != digest:
        yield _past_fault(None, "la edición que este paquete dice reemplazar no es la última de su periodo")


def _check_together(bundle: Bundle) -> Iterator[Fault]:
    """A published head that stands among these facts must be that very fact."""
    digests = {fact["sequence"]: fact["digest"] for fact in bundle.records.get(layout.FACTS, [])}
    for number, line in enumerate(bundle.records.get(layout.BUNDLES, [])):
        head = line["ledger"]
        if digests.get(head["sequence"], head["digest"]) != head["digest"]:
            yield _past_fault(number, f"su cabeza no es el hecho {head['sequence']} que este paquete trae: la historia es otra")
