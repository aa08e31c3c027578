"""Reads the tables of a TOML file key by key; what is wrong is noted, with its place, and reading goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TypeVar

from calpulli_core.law.norms import NormDefect, NormErrors

Kept = TypeVar("Kept")
_LONGEST_TOLD = 80


def document(text: str, file: str) -> Mapping[str, object]:
    """The TOML text as a table; NormErrors when it cannot be read."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        rule = "El archivo debe ser TOML."
        raise NormErrors([NormDefect(file, "(archivo)", told(error), rule, "Corrija la línea que se indica.")]) from error


def told(value: object) -> str:
    """A value as an error repeats it: in one line, and not all of it when it is long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"


class Table:
    """One table of a file. Each question gives the value, or what stands in for it after noting the defect."""

    def __init__(self, table: Mapping[str, object], *, place: str, file: str, defects: list[NormDefect]) -> None:
        key = table.get("key")
        self.place = f"{place} ({told(key)})" if isinstance(key, str) else place
        self._table, self._file, self._defects = table, file, defects
        self._before = len(defects)

    @property
    def sound(self) -> bool:
        """True when nothing wrong was noted since the table was opened."""
        return len(self._defects) == self._before

    def has(self, key: str) -> bool:
        """True when the table has that key."""
        return key in self._table

    def refuse(self, key: str, rule: str, remedy: str) -> None:
        """Note what is wrong with a key."""
        value = told(self._table.get(key, ""))
        self._defects.append(NormDefect(self._file, f"{self.place}.{key}", value, rule, remedy))

    def keys(self, required: Iterable[str], optional: Iterable[str]) -> None:
        """Note each key that is missing, and each that is none of these."""
        required, allowed = list(required), [*required, *optional]
        for key in required:
            if key not in self._table:
                self.refuse(key, "Falta esta clave.", f"Agregue «{key}».")
        for key in self._table:
            if key not in allowed:
                self.refuse(told(key), "Esta clave no se usa aquí.", f"Use una de: {', '.join(allowed)}.")

    def text(self, key: str) -> str:
        """A text of one line."""
        text = self._table.get(key, "?")
        if not isinstance(text, str) or not text.strip() or "\n" in text:
            self.refuse(key, "Es un texto de un renglón, no vacío.", "Escriba el texto.")
        return str(text)

    def named(self, key: str, pattern: re.Pattern[str], rule: str, example: str) -> str:
        """A text of a certain form."""
        text = self._table.get(key, example)
        if not (isinstance(text, str) and pattern.fullmatch(text)):
            self.refuse(key, rule, f"Por ejemplo: {example}.")
        return str(text)

    def choice(self, key: str, of: Sequence[str], standing: str) -> str:
        """One of some words; ``standing`` if it is not there."""
        word = self._table.get(key, standing)
        if isinstance(word, str) and word in of:
            return word
        if key in self._table:
            self.refuse(key, "Esta palabra no se admite.", f"Use una de: {', '.join(of)}.")
        return standing

    def flag(self, key: str) -> bool:
        """True or false; false if it is not there."""
        flag = self._table.get(key, False)
        if not isinstance(flag, bool):
            self.refuse(key, "Es true o false.", "Escriba true o false, sin comillas.")
        return flag is True

    def whole(self, key: str, least: int, most: int, standing: int) -> int:
        """A whole number between two, both included."""
        number = self._table.get(key, standing)
        if isinstance(number, int) and not isinstance(number, bool) and least <= number <= most:
            return number
        self.refuse(key, f"Es un entero de {least} a {most}.", "Escriba el número, sin comillas.")
        return standing

    def day(self, key: str) -> date | None:
        """A day; None if it is not there."""
        day = self._table.get(key)
        if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
            return day
        self.refuse(key, "Es una fecha sin hora.", "Escríbala como 2026-01-31, sin comillas.")
        return None

    def time(self, key: str, standing: Kept) -> time | Kept:
        """A time to the minute, as 15:00:00 or "15:00"; ``standing`` if it is not there."""
        given = self._table.get(key)
        if given is None:
            return standing
        if isinstance(given, time) and not (given.second or given.microsecond):
            return given
        if isinstance(given, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", given, re.ASCII):
            return time.fromisoformat(given)
        self.refuse(key, "Es una hora con minutos.", 'Escríbala como "15:00".')
        return standing

    def span(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two days in order, both included."""
        start, end = self.day(first), self.day(last)
        if start and end and end < start:
            self.refuse(last, f"No puede ser anterior a {first}.", "Corrija las fechas.")
        return start, end

    def many(self, key: str, read: Callable[[str], Kept | None], rule: str, remedy: str) -> tuple[Kept, ...]:
        """A list of texts, not empty and without repetitions, each of which ``read`` understands."""
        given = self._table.get(key)
        if not isinstance(given, list) or not given:
            if key in self._table:
                self.refuse(key, f"{rule} Es una lista, no vacía.", remedy)
            return ()
        found = [read(one) if isinstance(one, str) else None for one in given]
        kept = tuple(one for one in found if one is not None)
        if len(kept) < len(found) or len(set(kept)) < len(kept):
            self.refuse(key, f"{rule} Sin repetir.", remedy)
        return kept

    def tables(self, key: str, place: str) -> list[Table]:
        """The tables of a list of tables; a missing list is empty."""
        return opened(self._table, key, place=f"{self.place}, {place}", file=self._file, defects=self._defects)


def opened(holder: Mapping[str, object], key: str, *, place: str, file: str, defects: list[NormDefect]) -> list[Table]:
    """The tables ``[[key]]`` of another, numbered from 1 in their places."""
    found = holder.get(key, [])
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return [Table(one, place=f"{place} {number}", file=file, defects=defects) for number, one in enumerate(found, start=1)]
    defects.append(NormDefect(file, place, told(found), f"Solo se admiten tablas [[{key}]].", "Corrija cómo está escrita."))
    return []
