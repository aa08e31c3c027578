"""The record on paper: a tagged PDF (PDF/UA-1), one heading a column.

So many columns side by side cannot be read on a page nor followed by a screen reader, so each is a
section. Every text reaches the template as data, never as markup. Nothing reads a clock.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import resources

from calpulli_core.board.descriptor import grouped
from calpulli_core.calendars.terms import Deadline, written
from calpulli_core.formats.columns import Kind
from calpulli_core.formats.glyphs import Printable
from calpulli_core.formats.programme import GROUPS, Json, Programme
from calpulli_core.formats.record import Cell, Difference, Record

# Chains in Spanish, beside the name that the ledger gives them.
CHAINS = {"planning": "planeación"}
EMPTY = "(vacía)"


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The last fact of a chain: its number and its digest in hex."""

    chain: str
    sequence: int
    digest: str

    def __str__(self) -> str:
        told = f" ({CHAINS[self.chain]})" if self.chain in CHAINS else ""
        return f"cadena {self.chain}{told}, hecho {self.sequence}: {grouped(self.digest)}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed around the record. Everything is optional; what is absent is not printed.

    ``notices`` stand before anything else. ``reason`` and ``differences`` say why an edition from 2 on
    (an erratum) replaces the one before it, and in what. ``fingerprint`` is the signing key's, in hex;
    with ``ledger`` it is printed as text and as a QR code. ``sealed_on`` also dates the document:
    without it, the period's last day does.
    """

    notices: tuple[str, ...] = ()
    edition: int | None = None
    reason: str | None = None
    differences: tuple[Difference, ...] = ()
    deadline: Deadline | None = None
    fingerprint: str | None = None
    ledger: LedgerHead | None = None
    sealed_on: date | None = None


def to_pdf(record: Record, *, imprint: Imprint | None = None) -> bytes:
    """The record as PDF; the same record and imprint give the same bytes."""
    import typst  # slow to begin, and few who use this package print a record

    imprint = imprint or Imprint()
    printable = Printable()
    data = printable.all(_document(record, imprint))
    data["substituted"] = [*printable.notes]
    made_on = imprint.sealed_on or record.period.ends_on
    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=datetime.combine(made_on, time(), UTC),
    )
    if not isinstance(made, bytes):  # a list only for formats of one file a page
        raise TypeError(type(made))
    return made


def _template() -> bytes:
    return resources.files(__package__).joinpath("record.typ").read_bytes()


def _document(record: Record, imprint: Imprint) -> dict[str, Json]:
    programme = record.programme
    return {
        "title": f"{programme.institution.name}: registro del {record.period.label}",
        "running": f"{programme.institution.acronym} · {record.plan} · {record.period}",
        "notices": [_sentence(notice) for notice in imprint.notices],
        "facts": _facts(record, imprint),
        "erratum": _erratum(imprint),
        "columns": [_column(cell, programme) for cell in record.columns],
        "deadline": _deadline(imprint.deadline),
        "integrity": _integrity(imprint),
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(record: Record, imprint: Imprint) -> Json:
    """Name and value of what stands under the title."""
    programme = record.programme
    told = programme.update_period
    rows = [
        ("Fundamento", programme.legal_basis),
        ("Inciso", programme.legal_basis_item),
        ("Programa", record.plan),
        ("Periodo que se informa", record.period.label),
        ("Cuándo se actualiza", told.text if told else None),
        ("Edición", str(imprint.edition) if imprint.edition else None),
        ("Sellado el", written(imprint.sealed_on) if imprint.sealed_on else None),
    ]
    return [{"name": name, "value": value} for name, value in rows if value]


def _erratum(imprint: Imprint) -> Json:
    """What an edition from 2 on corrects; None in the first."""
    if imprint.edition is None or imprint.edition < 2:
        return None
    changed: Json = [
        {"heading": f"Columna {one.number}: {one.name}", "before": one.before or EMPTY, "after": one.after or EMPTY}
        for one in imprint.differences
    ]
    heading = f"Edición {imprint.edition}: fe de erratas"
    return {"heading": heading, "reason": imprint.reason or None, "differences": changed}


def _column(cell: Cell, programme: Programme) -> Json:
    """One section: its heading and a body that the template knows how to set."""
    heading = f"{cell.number}. {cell.name}"
    if cell.mark:
        return {"heading": heading, "kind": "mark", "body": cell.mark}
    if cell.kind is Kind.GROUPS:
        return {"heading": heading, "kind": "groups", "body": _groups(programme)}
    if cell.kind is Kind.LIST:
        texts: Json = [one.text for one in programme.objectives]
        return {"heading": heading, "kind": "list", "body": texts}
    if cell.kind is Kind.LINES:
        return {"heading": heading, "kind": "lines", "body": _lines(programme)}
    kind = "link" if cell.kind is Kind.ADDRESS else "text"
    return {"heading": heading, "kind": kind, "body": cell.value}


def _groups(programme: Programme) -> Json:
    return [{"heading": programme.swot_headings.group(name), "items": [*programme.swot.group(name)]} for name in GROUPS]


def _lines(programme: Programme) -> Json:
    return [
        {
            "heading": f"Objetivo {one.number}",
            "prefix": f"{one.number}.",
            "items": [line.text for line in one.lines],
        }
        for one in programme.objectives
    ]


def _deadline(deadline: Deadline | None) -> Json:
    if deadline is None:
        return None
    steps: Json = [step.text for step in deadline.proof]
    return {"due": f"Se publica a más tardar el {written(deadline.due_on)}.", "steps": steps}


def _integrity(imprint: Imprint) -> Json:
    """Fingerprint and head of the ledger, as text and as one QR code."""
    key = grouped(imprint.fingerprint) if imprint.fingerprint else None
    rows = [("Huella de la llave", key), ("Cabeza del libro", imprint.ledger)]
    told = [(name, str(value)) for name, value in rows if value is not None]
    if not told:
        return None
    shown: Json = [{"name": name, "value": value} for name, value in told]
    return {"rows": shown, "svg": _qr("\n".join(f"{name}: {value}" for name, value in told))}


def _qr(text: str) -> str:
    import segno  # as typst

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False)
    return out.getvalue().decode()
