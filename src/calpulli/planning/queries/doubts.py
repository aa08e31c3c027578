"""What may be a slip in what staff captured: not a fault, since it may be right, but worth a second look."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from calpulli_core.formats.columns import Kind
from calpulli_core.formats.record import Record

from ..models import Edition

# Information that changed later than this is usually that of the next quarter.
LATEST_UPDATE = dt.timedelta(days=45)


def doubts_of(edition: Edition, *, record: Record) -> tuple[str, ...]:
    """Sentences on the update date and on the links left empty; none before anything was captured."""
    if edition.updated_on is None:
        return ()
    return (*_about_update(edition, edition.updated_on), *_about_links(record))


def _about_update(edition: Edition, updated_on: dt.date) -> list[str]:
    span = edition.period.span
    told = {"date": _written(updated_on), "start": _written(span.starts_on), "end": _written(span.ends_on)}
    if updated_on < span.starts_on:
        message = _(
            "La fecha de actualización (columna 13) es %(date)s, anterior al inicio del periodo, el %(start)s: "
            "revise que sea la correcta."
        )
        return [message % told]
    # An erratum is written later: its information may well have changed long after the period.
    if edition.number == 1 and updated_on > span.ends_on + LATEST_UPDATE:
        message = _(
            "La fecha de actualización (columna 13) es %(date)s, más de 45 días después del fin del periodo, "
            "el %(end)s: revise que sea la correcta."
        )
        return [message % told]
    return []


def _about_links(record: Record) -> list[str]:
    message = _("La columna %(number)s no tiene dirección: se publicará «%(mark)s». Revise que no la haya.")
    empty = [cell for cell in record.columns if cell.kind is Kind.ADDRESS and not cell.value]
    return [message % {"number": cell.number, "mark": cell.mark} for cell in empty]


def _written(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
