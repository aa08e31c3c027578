"""Books and rules of terms from TOML: what is read, and every defect at once with its place."""

import tomllib
from collections.abc import Callable
from datetime import date, time
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.reading import load_books
from calpulli_core.calendars.stages import Roll, Term, Unit
from calpulli_core.calendars.term_reading import load_term_rules
from calpulli_core.law.norms import NormErrors

ENTRY = """
[[book]]
key = "one"
[[book.entry]]
key = "cierre"
kind = "closed"
from = 2026-03-30
until = 2026-04-03
article = "Acuerdo inventado 1"
source = "Inventado"
confirmed = false
decided = 2026-01-15
scope = "participacion"
"""
YEARLY = """
[[book]]
key = "one"
[[book.entry]]
key = "poder"
kind = "yearly"
days = ["10-01", "1 monday february"]
every = 6
since = 2024
article = "a"
source = "s"
confirmed = true
"""
TERM = """
[[term]]
key = "demo.dictamen"
amount = 5
unit = "working_days"
takes_effect = 1
cut_off = "15:00"
roll = "next"
article = "Artículo inventado 2"
source = "Inventado"
confirmed = false
valid_until = 2026-06-30

[[term]]
key = "demo.dictamen"
amount = 3
unit = "months"
article = "Artículo inventado 2 bis"
source = "Inventado"
confirmed = true
valid_from = 2026-07-01
running = true
"""


def defects(load: Callable[..., object], text: str) -> list[tuple[str, str]]:
    with pytest.raises(NormErrors) as caught:
        load(text, file="dias.toml")
    for defect in caught.value.defects:
        assert defect.file == "dias.toml"
        assert defect.rule.endswith(".") and defect.remedy.endswith(".")
        assert len(defect.value) <= 81
    return [(defect.key, defect.value) for defect in caught.value.defects]


def test_an_entry_as_it_is_written() -> None:
    (entry,) = load_books(ENTRY, file="f")["one"].entries
    assert (entry.key, entry.kind, entry.scope, entry.article, entry.source) == (
        "cierre", "closed", "participacion", "Acuerdo inventado 1", "Inventado",
    )  # fmt: skip
    assert (entry.first, entry.last, entry.decided_on) == (date(2026, 3, 30), date(2026, 4, 3), date(2026, 1, 15))
    assert entry.confirmed is False


def test_days_of_some_years() -> None:
    (entry,) = load_books(YEARLY, file="f")["one"].entries
    assert sorted(map(str, entry.in_year(2030))) == ["2030-02-04", "2030-10-01"]
    assert list(entry.in_year(2026)) == []
    assert list(entry.in_year(2018)) == []
    assert (entry.scope, entry.decided_on) == ("*", None)


def test_a_book_has_the_entries_of_the_one_it_extends() -> None:
    text = ENTRY + '[[book]]\nkey = "two"\nextends = "one"\n' + ENTRY.split('key = "one"\n')[1].replace("cierre", "otro")
    books = load_books(text, file="f")
    assert {key: [entry.key for entry in book.entries] for key, book in books.items()} == {
        "one": ["cierre"],
        "two": ["cierre", "otro"],
    }


