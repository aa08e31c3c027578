"""The record on paper: a tagged PDF (PDF/UA-1), one heading a column.

Fifteen columns side by side cannot be read on a page nor followed by a screen reader, so each is a
section. Every text reaches the template as data, never as markup. Nothing reads a clock.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import resources

import segno
import typst

from calpulli_core.calendars.terms import Deadline, written
from calpulli_core.formats.glyphs import Printable
from calpulli_core.formats.programme import GROUPS, Json, Programme
from calpulli_core.formats.record import Cell, Record


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The last fact of a chain: its number and its digest in hex."""

    chain: str
    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.digest}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed around the record. Everything is optional; what is absent is not printed.

    ``notices`` stand before anything else. ``fingerprint`` is the signing key's, in hex; with
    ``ledger`` it is printed as text and as a QR code. ``made_on`` dates the document: without it, the
    period's last day does.
    """

    notices: tuple[str, ...] = ()
    edition: int | None = None
    deadline: Deadline | None = None
    fingerprint: str | None = None
    ledger: LedgerHead | None = None
    made_on: date | None = None


def to_pdf(record: Record, *, imprint: Imprint | None = None) -> bytes:
    """The record as PDF; the same record and imprint give the same bytes."""
    imprint = imprint or Imprint()
    printable = Printable()
    data = printable.all(_document(record, imprint))
    data["substituted"] = [*printable.notes]
    made_on = imprint.made_on or record.period.ends_on
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
        "notices": [*imprint.notices],
        "facts": _facts(record, imprint),
        "columns": [_column(cell, programme) for cell in record.columns],
        "deadline": _deadline(imprint.deadline),
        "integrity": _integrity(imprint),
    }


def _facts(record: Record, imprint: Imprint) -> Json:
    """Name and value of what stands under the title."""
    programme = record.programme
    told = programme.update_period
    rows = [
        ("Fundamento", programme.legal_basis),
        ("Inciso", programme.legal_basis_item),
        ("Plan", record.plan),
        ("Periodo que se informa", record.period.label),
        ("Cuándo se actualiza", told.text if told else None),
        ("Edición", str(imprint.edition) if imprint.edition else None),
    ]
    return [{"name": name, "value": value} for name, value in rows if value]


def _column(cell: Cell, programme: Programme) -> Json:
    """One section: its heading and a body that the template knows how to set."""
    heading = f"{cell.number}. {cell.name}"
    if cell.mark:
        return {"heading": heading, "kind": "mark", "body": cell.mark}
    if cell.number == 8:
        return {"heading": heading, "kind": "groups", "body": _groups(programme)}
    if cell.number == 9:
        texts: Json = [one.text for one in programme.objectives]
        return {"heading": heading, "kind": "list", "body": texts}
    if cell.number == 10:
        return {"heading": heading, "kind": "lines", "body": _lines(programme)}
    kind = "link" if cell.number in (4, 5) else "text"
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
    rows = [("Huella de la llave", imprint.fingerprint), ("Cabeza del libro", imprint.ledger)]
    told = [(name, str(value)) for name, value in rows if value is not None]
    if not told:
        return None
    shown: Json = [{"name": name, "value": value} for name, value in told]
    return {"rows": shown, "svg": _qr("\n".join(f"{name}: {value}" for name, value in told))}


def _qr(text: str) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False)
    return out.getvalue().decode()
