"""Reads the rules that set terms from TOML: a ``[[term]]`` for each version of each rule."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import combinations

from calpulli_core.calendars.stages import MOST, Roll, Term, TermRule, Unit
from calpulli_core.calendars.tables import Table, document, opened
from calpulli_core.law.norms import NormDefect, NormErrors

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_REQUIRED = ("key", "amount", "unit", "article", "source", "confirmed")
_OF_TERM = ("takes_effect", "day_zero", "cut_off", "roll", "opens", "closes", "received")
_OF_RULE = ("valid_from", "valid_until", "running")
MOST_EFFECT = 60


def load_term_rules(text: str, *, file: str) -> dict[str, tuple[TermRule, ...]]:
    """The versions of each rule by its key, in the order of the text. ``file`` only names it in the errors.

    Raises NormErrors with every defect: unreadable TOML, wrong keys or values, two versions in force on one day.
    """
    found = document(text, file)
    defects = [
        NormDefect(file, key, "", "Solo se admiten tablas [[term]].", "Quite esta clave.") for key in found if key != "term"
    ]
    tables = opened(found, "term", place="term", file=file, defects=defects)
    if not found.get("term"):
        defects.append(NormDefect(file, "term", "", "Debe haber al menos una tabla [[term]].", "Agregue una regla."))
    rules = [rule for rule in map(_rule, tables) if rule is not None]
    defects.extend(_overlap(one, other, file) for one, other in combinations(rules, 2) if _clash(one, other))
    if defects:
        raise NormErrors(defects)
    return {rule.key: tuple(version for version in rules if version.key == rule.key) for rule in rules}


def _rule(table: Table) -> TermRule | None:
    table.keys(_REQUIRED, (*_OF_TERM, *_OF_RULE))
    first, last = table.span("valid_from", "valid_until")
    rule = TermRule(
        key=table.named("key", _KEY, "Es un nombre en minúsculas con puntos.", "participacion.dictamen"),
        term=_term(table),
        article=table.text("article"),
        source=table.text("source"),
        confirmed=table.flag("confirmed"),
        valid_from=first,
        valid_until=last,
        running=table.flag("running"),
    )
    if rule.running and first is None and not table.has("valid_from"):
        table.refuse("running", "Lo que alcanza a los plazos en curso dice desde cuándo rige.", "Agregue «valid_from».")
    return rule if table.sound else None


def _term(table: Table) -> Term:
    opens, closes = table.time("opens", time(9)), table.time("closes", time(17))
    if closes <= opens:
        table.refuse("closes", "La oficina cierra después de abrir.", "Corrija «opens» o «closes».")
    return Term(
        amount=table.whole("amount", 0, MOST, 0),
        unit=Unit(table.choice("unit", tuple(Unit), Unit.NATURAL_DAYS)),
        takes_effect=table.whole("takes_effect", 0, MOST_EFFECT, 0),
        day_zero="same" if table.choice("day_zero", ("next", "same"), "next") == "same" else "next",
        cut_off=table.time("cut_off", None),
        roll=Roll(table.choice("roll", tuple(Roll), Roll.NONE)) if table.has("roll") else None,
        opens=opens,
        closes=closes,
        received="office" if table.choice("received", ("office",), "") else None,
    )


def _clash(one: TermRule, other: TermRule) -> bool:
    meets = (one.valid_from or date.min) <= (other.valid_until or date.max)
    return one.key == other.key and meets and (other.valid_from or date.min) <= (one.valid_until or date.max)


def _overlap(one: TermRule, other: TermRule, file: str) -> NormDefect:
    value = "; ".join(f"{rule.valid_from or 'siempre'} a {rule.valid_until or 'sin término'}" for rule in (one, other))
    rule = "Dos versiones de la misma regla no pueden estar vigentes el mismo día."
    return NormDefect(file, one.key, value, rule, "Cierre la primera con valid_until el día anterior a valid_from de la segunda.")
