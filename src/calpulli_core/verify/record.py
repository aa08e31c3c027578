"""The record recomputed from the programme, and the tables against both (docs/spec/bundle.md, sections 6 and 7)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.columns import FORMATS, NUMBER, UPDATED, VALIDATED, format_of
from calpulli_core.verify.forms import GROUPS
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault
from calpulli_core.verify.shapes import FIRST_YEAR, LAST_YEAR

Json = dict[str, Any]

_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


def check_record(bundle: Bundle) -> Iterator[Fault]:
    """The record's own rules; the differences of an erratum against it."""
    record = bundle.values.get(layout.RECORD)
    if record is None:
        return
    for why in _record_faults(record, bundle.manifest):
        yield Fault("record", layout.RECORD, None, why)
    for number, line in enumerate(bundle.records.get(layout.DIFFERENCES, [])):
        before = bundle.records[layout.DIFFERENCES][number - 1]["number"] if number else 0
        for why in _difference_faults(line, before, record):
            yield Fault("record", layout.DIFFERENCES, number, why)


def bounds(period: str) -> tuple[date, date]:
    """First and last day of `YYYY` or `YYYY-Qn`."""
    year = int(period[:4])
    first, last = (1, 12) if len(period) == 4 else (3 * int(period[-1]) - 2, 3 * int(period[-1]))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _record_faults(record: Json, manifest: Json) -> Iterator[str]:
    for name, word in (("plan", "plan"), ("period", "periodo")):
        if record[name] != manifest[name]:
            yield f"es del {word} «{record[name]}» y el manifiesto dice «{manifest[name]}»"
    right, columns = format_of(manifest["period"]), FORMATS[record["format"]].columns
    if record["format"] != right:
        count = len(FORMATS[right].columns)
        yield f"es del formato {record['format']} y el de {manifest['period'][:4]} es {right}, de {count} columnas"
    expected = _expected(record["programme"], manifest["period"])
    for number, (column, (name, rule)) in enumerate(zip(record["columns"], columns, strict=True), 1):
        yield from _column_faults(column, number, name, expected.get(rule))
        if rule == NUMBER and column["value"] and not _NUMBER.fullmatch(column["value"]):
            yield f"columna {number}: {_short(column['value'])} no es un número entero en cifras, de nueve a lo más"
    yield from _date_faults(_dates(record), manifest["period"])
    for place, text in _texts(record["programme"]):
        if "\n" in text or "\r" in text:
            yield f"el texto programme.{place} tiene un salto de línea"


def _column_faults(column: Json, number: int, name: str, expected: str | None) -> Iterator[str]:
    where = f"columna {number} ({name})"
    if (column["number"], column["name"]) != (number, name):
        yield f"{where}: dice ser la {column['number']}, «{column['name']}»"
    if expected is not None and column["value"] != expected:
        yield f"{where}: del programa y del periodo sale {_short(expected)} y dice {_short(column['value'])}"
    if (column["mark"] is None) != (column["value"] != ""):
        yield f"{where}: lleva marca cuando está vacía, y solo entonces"


def _short(text: str, size: int = 80) -> str:
    return f"«{text if len(text) <= size else text[:size] + '…'}»"


def _dates(record: Json) -> tuple[tuple[int, str], ...]:
    """Number and value of the columns of the update and of the validation."""
    rules = [rule for _, rule in FORMATS[record["format"]].columns]
    places = [rules.index(rule) for rule in (UPDATED, VALIDATED)]
    return tuple((place + 1, record["columns"][place]["value"]) for place in places)


def _expected(programme: Json, period: str) -> dict[str, str]:
    """The value of every column that follows from the programme and the period."""
    first, last = bounds(period)
    objectives = programme["objectives"]
    return {
        "year": period[:4],
        "first_day": first.strftime("%d/%m/%Y"),
        "last_day": last.strftime("%d/%m/%Y"),
        "mission": programme["mission"],
        "vision": programme["vision"],
        "diagnosis": "\n\n".join(_group(programme, name) for name in GROUPS),
        "objectives": "\n".join(f"{objective['number']}. {objective['text']}" for objective in objectives),
        "lines": "\n".join(f"{line['number']} {line['text']}" for objective in objectives for line in objective["lines"]),
        "note": programme["note"],
        "responsible_area": programme["responsible_area"],
    }


def _group(programme: Json, name: str) -> str:
    items = (f"{number}. {text}" for number, text in enumerate(programme["swot"][name], 1))
    return "\n".join([programme["swot_headings"][name], *items])


def _date_faults(dates: tuple[tuple[int, str], ...], period: str) -> Iterator[str]:
    for number, value in dates:
        if value and _day(value) is None:
            yield f"columna {number}: {_short(value)} no es una fecha dd/mm/aaaa de 1900 a 2199"
    (before, first), (number, second) = dates
    updated, validated, last = _day(first), _day(second), bounds(period)[1]
    if updated and validated and validated < updated:
        yield f"columna {number}: la validación es anterior a la actualización (columna {before})"
    if validated and validated <= last:
        yield f"columna {number}: la validación debe ser posterior al fin del periodo ({last.strftime('%d/%m/%Y')})"


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _texts(programme: Json) -> Iterator[tuple[str, str]]:
    """Every text of the named keys, with its place."""
    for name in ("legal_basis", "legal_basis_item", "mission", "note", "responsible_area", "vision"):
        yield name, programme[name]
    for name in ("acronym", "name"):
        yield f"institution.{name}", programme["institution"][name]
    for name in GROUPS:
        yield f"swot_headings.{name}", programme["swot_headings"][name]
        yield from ((f"swot.{name}", text) for text in programme["swot"][name])
    for objective in programme["objectives"]:
        yield "objectives", objective["text"]
        for line in objective["lines"]:
            yield "lines", line["number"]
            yield "lines", line["text"]


def _difference_faults(line: Json, before: int, record: Json) -> Iterator[str]:
    number = line["number"]
    if number <= before:
        yield "las columnas deben ir en orden y sin repetirse"
    names = [name for name, _ in FORMATS[record["format"]].columns]
    if not 1 <= number <= len(names) or names[number - 1] != line["name"]:
        yield f"no hay columna {number} que se llame «{line['name']}»"
        return
    if line["after"] != record["columns"][number - 1]["value"]:
        yield "lo que dice que quedó no es lo que dice la columna"
    if line["after"] == line["before"]:
        yield "lo que había y lo que quedó son iguales"
