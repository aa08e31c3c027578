"""The shape of every JSON file of a bundle (docs/spec/bundle.md, sections 3 to 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.columns import FORMATS
from calpulli_core.verify.lines import SHAPES
from calpulli_core.verify.shapes import (
    Shape,
    array,
    boolean,
    day,
    fixed,
    hexadecimal,
    instant,
    integer,
    mapping,
    nullable,
    period,
    row,
    structure,
    text,
)

HASH = hexadecimal(64)
SIGNED = hexadecimal(128)
FROM_1 = integer(1)
MARKS = ("sin dato en la fuente", "no reportado")
GROUPS = ("strengths", "opportunities", "weaknesses", "threats")

_LEDGER = structure({"chain": text, "digest": HASH, "sequence": FROM_1})
_ENTRY = structure(
    {
        "bytes": integer(0),
        "path": text,
        "records": nullable(integer(0)),
        "records_root": nullable(HASH),
        "sealed": boolean,
        "sha256": HASH,
    }
)
_MANIFEST = structure(
    {
        "content_root": HASH,
        "deadline": structure({"due_on": day, "rule": text}),
        "edition": structure({"number": FROM_1, "reason": nullable(text), "replaces": nullable(HASH)}),
        "files": array(_ENTRY),
        "installation": structure({"demonstration": boolean, "institute": text, "notice": text}),
        "key": structure({"algorithm": fixed("Ed25519"), "fingerprint": HASH}),
        "ledger": _LEDGER,
        "number": FROM_1,
        "period": period,
        "plan": text,
        "previous": nullable(structure({"manifest_sha256": HASH, "number": FROM_1})),
        "root": HASH,
        "seal": structure({"notice": nullable(text), "published_on": day, "sealed_on": day}),
        "spec": fixed(*layout.VERSIONS),
    }
)
SIGNATURE = structure(
    {
        "algorithm": fixed("Ed25519"),
        "fingerprint": HASH,
        "public_key": HASH,
        "signature": SIGNED,
        "signed": fixed(layout.MANIFEST),
        "signed_sha256": HASH,
        "spec": fixed(layout.SPEC),
    }
)
_PROGRAMME = structure(
    {
        "institution": structure({"acronym": text, "name": text}),
        "legal_basis": text,
        "legal_basis_item": text,
        "mission": text,
        "note": text,
        "objectives": array(
            structure({"lines": array(structure({"number": text, "text": text})), "number": integer(), "text": text})
        ),
        "responsible_area": text,
        "swot": structure({name: array(text) for name in GROUPS}),
        "swot_headings": structure(dict.fromkeys(GROUPS, text)),
        "vision": text,
    },
    more=True,
)
_COLUMN = structure({"mark": fixed(None, *MARKS), "name": text, "number": integer(), "value": text})


def record(value: Any, where: str) -> Iterator[str]:
    """The record's shape: its format says how many columns it has (section 6)."""
    told = {"columns": array(_COLUMN), "format": fixed(*FORMATS), "period": period, "plan": text, "programme": _PROGRAMME}
    found = list(structure(told)(value, where))
    yield from found or array(_COLUMN, size=len(FORMATS[value["format"]].columns))(value["columns"], "columns")


LINES: Mapping[str, Shape] = {
    layout.LEAVES: structure({"key": text, "path": text, "record": integer(0), "sha256": HASH}),
    layout.RULES: structure(
        {
            "article": text,
            "confirmed": boolean,
            "key": text,
            "source": text,
            "unit": text,
            "valid_from": nullable(day),
            "valid_until": nullable(day),
            "value": integer(),
        }
    ),
    layout.DIFFERENCES: structure({"after": text, "before": text, "name": text, "number": integer()}),
    layout.FACTS: structure(
        {
            "actor": nullable(text),
            "at": instant,
            "chain": text,
            "details": mapping,
            "digest": HASH,
            "name": text,
            "previous": HASH,
            "rows": array(row(text, text, nullable(HASH))),
            "sequence": FROM_1,
        }
    ),
    layout.BUNDLES: structure(
        {
            "edition": FROM_1,
            "ledger": _LEDGER,
            "manifest_sha256": HASH,
            "number": FROM_1,
            "period": period,
            "plan": text,
        }
    ),
    layout.KEYS: structure({"endorsement": nullable(SIGNED), "fingerprint": HASH, "number": FROM_1, "public_key": HASH}),
    **SHAPES,
}


def manifest(value: Any, where: str) -> Iterator[str]:
    """The manifest's shape and the rules between its keys (section 4)."""
    found = list(_MANIFEST(value, where))
    yield from found or _between_keys(value)


def _between_keys(value: dict[str, Any]) -> Iterator[str]:
    edition, number = value["edition"], value["number"]
    for name in ("reason", "replaces"):
        if (edition[name] is None) != (edition["number"] == 1):
            yield f"edition.{name} debe ser null en la edición 1, y solo en ella"
    if (value["previous"] is None) != (number == 1):
        yield "previous debe ser null en el paquete 1, y solo en él"
    paths = [entry["path"] for entry in value["files"]]
    if any(first >= second for first, second in pairwise(paths)):
        yield "files debe estar en orden de ruta y sin repetir"
    listed = layout.paths(edition=edition["number"], version=layout.VERSIONS[value["spec"]])
    for entry in value["files"]:
        yield from _entry(entry, listed)


def _entry(entry: dict[str, Any], listed: frozenset[str]) -> Iterator[str]:
    path = entry["path"]
    if (entry["records"] is None) != (entry["records_root"] is None):
        yield f"records y records_root de {path[:80]} van juntos"
    if path in layout.OUTSIDE_MANIFEST:
        yield f"{path} no lleva entrada"
    if path not in listed:
        return
    if entry["sealed"] != (path in layout.SEALED):
        yield f"sealed de {path} debe ser {'true' if path in layout.SEALED else 'false'}"
    for name in ("records", "records_root"):
        if (entry[name] is not None) != (path in layout.WITH_RECORDS):
            yield f"{name} de {path} {'no puede' if path in layout.WITH_RECORDS else 'debe'} ser null"
