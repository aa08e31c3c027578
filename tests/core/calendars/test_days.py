"""The book of days: what each day is for a scope, as known on a day. Expected days typed from a calendar."""

from datetime import date

import pytest

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.days import KINDS, Entry, EveryDay, Weekdays, YearDay
from tests.core.calendars.terms_made import SCOPE, books, day

# 20 May 2026 is a Wednesday.
WEDNESDAY = date(2026, 5, 20)


def entry(key: str, kind: str, **told: object) -> Entry:
    when = {"weekly": Weekdays(frozenset({2})), "yearly": YearDay(5, 20)}.get(kind, EveryDay())
    span = {} if kind in ("weekly", "yearly") else {"first": WEDNESDAY, "last": WEDNESDAY}
    return Entry(**{"key": key, "kind": kind, "days": (when,), "article": "a", "source": "s", "confirmed": True, **span, **told})


def told(*entries: Entry, scope: str = SCOPE, on: date = WEDNESDAY, known_on: date | None = None) -> str:
    found = Book("b", entries).days(scope, known_on).of(on).entry
    return found.key if found else ""


def test_the_first_kind_that_applies_says_what_a_day_is() -> None:
    everything = [entry(kind, kind) for kind in ("weekly", "closed", "suspended", "yearly", "open", "electoral")]
    for kind in KINDS:
        assert told(*everything) == kind
        everything = [one for one in everything if one.kind != kind]
    assert told(*everything) == ""


@pytest.mark.parametrize(
    ("kind", "works", "state"),
    [
        ("suspended", False, "suspended"),
        ("electoral", True, "electoral"),
        ("open", True, "working"),
        ("closed", False, "rest"),
        ("yearly", False, "rest"),
        ("weekly", False, "rest"),
    ],
)
def test_what_each_kind_makes_of_a_day(kind: str, works: bool, state: str) -> None:
    reading = Book("b", (entry("one", kind),)).days(SCOPE).of(WEDNESDAY)
    assert (reading.works, reading.state, reading.suspended) == (works, state, kind == "suspended")


def test_a_day_that_nobody_speaks_of_is_working() -> None:
    reading = Book("b", (entry("one", "closed"),)).days(SCOPE).of(date(2026, 5, 21))
    assert (reading.entry, reading.works, reading.state) == (None, True, "working")


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        ("participacion", True),
        ("participacion.dictamen", True),
        ("participacion.dictamen.firma", True),
        ("participacionx", False),
        ("participacionx.dictamen", False),
        ("otra.participacion", False),
        ("", False),
    ],
)
def test_a_scope_holds_for_what_is_below_it(scope: str, holds: bool) -> None:
    assert (told(entry("one", "closed", scope="participacion"), scope=scope) == "one") is holds
    assert told(entry("all", "closed"), scope=scope) == "all"


def test_of_one_kind_the_one_decided_last_is_named_and_then_by_key() -> None:
    old, late = entry("a", "closed", decided_on=date(2026, 1, 1)), entry("z", "closed", decided_on=date(2026, 1, 2))
    always, twin = entry("b", "closed"), entry("c", "closed")
    assert told(old, late, always) == "z"
    assert told(always, old) == "a"
    assert told(twin, always) == "b"


def test_what_was_not_decided_yet_is_not_known() -> None:
    closed = entry("closed", "closed", decided_on=date(2026, 5, 4))
    weekly = entry("weekly", "weekly")
    assert told(closed, weekly, known_on=date(2026, 5, 3)) == "weekly"
    assert told(closed, weekly, known_on=date(2026, 5, 4)) == "closed"
    assert told(closed, weekly) == "closed"


def test_the_validity_of_a_week_is_included_at_both_ends() -> None:
    weekly = entry("weekly", "weekly", first=date(2026, 5, 20), last=date(2026, 6, 3))
    expected = {"05-13": "", "05-20": "weekly", "05-27": "weekly", "06-03": "weekly", "06-10": ""}
    assert {on: told(weekly, on=day(on)) for on in expected} == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (YearDay(2, 1, 0), ["2024-02-05", "2025-02-03", "2026-02-02", "2027-02-01"]),
        (YearDay(3, 3, 0), ["2024-03-18", "2025-03-17", "2026-03-16", "2027-03-15"]),
        (YearDay(3, 5, 6), ["2024-03-31", "2025-03-30", "2026-03-29"]),  # March of 2027 has four Sundays
        (YearDay(2, 29), ["2024-02-29"]),
        (YearDay(10, 1, None, 6, 2018), ["2024-10-01"]),
        (YearDay(10, 1, None, 2, 2025), ["2025-10-01", "2027-10-01"]),
    ],
)
def test_days_of_the_year_typed_from_a_calendar(when: YearDay, expected: list[str]) -> None:
    assert [str(one) for one in when.within(date(2024, 1, 1), date(2027, 12, 31))] == expected


def test_the_demonstration_in_2026() -> None:
    found = books()["demo"].days(SCOPE)
    named = {
        "01-01": "ano-nuevo", "02-02": "constitucion", "03-16": "juarez", "05-01": "trabajo", "09-16": "independencia",
        "11-16": "revolucion", "10-01": "", "12-25": "fin-de-ano-2026", "04-04": "fin-de-semana", "04-02": "semana-santa-2026",
        "05-23": "sabado-de-registro", "04-22": "sistema-caido", "09-25": "sismo", "07-31": "vacaciones-2026", "08-03": "",
    }  # fmt: skip
    assert {on: entry.key if (entry := found.of(day(on)).entry) else "" for on in named} == named
    assert books()["demo"].days("transparencia").of(day("05-23")).kind == "weekly"
    assert books()["demo"].days("elecciones.computo").of(day("12-25")).kind == "electoral"
    assert found.of(date(2030, 10, 1)).kind == "yearly"


def test_decisions_are_those_of_the_scope_in_order() -> None:
    book = books()["demo"]
    april_on = ["2026-04-17", "2026-05-04", "2026-06-01", "2026-09-21"]
    assert [str(one) for one in book.decisions(SCOPE, date(2026, 1, 15), None)] == april_on
    assert [str(one) for one in book.decisions("transparencia", date(2026, 1, 14), date(2026, 6, 1))] == [
        "2026-01-15",
        "2026-06-01",
    ]


def test_a_book_answers_the_same_twice_and_keeps_what_it_answered() -> None:
    book = books()["demo"]
    assert book.days(SCOPE, date(2026, 4, 17)) is book.days(SCOPE, date(2026, 5, 3))
    assert book.days(SCOPE, date(2026, 4, 17)) is not book.days(SCOPE, date(2026, 4, 16))
