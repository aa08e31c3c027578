"""The due dates that people worked by hand from docs/spec/terms.md, section 8; none of them was made by the program."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.deadlines import Reckoning, reckon
from calpulli_core.calendars.proof import proof
from calpulli_core.calendars.reading import load_books
from calpulli_core.calendars.stages import Extension, Moment, Stage, Stop, TermRule
from calpulli_core.calendars.term_reading import load_term_rules
from calpulli_core.law.rules import NoRule
from tests.core.calendars.terms_made import HERE

FILES = ("terms_days.toml", "terms_changes.toml")
OF_RULE = ("valid_from", "valid_until", "running")


# What a case says that it is refused for, and what the refusal says.
REFUSALS = {
    "extension-late": "ya había vencido",
    "stops-overlap": "ya estaba detenido",
    "stop-order": "no pudo reanudarse antes",
}


@cache
def all_books() -> dict[str, Book]:
    """The common ones, and those that a file of cases adds."""
    common = (HERE / "books.toml").read_text(encoding="utf-8")
    added = [(HERE / name).read_text(encoding="utf-8").partition("[[case]]")[0] for name in FILES]
    return load_books("\n".join([common, *added]), file="books.toml")


def cases() -> list[Any]:
    found = []
    for file in (HERE / name for name in FILES):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        found += [pytest.param(case, id=f"{file.stem}: {case['name']}") for case in document["case"]]
    return found


def instant(written: object) -> date | datetime:
    text = str(written).replace(" ", "T")
    if text.endswith("T24:00"):
        return datetime.fromisoformat(text.replace("T24:00", "T00:00")) + timedelta(days=1)
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def version(told: dict[str, Any]) -> TermRule:
    """A version read as a file of rules would be."""
    term = dict(told.get("term", {})) | {key: value for key, value in told.items() if key != "term"}
    lines = [f"{key} = {_written(key, value)}" for key, value in term.items() if value != ""]
    grounds = ['key = "caso.hecho"', 'article = "Artículo inventado"', 'source = "Inventado"', "confirmed = false"]
    (rules,) = load_term_rules("\n".join(["[[term]]", *grounds, *lines]), file="case").values()
    return rules[0]


def _written(key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    bare = isinstance(value, int) or key in ("valid_from", "valid_until")
    return str(value) if bare else f'"{str(value)[:5]}"' if key in ("cut_off", "opens", "closes") else f'"{value}"'


def stage(case: dict[str, Any]) -> Stage:
    extension = case.get("extension")
    return Stage(
        case["scope"],
        Moment.of(instant(case["start"])),
        tuple(Stop(_day(made), _day(answered) if answered else None) for made, answered in case.get("stops", [])),
        Extension(extension["amount"], _day(extension["decided"]), "Se necesitó más tiempo") if extension else None,
    )


def _day(written: object) -> date:
    return date.fromisoformat(str(written))


def counted(case: dict[str, Any]) -> Reckoning:
    rules = [version(told) for told in case.get("rules") or [{"term": case["term"]}]]
    known = _day(case["known"]) if case.get("known") else None
    return reckon(stage(case), rules, all_books()[case["book"]], known_on=known)


@pytest.mark.parametrize("case", cases())
def test_a_date_worked_by_hand(case: dict[str, Any]) -> None:
    if reason := case.get("refused"):
        with pytest.raises((ValueError, NoRule), match=REFUSALS.get(reason, "No hay una versión")):
            counted(case)
        return
    due = str(case["due"])
    found = counted(case)
    if due.startswith("waits"):
        amount = found.left // 60 if found.count.term.unit.in_minutes else found.left
        assert (found.due_on, amount) == (None, int(due.split()[1]))
    else:
        expected = instant(due)
        assert (found.due_at if isinstance(expected, datetime) else found.due_on) == expected
    if "counted" in case:
        assert [str(on) for on in found.count.counted] == [str(on) for on in case["counted"]]
    assert all(step.text for step in proof(found))
