"""What may be a slip in what staff captured: not a fault, since it may be right, but worth a second look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from calpulli_core.formats.columns import Kind, Source
from calpulli_core.formats.record import Cell, Record
from calpulli_core.text.standins import leads_nowhere, stand_ins

from ..models import Edition

# Information that changed later than this is usually that of the next quarter.
LATEST_UPDATE = dt.timedelta(days=45)


@dataclass(frozen=True)
class Doubt:
    """One thing to look at again: which, for the fact of a seal in spite of it; the field that it is about; and a sentence."""

    key: str
    field: str
    text: str


def doubts_of(edition: Edition, *, record: Record) -> tuple[Doubt, ...]:
    """On the addresses, the update date and the note; none before anything was captured."""
    if edition.updated_on is None:
        return ()
    cells = [cell for cell in record.columns if cell.column.source is Source.AUTHOR]
    links = (doubt for cell in cells if cell.kind is Kind.ADDRESS for doubt in _about_link(cell))
    texts = (doubt for cell in cells if cell.kind in (Kind.LINE, Kind.PROSE) for doubt in _about_text(cell))
    number = record.layout.column("updated_on").number
    return (*links, *_about_update(edition, edition.updated_on, number), *texts)


def _about_link(cell: Cell) -> Iterator[Doubt]:
    told, field = {"number": cell.number, "name": cell.name, "mark": cell.mark}, cell.column.key
    host = _host(cell.value)
    if not cell.value:
        message = _(
            "La columna %(number)s («%(name)s») va sin dirección: se publicará «%(mark)s». "
            "Si el documento existe, su dirección debe ir aquí."
        )
        yield Doubt(f"{field}.empty", field, message % told)
    elif leads_nowhere(host):
        message = _(
            "La dirección de la columna %(number)s lleva a «%(host)s», un nombre de ejemplo o de una red interna: "
            "nadie podrá abrirla. Aquí debe ir la dirección pública del documento."
        )
        yield Doubt(f"{field}.leads_nowhere", field, message % {**told, "host": host})


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _about_text(cell: Cell) -> Iterator[Doubt]:
    found = stand_ins(cell.value)
    if found:
        message = _(
            "La columna %(number)s («%(name)s») dice «%(words)s»: parece un texto de prueba, y se publicará tal cual. "
            "Aquí debe ir el texto verdadero."
        )
        told = {"number": cell.number, "name": cell.name, "words": " ".join(found[0].split())[:60]}
        yield Doubt(f"{cell.column.key}.stand_in", cell.column.key, message % told)


def _about_update(edition: Edition, updated_on: dt.date, number: int) -> Iterator[Doubt]:
    span = edition.period.span
    told = {"number": number, "date": _written(updated_on), "start": _written(span.starts_on), "end": _written(span.ends_on)}
    if updated_on < span.starts_on:
        message = _(
            "La fecha de actualización (columna %(number)s) es %(date)s, anterior al inicio del periodo, el %(start)s. "
            "Lo usual es un día del periodo o de las semanas que siguen: revise que sea la correcta."
        )
        yield Doubt("updated_on.early", "updated_on", message % told)
    # An erratum is written later: its information may well have changed long after the period.
    elif edition.number == 1 and updated_on > span.ends_on + LATEST_UPDATE:
        message = _(
            "La fecha de actualización (columna %(number)s) es %(date)s, más de %(days)s días después del fin del periodo, "
            "el %(end)s. "
            "No es el día en que se captura, sino aquel en que la información cambió por última vez: revise que sea la correcta."
        )
        yield Doubt("updated_on.late", "updated_on", message % {**told, "days": LATEST_UPDATE.days})


def _written(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
