"""Cells of numbers, days and choices: exact, and every usual way of spoiling one told with what it should say."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches

from calpulli_core.formats.plain_text import read_day as written_day
from calpulli_core.formats.plain_text import write_day
from calpulli_core.text.folding import fold

from .declared import PLACES, Column, Kind
from .texts import Bad, Cell, checked, kind_of_cell

_PLAIN = re.compile(r"(-?)([0-9]{1,400})(?:\.([0-9]{1,20}))?")
_COMMA = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),[0-9]{1,2}|-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|-?0,[0-9]+")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[, \u00a0\u202f'’][0-9]{3})+(?:\.[0-9]+)?")
_DOTS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_EXPONENT = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_CURRENCY = re.compile(r"(?:MXN|MN|M\.N\.|pesos|\$)", re.IGNORECASE)
_TWO_DIGITS = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?")
_SHORT = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_SERIALS = range(20_000, 80_000)  # days that a sheet counts from 30/12/1899: of 1954 to 2119
_ORIGIN = date(1899, 12, 30)
_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre")


def read_number(cell: Cell, column: Column) -> int:
    """The number times ten to the decimals of its kind: cents, thousandths, hundredths of a percent, or itself."""
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, bool | date | time | timedelta):
        raise Bad("number_kind", kind=kind_of_cell(cell))
    else:
        text = _decimals(cell)
    found = _PLAIN.fullmatch(text)
    if found is None:
        _refuse(text, column)
        raise Bad("number", example=column.example)
    return _within(_scaled(found, column), column)


def _decimals(cell: float) -> str:
    """The shortest decimals that are this number: what was typed into the sheet, and never more than it holds."""
    if not math.isfinite(cell):
        raise Bad("exponent")
    return format(Decimal(repr(float(cell))).normalize(), "f")


def _scaled(found: re.Match[str], column: Column) -> int:
    sign, whole, after = found.group(1), found.group(2), (found.group(3) or "").rstrip("0")
    places = PLACES[column.kind]
    if len(after) > places:
        raise Bad("decimals" if places else "whole", most=places)
    number = int(whole + after.ljust(places, "0"))
    return -number if sign else number


def _within(number: int, column: Column) -> int:
    if column.least <= number <= column.most:
        return number
    if number < 0 <= column.least:
        raise Bad("negative")
    bound = "least" if number < column.least else "most"
    raise Bad(bound, **{bound: written(getattr(column, bound), column.kind)})


def written(number: int, kind: Kind) -> str:
    """A number as it is typed: cents as pesos with their two decimals, the others without zeros that say nothing."""
    places = PLACES[kind]
    if not places:
        return str(number)
    whole, after = divmod(abs(number), 10**places)
    decimals = f"{after:0{places}d}" if kind is Kind.MONEY else f"{after:0{places}d}".rstrip("0")
    return f"{'-' if number < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def _refuse(text: str, column: Column) -> None:
    """Says which of the usual ways of writing a number this is, with what it should say where that is plain."""
    checked(text, column)
    if text.startswith("(") and text.endswith(")"):
        raise Bad("parentheses", clean=_cleaned(text[1:-1]))
    if _CURRENCY.search(text):
        raise Bad("currency", clean=_cleaned(_CURRENCY.sub("", text)))
    if "%" in text:
        raise Bad("percent_sign", clean=_cleaned(text.replace("%", "")))
    if _EXPONENT.fullmatch(text):
        raise Bad("exponent")
    if _COMMA.fullmatch(text):
        raise Bad("decimal_comma", clean=text.replace(".", "").replace(" ", "").replace(",", "."))
    if _THOUSANDS.fullmatch(text) or _DOTS.fullmatch(text):
        raise Bad("thousands", clean=_cleaned(text))


def _cleaned(text: str) -> str:
    """The same with the decimals after a point and nothing between the thousands."""
    bare = text.strip()
    if _COMMA.fullmatch(bare):
        return bare.replace(".", "").replace(" ", "").replace(",", ".")
    return re.sub(r"[, \u00a0\u202f'’]", "", bare.replace(".", "") if _DOTS.fullmatch(bare) else bare)


def read_day(cell: Cell, column: Column) -> date:
    """A day, from a cell of date or as dd/mm/yyyy."""
    if isinstance(cell, datetime):
        raise Bad("day_time")
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool | time | timedelta):
        raise Bad("day")
    if not isinstance(cell, str):
        raise _serial(cell)
    if day := written_day(cell):
        return day
    _refuse_day(checked(cell, column))
    raise Bad("day")


def _serial(cell: float) -> Bad:
    if int(cell) in _SERIALS:
        return Bad("serial", day=write_day(_ORIGIN + timedelta(days=int(cell))))
    return Bad("day")


def _refuse_day(text: str) -> None:
    if text.isascii() and text.isdigit() and len(text) == 5:
        raise _serial(float(text))
    if _TWO_DIGITS.fullmatch(text):
        raise Bad("two_digit_year")
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups()[:3])
        if 1 <= month <= 12 and (told := written_day(f"{day:02d}/{month:02d}/{year}")):
            raise Bad("iso_day", month=(*_MONTHS, "diciembre")[month - 1], clean=write_day(told))


def read_yes_no(cell: Cell, column: Column) -> bool:
    """Yes or no in Spanish, with or without accent or capitals."""
    if isinstance(cell, str) and checked(cell, column) and fold(cell) in ("si", "no"):
        return fold(cell) == "si"
    raise Bad("yes_no")


def read_choice(cell: Cell, column: Column) -> object:
    """One of the words of the column, with or without accents or capitals."""
    words = column.words or {}
    if isinstance(cell, str) and cell in words:
        return words[cell]
    folded = {fold(word): word for word in words}
    text = fold(checked(cell, column)) if isinstance(cell, str) else ""
    if text in folded:
        return words[folded[text]]
    near = get_close_matches(text, folded, 1)
    raise Bad("choice", words=", ".join(words), near=f"; ¿quiso decir «{folded[near[0]]}»?" if near else ".")
