"""Reads the norms of an institute from TOML: a ``[[rule]]`` table for each dated parameter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import TypeGuard

from calpulli_core.law.rules import UNCONFIRMED, UNITS, Rule

_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_REQUIRED = ("key", "value", "unit", "article", "source", "confirmed")
_ALLOWED = (*_REQUIRED, "valid_from", "valid_until")
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class NormDefect:
    """One thing wrong in a file of norms; ``rule`` and ``remedy`` are sentences in Spanish."""

    file: str
    key: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, {self.key}: «{self.value}». {self.rule} {self.remedy}"


class NormErrors(ValueError):  # noqa: N818 - it holds many
    """All the defects of a file of norms."""

    def __init__(self, defects: Sequence[NormDefect]) -> None:
        self.defects = tuple(defects)
        super().__init__("\n".join(map(str, self.defects)))


def load_norms(text: str, *, file: str) -> tuple[Rule, ...]:
    """The rules of a TOML text, in its order. ``file`` only names it in the errors.

    Raises NormErrors with every defect: unreadable TOML, wrong keys or types, overlapping validity.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NormErrors([_unreadable(file, error)]) from error
    defects = _strangers(document, file)
    rules = []
    for position, table in enumerate(_tables(document, file, defects), start=1):
        reader = _RuleReader(table, place=f"rule {position}", file=file, defects=defects)
        rules.append(reader.read())
    whole = [rule for rule in rules if rule is not None]
    defects.extend(_overlap(one, other, file) for one, other in _clashes(whole))
    if defects:
        raise NormErrors(defects)
    return tuple(whole)


def _unreadable(file: str, error: Exception) -> NormDefect:
    return NormDefect(file, "(archivo)", str(error), "El archivo debe ser TOML.", "Corrija la línea que se indica.")


def _strangers(document: Mapping[str, object], file: str) -> list[NormDefect]:
    return [
        NormDefect(file, key, "", "Solo se admiten tablas [[rule]].", "Quite esta clave.") for key in document if key != "rule"
    ]


def _tables(document: Mapping[str, object], file: str, defects: list[NormDefect]) -> list[Mapping[str, object]]:
    tables = document.get("rule")
    if isinstance(tables, list) and tables and all(isinstance(one, dict) for one in tables):
        return tables
    wanted = "Debe haber al menos una tabla [[rule]]."
    defects.append(NormDefect(file, "rule", str(tables), wanted, "Agregue una regla."))
    return []


def _clashes(rules: Sequence[Rule]) -> list[tuple[Rule, Rule]]:
    return [(one, other) for one, other in combinations(rules, 2) if one.overlaps(other)]


def _overlap(one: Rule, other: Rule, file: str) -> NormDefect:
    value = f"{_validity(one)}; {_validity(other)}"
    rule = "Dos reglas de la misma clave no pueden estar vigentes el mismo día."
    remedy = "Cierre la primera con valid_until el día anterior a valid_from de la segunda."
    return NormDefect(file, one.key, value, rule, remedy)


def _validity(rule: Rule) -> str:
    return f"{rule.valid_from or 'siempre'} a {rule.valid_until or 'sin término'}"


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_DAYS


class _RuleReader:
    """Reads one table; every defect goes to the shared list."""

    def __init__(self, table: Mapping[str, object], *, place: str, file: str, defects: list[NormDefect]) -> None:
        self._table, self._file, self._defects = table, file, defects
        key = table.get("key")
        self._place = f"{place} ({key})" if isinstance(key, str) else place
        self._before = len(defects)

    def read(self) -> Rule | None:
        """The rule, or None when something in it is wrong."""
        self._keys()
        rule = Rule(
            key=self._name(),
            value=self._value(),
            unit=self._unit(),
            article=self._text("article"),
            source=self._text("source"),
            confirmed=self._confirmed(),
            valid_from=self._day("valid_from"),
            valid_until=self._day("valid_until"),
        )
        self._consistent(rule)
        return rule if len(self._defects) == self._before else None

    def _refuse(self, key: str, rule: str, remedy: str) -> None:
        value = str(self._table.get(key, ""))
        self._defects.append(NormDefect(self._file, f"{self._place}.{key}", value, rule, remedy))

    def _keys(self) -> None:
        for key in _REQUIRED:
            if key not in self._table:
                self._refuse(key, "Falta esta clave.", f"Agregue «{key}».")
        for key in self._table:
            if key not in _ALLOWED:
                self._refuse(key, "Esta clave no existe.", f"Use una de: {', '.join(_ALLOWED)}.")

    def _name(self) -> str:
        name = self._table.get("key", "")
        if not (isinstance(name, str) and _KEY.fullmatch(name)) and "key" in self._table:
            self._refuse("key", "Es un nombre en minúsculas con puntos.", "Por ejemplo: record.annual.")
        return str(name)

    def _value(self) -> int:
        value = self._table.get("value", 1)
        if _is_count(value):
            return value
        self._refuse("value", f"Es un entero de 1 a {MOST_DAYS}.", "Escriba el número, sin comillas.")
        return 1

    def _unit(self) -> str:
        unit = self._table.get("unit", UNITS[0])
        if unit not in UNITS:
            self._refuse("unit", "Esta unidad no se admite.", f"Use una de: {', '.join(UNITS)}.")
        return str(unit)

    def _text(self, key: str) -> str:
        text = self._table.get(key, "?")
        if not isinstance(text, str) or not text.strip() or "\n" in text:
            self._refuse(key, "Es un texto de un renglón, no vacío.", "Escriba el texto.")
        return str(text)

    def _confirmed(self) -> bool:
        confirmed = self._table.get("confirmed", False)
        if not isinstance(confirmed, bool):
            self._refuse("confirmed", "Es true o false.", "Escriba true o false, sin comillas.")
        return confirmed is True

    def _day(self, key: str) -> date | None:
        day = self._table.get(key)
        if day is None or _is_day(day):
            return day
        self._refuse(key, "Es una fecha sin hora.", "Escríbala como 2023-01-01, sin comillas.")
        return None

    def _consistent(self, rule: Rule) -> None:
        if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
            self._refuse("valid_until", "No puede ser anterior a valid_from.", "Corrija las fechas.")
        told = self._table.get("confirmed") is not False or UNCONFIRMED in rule.source.lower()
        if "source" in self._table and not told:
            self._refuse(
                "source",
                f"Una fuente sin confirmar debe decir «{UNCONFIRMED}».",
                "Dígalo en el texto o confirme la fuente.",
            )
