"""Cells of text and of keys: what may stand in them, and which signs only look like what they are not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import NoReturn, TypeAlias

from calpulli_core.formats.plain_text import text_fault

from .declared import Column, Kind

Cell: TypeAlias = str | int | float | bool | date | time | timedelta


class Bad(Exception):  # noqa: N818 - a cell is bad
    """A cell breaks a rule; `found` fills its words."""

    def __init__(self, rule: str, **found: object) -> None:
        super().__init__(rule)
        self.rule, self.found = rule, found


# Letters of other alphabets that are drawn as ours.
_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіѕјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν‐‑‒–—―−․",
    "ABEKMHOPCTYXaeopcyxisjdqwABEZHIKMNOPTYXoav-------.",
)
_KEY = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_SAYS = re.compile(r"[^\W_]")
_ERRORS = re.compile(
    r"#(?:REF|NULL|NAME|VALUE|NUM|N/A|DIV/0|SPILL|CALC|¡REF|¿NOMBRE|¡VALOR|¡NUM|¡DIV/0|¡NULO|¡DESBORDAMIENTO|N/D)[!?]?"
)
_GARBLED = re.compile(r"[ÂÃâ][\u0080-\u00bf\u2018-\u203a\u20ac\u2122€šžŸ‚ƒ„…†‡ˆ‰‹Œ\u00a0-\u00bf]")
_NOT_APPLICABLE = {"no aplica", "n/a", "na", "n.a.", "n. a.", "no aplica.", "n/d"}
NOT_APPLICABLE = "No aplica"


def checked(text: str, column: Column) -> str:
    """A text as it stands, if a cell may hold it; raises Bad otherwise."""
    if text[0] == "=":
        raise Bad("formula")
    if text[0] == "#" and _ERRORS.fullmatch(text):
        raise Bad("error_cell")
    if "\ufffd" in text or (not text.isascii() and _GARBLED.search(text)):
        _refuse_garbled(text)
    clean = " ".join(part for part in text.split(" ") if part) if column.kind is not Kind.PROSE else text
    if clean != text or text != text.strip() or "\u00a0" in text:
        raise Bad("spaces", clean=" ".join(text.split()))
    if column.kind is not Kind.PROSE and "\n" in text:
        raise Bad("line_break")
    if text_fault(text, breaks=True) or "\u200b" in text or "\ufeff" in text or "\u00ad" in text:
        raise Bad("invisible", code=_hidden(text))
    if len(text) > column.length:
        raise Bad("too_long", most=column.length, found=len(text))
    return text


def _hidden(text: str) -> str:
    for character in text:
        if character != "\n" and (not character.isprintable() or unicodedata.category(character) == "Cf"):
            return f"U+{ord(character):04X}"
    return "U+0000"


def _refuse_garbled(text: str) -> None:
    for told in ("cp1252", "latin-1"):
        try:
            clean = text.encode(told).decode()
        except UnicodeError:
            continue
        raise Bad("garbled", clean=clean)
    if "\ufffd" in text:
        raise Bad("garbled", clean=text.replace("\ufffd", "?"))


def kind_of_cell(cell: Cell) -> str:
    """What a cell that is not a text is, in words."""
    if isinstance(cell, bool):
        return "un valor lógico"
    if isinstance(cell, date | time | timedelta):
        return "una fecha u hora"
    return "un número"


def read_text(cell: Cell, column: Column) -> str:
    """A text; a number or a date in a cell is not one."""
    if not isinstance(cell, str):
        raise Bad("not_text", kind=kind_of_cell(cell))
    text = checked(cell, column)
    if not _SAYS.search(text):
        raise Bad("says_nothing")
    if text[0] in "+-@":
        raise Bad("formula_sign", sign=text[0])
    return text


def is_not_applicable(cell: Cell) -> bool:
    """Whether a cell says that it does not apply, in any of the ways in which people say it."""
    return isinstance(cell, str) and cell.strip().lower() in _NOT_APPLICABLE


def read_key(cell: Cell, column: Column) -> str:
    """A key; what a sheet made of it is told, and signs of other alphabets by their code."""
    if not isinstance(cell, str):
        raise Bad("key_date" if isinstance(cell, date | time | timedelta) else "key_number")
    if column.word and cell == column.word:
        return ""
    if _KEY.fullmatch(cell) and len(cell) <= column.length:
        return cell
    text = checked(cell, column)
    _refuse_signs(text, column)
    raise Bad("key_signs", sign=text, example=column.example)


def _refuse_signs(text: str, column: Column) -> None:
    for sign in text:
        alike = sign.translate(_ALIKE)
        if alike != sign:
            raise Bad("lookalike", sign=sign, code=f"U+{ord(sign):04X}", clean=text.translate(_ALIKE))
        if not (sign.isascii() and (sign.isalnum() or sign in ".-")):
            raise Bad("key_signs", sign=sign, example=column.example)


def read_keys(cell: Cell, column: Column) -> tuple[str, ...]:
    """Keys with semicolons between them, or the word of the column that says none in particular."""
    if not isinstance(cell, str):
        raise Bad("key_number")
    text = checked(cell, column)
    if column.word and text == column.word:
        return ()
    if "," in text or "\n" in text:
        raise Bad("keys_separator", example=column.example)
    found: list[str] = []
    for part in text.split(";"):
        key = _one_of(part.strip(), column)
        if key in found:
            raise Bad("repeated_key", sign=key)
        found.append(key)
    return tuple(found)


def _one_of(part: str, column: Column) -> str:
    if not _KEY.fullmatch(part):
        _refuse_signs(part, column)
        raise Bad("key_signs", sign=part or ";", example=column.example)
    return part


def read_partida(cell: Cell, _: Column) -> str:
    """Four figures; the usual ways in which a sheet spoils them are told apart."""
    if isinstance(cell, bool | date | time | timedelta):
        raise Bad("partida")
    if not isinstance(cell, str):
        _refuse_number(cell)
    text = cell.strip()
    if len(text) == 4 and text.isascii() and text.isdigit() and text == cell:
        return text
    if text.isascii() and text.isdigit() and len(text) < 4:
        raise Bad("partida_zeros", found=_figures(len(text)), clean=text.zfill(4))
    raise Bad("partida")


def _refuse_number(cell: float) -> NoReturn:
    if float(cell).is_integer() and 0 <= cell < 1_000:
        text = str(int(cell))
        raise Bad("partida_zeros", found=_figures(len(text)), clean=text.zfill(4))
    if float(cell).is_integer() and 1_000 <= cell <= 9_999:
        raise Bad("partida_number", clean=str(int(cell)))
    raise Bad("partida")


def _figures(count: int) -> str:
    return "una" if count == 1 else str(count)


def skeleton(key: str) -> str:
    """What two keys that people confuse have in common: case, spaces around, O and 0, I, L and 1, and letters that look alike."""
    return key.strip().translate(_ALIKE).lower().translate(str.maketrans("oil", "011"))