def test_every_defect_of_a_book_comes_at_once() -> None:
    text = """
    stranger = 1
    [[book]]
    key = "One"
    extends = "later"
    [[book.entry]]
    key = "a b"
    kind = "closed"
    from = 2026-04-03
    until = 2026-04-01
    days = ["monday"]
    article = ""
    source = "s"
    confirmed = "no"
    [[book.entry]]
    kind = "feriado"
    since = 2020
    [[book.entry]]
    key = "semana"
    kind = "weekly"
    days = ["lunes", 3]
    article = "a"
    source = "two\\nlines"
    confirmed = true
    scope = "Participacion."
    decided = 2026-01-01T10:00:00
    [[book.entry]]
    key = "semana"
    kind = "yearly"
    days = ["02-30"]
    every = 0
    article = "a"
    source = "s"
    confirmed = true
    [[book]]
    key = "later"
    color = "red"
    """
    one = "book 1 (One)"
    assert [key for key, _ in defects(load_books, text)] == [
        "stranger",
        f"{one}.key",
        f"{one}.extends",
        f"{one}, entry 1 (a b).days",
        f"{one}, entry 1 (a b).until",
        f"{one}, entry 1 (a b).key",
        f"{one}, entry 1 (a b).article",
        f"{one}, entry 1 (a b).confirmed",
        f"{one}, entry 2.kind",
        f"{one}, entry 2.key",
        f"{one}, entry 2.article",
        f"{one}, entry 2.source",
        f"{one}, entry 2.confirmed",
        f"{one}, entry 3 (semana).days",
        f"{one}, entry 3 (semana).source",
        f"{one}, entry 3 (semana).scope",
        f"{one}, entry 3 (semana).decided",
        f"{one}, entry 4 (semana).every",
        f"{one}, entry 4 (semana).days",
        f"{one}, entry 4 (semana).key",
        "book 2 (later).color",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "book"),
        ("book = []", "book"),
        ("book = 3", "book"),
        ("[book]\nkey = 'a'", "book"),
        ("[[book]]\nkey = 'a'\nentry = [1]", "book 1 (a), entry"),
        ("[[book]]\nentry = []", "book 1.key"),
        ("[[book]", "(archivo)"),
        ("a = 2026-02-30", "(archivo)"),
        ("a = " + "[" * 5000, "(archivo)"),
        ("a = " + "9" * 5000, "(archivo)"),
        ("[[book]]\nkey = 'a'\n[[book]]\nkey = 'a'", "book 2 (a).key"),
        ("[[book]]\nkey = 'a'\nextends = 'a'", "book 1 (a).extends"),
        ("[[book]]\nkey = 'a'\nextends = ['a']", "book 1 (a).extends"),
        (ENTRY.replace('kind = "closed"', "kind = []"), "book 1 (one), entry 1 (cierre).kind"),
        (ENTRY.replace("from = 2026-03-30\n", ""), "book 1 (one), entry 1 (cierre).from"),
        (ENTRY.replace("until = 2026-04-03\n", ""), "book 1 (one), entry 1 (cierre).until"),
        (ENTRY.replace('article = "Acuerdo inventado 1"\n', ""), "book 1 (one), entry 1 (cierre).article"),
        (YEARLY.replace("since = 2024\n", ""), "book 1 (one), entry 1 (poder).since"),
        (YEARLY.replace('"10-01"', '"10-01", "10-01"'), "book 1 (one), entry 1 (poder).days"),
        (YEARLY.replace("10-01", "1 lunes febrero"), "book 1 (one), entry 1 (poder).days"),
        (YEARLY.replace("10-01", "6 monday may"), "book 1 (one), entry 1 (poder).days"),
        (YEARLY.replace("10-01", "١٠-٠١"), "book 1 (one), entry 1 (poder).days"),
        (YEARLY.replace("every = 6", "every = true"), "book 1 (one), entry 1 (poder).every"),
    ],
)
def test_what_is_no_book_is_refused_with_its_place(text: str, place: str) -> None:
    assert place in [key for key, _ in defects(load_books, text)]


def test_the_29th_of_february_exists() -> None:
    (entry,) = load_books(YEARLY.replace("10-01", "02-29").replace("every = 6", "every = 1"), file="f")["one"].entries
    assert date(2028, 2, 29) in entry.in_year(2028)


def test_rules_as_they_are_written() -> None:
    first, second = load_term_rules(TERM, file="f")["demo.dictamen"]
    assert first.term == Term(5, Unit.WORKING_DAYS, takes_effect=1, cut_off=time(15), roll=Roll.NEXT)
    assert (first.running, first.confirmed, first.valid_from, first.valid_until) == (False, False, None, date(2026, 6, 30))
    assert second.term == Term(3, Unit.MONTHS)
    assert (second.running, second.valid_from, second.article) == (True, date(2026, 7, 1), "Artículo inventado 2 bis")


def test_every_defect_of_the_rules_comes_at_once() -> None:
    text = """
    [[term]]
    key = "Dictamen"
    amount = -1
    unit = "weeks"
    takes_effect = 61
    day_zero = "before"
    cut_off = "25:00"
    roll = "sideways"
    opens = "17:00"
    closes = 09:00:00
    received = "home"
    article = "a"
    confirmed = true
    running = true
    """
    keys = ["source", "key", "closes", "amount", "unit", "takes_effect", "day_zero", "cut_off", "roll", "received", "running"]
    assert [key for key, _ in defects(load_term_rules, text)] == [f"term 1 (Dictamen).{key}" for key in keys]


def test_two_versions_on_one_day_are_refused() -> None:
    found = defects(load_term_rules, TERM.replace("2026-06-30", "2026-07-01"))
    assert found == [("demo.dictamen", "siempre a 2026-07-01; 2026-07-01 a sin término")]


@pytest.mark.parametrize("written", ['"9:00"', '"15:00:30"', "15:00:30", "1500", '"24:00"', "true"])
def test_a_time_is_to_the_minute(written: str) -> None:
    assert [key for key, _ in defects(load_term_rules, TERM.replace('"15:00"', written))] == ["term 1 (demo.dictamen).cut_off"]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates(), st.datetimes(), st.times()),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


KEYS = ("key", "kind", "from", "until", "days", "every", "since", "scope", "decided", "valid_from")


@settings(deadline=None)
@given(st.sampled_from([ENTRY, YEARLY]), st.sampled_from(KEYS), VALUES)
def test_no_value_breaks_the_reader(text: str, key: str, value: object) -> None:
    document = tomllib.loads(text)
    document["book"][0]["entry"][0][key] = value
    with patch("calpulli_core.calendars.reading.document", return_value=document):
        try:
            found = load_books("", file="f")
        except NormErrors:
            return
    assert all(entry.article for entry in found["one"].entries)
