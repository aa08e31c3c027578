"""What a question says: filters by column, one order, and from where on. Every fault is found before any is told."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from django.http import QueryDict
from django.utils.translation import gettext as _

from calpulli.commons.registries.datasets import RESERVED, Column, Dataset, Kind, Row, Value

from ..queries import Filter, Order
from .problems import LONGEST_SHOWN, Fault, Unanswerable

GREATEST = 2**63 - 1


@dataclass(frozen=True)
class Question:
    """What is asked of a data set."""

    filters: list[Filter]
    order: Order
    after: Row | None


class _Wrong(ValueError):  # noqa: N818 - reads as what is the case
    """A value that is not of its column; says the rule."""


def read_question(dataset: Dataset, asked: QueryDict, *, order: str, after: str) -> Question:
    """The question; Unanswerable with every fault of it."""
    faults: list[Fault] = []
    filters = [found for found in _filters(dataset, asked, faults) if found]
    chosen = _order(dataset, order, faults)
    place = _after(dataset, chosen, after, faults)
    if faults:
        raise Unanswerable(faults)
    return Question(filters, chosen, place)


def _filters(dataset: Dataset, asked: QueryDict, faults: list[Fault]) -> Iterator[Filter | None]:
    for name, values in asked.lists():
        if name not in RESERVED:
            yield _filter(dataset, name, [str(value) for value in values], faults)


def _filter(dataset: Dataset, name: str, values: list[str], faults: list[Fault]) -> Filter | None:
    columns = ", ".join(dataset.names)
    if name not in dataset.names:
        faults.append(_fault(name, values[-1], _("El conjunto no tiene esa columna."), _("Use una de: %s.") % columns))
        return None
    if len(values) > 1:
        faults.append(_fault(name, values[-1], _("Cada columna se pide una vez."), _("Deje un solo valor.")))
        return None
    column = dataset.column(name)
    try:
        return Filter(column, read_value(column, values[0]))
    except _Wrong as wrong:
        faults.append(_fault(name, values[0], str(wrong), _("Por ejemplo: %s") % column.example))
        return None


def read_value(column: Column, text: str) -> Value:
    """The value that a text says; None for nothing where the column may be empty."""
    if not text and column.optional:
        return None
    if column.kind is Kind.TEXT:
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise _Wrong(_("Un texto no lleva ese signo."))
        return text
    readers = {Kind.INTEGER: _integer, Kind.BOOLEAN: _boolean, Kind.DATE: _day, Kind.INSTANT: _instant}
    return readers[column.kind](text)


def _integer(text: str) -> Value:
    if not (
        text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 20 and abs(int(text)) <= GREATEST
    ):
        raise _Wrong(_("Es un número entero, con cifras."))
    return int(text)


def _boolean(text: str) -> Value:
    if text not in ("true", "false"):
        raise _Wrong(_("Es true o false."))
    return text == "true"


def _day(text: str) -> Value:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError as error:
        raise _Wrong(_("Es una fecha como 2026-11-14.")) from error


def _instant(text: str) -> Value:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise _Wrong(_("Es un instante de tiempo universal como 2026-11-14T18:00:00Z.")) from error


def _order(dataset: Dataset, text: str, faults: list[Fault]) -> Order:
    name = text.removeprefix("-")
    can = [column.name for column in dataset.columns if not column.optional]
    if name and name not in can:
        rule = _("Se ordena por una columna que nunca esté vacía; con un guion delante, de mayor a menor.")
        faults.append(_fault("orden", text, rule, _("Use una de: %s.") % ", ".join(can)))
        name = ""
    return Order.of(dataset, name, down=text.startswith("-"))


def written_place(order: Order, place: Row) -> str:
    """Where a page ends, for the address of the next: opaque to whoever asks."""
    told = [list(order.columns), [value.isoformat() if isinstance(value, dt.date) else value for value in place]]
    return base64.urlsafe_b64encode(orjson.dumps(told)).decode().rstrip("=")


def _after(dataset: Dataset, order: Order, text: str, faults: list[Fault]) -> Row | None:
    if not text:
        return None
    try:
        columns, values = orjson.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        if columns != list(order.columns) or len(values) != len(columns):
            raise _Wrong
        return tuple(_place(dataset.column(name), value) for name, value in zip(columns, values, strict=True))
    except (ValueError, TypeError, KeyError, binascii.Error):
        rule, remedy = (
            _("No es el lugar de una página de este conjunto en este orden."),
            _("Use la dirección de «siguiente» tal cual."),
        )
        faults.append(_fault("desde", text, rule, remedy))
        return None


def _place(column: Column, value: object) -> Value:
    """The value of a place as the column has it; _Wrong for another kind."""
    if column.kind is Kind.BOOLEAN and isinstance(value, bool):
        return value
    if column.kind is Kind.INTEGER and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= GREATEST:
        return value
    if not isinstance(value, str) or column.kind in (Kind.INTEGER, Kind.BOOLEAN):
        raise _Wrong
    if column.kind is Kind.INSTANT:
        instant = dt.datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise _Wrong
        return instant
    return dt.date.fromisoformat(value) if column.kind is Kind.DATE else read_value(column, value)


def _fault(name: str, value: str, rule: str, remedy: str) -> Fault:
    return Fault(name[:LONGEST_SHOWN], value[:LONGEST_SHOWN], rule, remedy)
