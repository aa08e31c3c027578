"""`--after OLD`: whether a bundle continues an older one that the reader kept (docs/spec/bundle.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli_core.board import layout
from calpulli_core.verify.ledger import sealing_facts
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.replaced import check_contents
from calpulli_core.verify.report import Fault
from calpulli_core.verify.trust import leads
from calpulli_core.verify.year.heads import check_heads


def check_continuity(bundle: Bundle, old: Bundle, *, row_is_sound: bool) -> Iterator[Fault]:
    """`old` is itself without fault. What cannot be shown is a fault."""
    if old.manifest["number"] > bundle.manifest["number"]:
        yield after_fault("el paquete que dio como anterior es posterior: intercámbielos")
        return
    known = bundle.manifest_sha256 == old.manifest_sha256 or _stands(bundle, old)
    if known:
        yield from check_contents(bundle, old)
    else:
        yield after_fault(f"no nombra al paquete {old.manifest['number']} que usted conserva tal como es: la historia es otra")
    if not _begins(bundle, old, layout.KEYS):
        yield after_fault("sus llaves no continúan a las del paquete que usted conserva")
    if not _begins(bundle, old, layout.BUNDLES):
        yield after_fault("los paquetes que nombra no son los que nombra el que usted conserva")
    signer = old.signature["public_key"] if old.signature else ""
    if not leads(bundle, signer, row_is_sound=row_is_sound):
        yield after_fault("la llave del paquete que usted conserva no avala a la que firma este")
    if not _sealed_once(bundle, old):
        yield after_fault("esta edición ya estaba sellada, con otro hecho, en el paquete que usted conserva")
    yield from check_heads(bundle, old)


def _sealed_once(bundle: Bundle, old: Bundle) -> bool:
    """Whether what sealed this edition in the facts of `old`, if anything did, is what seals it here."""
    ours = {fact["digest"] for fact in sealing_facts(bundle)}
    return all(fact["digest"] in ours for fact in sealing_facts(old, bundle.manifest))


def after_fault(why: str) -> Fault:
    """A fault of this check."""
    return Fault("after", layout.MANIFEST, None, why)


def _stands(bundle: Bundle, old: Bundle) -> bool:
    """Whether `old` stands under its number among the earlier bundles, as what it is."""
    told = old.manifest
    line = {
        "edition": told["edition"]["number"],
        "ledger": told["ledger"],
        "manifest_sha256": old.manifest_sha256,
        "number": told["number"],
        "period": told["period"],
        "plan": told["plan"],
    }
    lines = bundle.records.get(layout.BUNDLES, [])
    place: int = told["number"] - 1
    return place < len(lines) and lines[place] == line


def _begins(bundle: Bundle, old: Bundle, path: str) -> bool:
    """Whether the lines of `path` begin with those of `old`."""
    lines, earlier = bundle.records.get(path), old.records[path]
    return lines is not None and lines[: len(earlier)] == earlier
