"""What changes while a term runs: the rule, the book of days. Days counted by hand on a calendar of 2026."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.days import Entry, EveryDay, Weekdays
from calpulli_core.calendars.deadlines import Reckoning
from calpulli_core.calendars.stages import Extension, Stop, TermRule
from calpulli_core.law.rules import NoRule
from tests.core.calendars.terms_made import at, books, day, due, rule

WEEKEND = Entry("fin", "weekly", (Weekdays(frozenset({5, 6})),), "Regla", "s", confirmed=True)


def decided(kind: str, first: str, last: str, on: str | None) -> Entry:
    told = {"first": day(first), "last": day(last), "decided_on": day(on) if on else None}
    return Entry(f"{kind}-{on}", kind, (EveryDay(),), f"Acuerdo del {on}", "s", confirmed=True, **told)


def book(*entries: Entry) -> Book:
    return Book("b", (WEEKEND, *entries))


def versions(first: int, second: int, since: str = "04-01", unit: str = "working_days", **told: Any) -> list[TermRule]:
    before = {"valid_until": date.fromordinal(day(since).toordinal() - 1)}
    after = {"valid_from": day(since), "running": told.pop("running", True)}
    return [rule(first, unit, of=before, **told), rule(second, unit, of=after, **told)]


@pytest.mark.parametrize(
    ("first", "second", "since", "running", "expected"),
    [
        # From Friday 27 March; ten working days are 10 April.
        (10, 3, "04-01", False, "04-10"),
        (10, 15, "04-01", True, "04-17"),
        (10, 3, "04-01", True, "04-01"),
        (10, 2, "04-01", True, "04-01"),  # it would be 31 March: not before the first day of the new version
        (2, 15, "04-01", True, "03-31"),  # it had fallen due
        (3, 15, "04-01", True, "04-17"),  # due on the first day of the new one: not fallen due yet
        (10, 1, "04-04", True, "04-06"),  # Saturday 4: a term of working days goes on to Monday
        (10, 1, "03-27", True, "03-30"),  # the second is in force from the beginning
    ],
)
def test_a_new_version_reaches_what_runs_only_if_it_says_so(
    first: int, second: int, since: str, running: bool, expected: str
) -> None:
    assert due("03-27", versions(first, second, since, running=running)).due_on == day(expected)


def test_a_version_holds_natural_days_where_they_are() -> None:
    natural = versions(20, 1, "04-04", unit="natural_days")
    assert due("03-27", natural).due_on == day("04-04")
    assert due("03-27", natural, book=book(decided("suspended", "04-04", "04-05", None))).due_on == day("04-06")
    # Not back to before its first day: on to the next working day.
    assert due("03-27", versions(20, 1, "04-04", unit="natural_days", roll="previous")).due_on == day("04-06")


def test_a_version_in_hours_holds_it_until_the_end_of_its_first_day() -> None:
    assert due(at("03-27T10:00"), versions(240, 1, "04-01", unit="hours")).due_at == at("04-02T00:00")
    assert due(at("03-27T10:00"), versions(80, 1, "04-01", unit="working_hours")).due_at == at("04-02T00:00")
    assert due(at("03-27T10:00"), versions(240, 115, "04-01", unit="hours")).due_at == at("04-01T05:00")


def test_a_version_in_another_unit_does_not_reach_a_term_that_was_extended() -> None:
    other = rule(30, "natural_days", of={"valid_from": day("04-01"), "running": True})
    more = Extension(2, day("03-31"), "Faltan pruebas")
    old = rule(10, "working_days", of={"valid_until": day("03-31")})
    assert due("03-27", [old, other]).due_on == day("04-26")
    assert due("03-27", [old, other], extension=more).due_on == day("04-14")
    same = rule(3, "working_days", of={"valid_from": day("04-01"), "running": True})
    assert due("03-27", [old, same], extension=more).due_on == day("04-03")


def test_each_version_that_reaches_it_counts_from_its_own_beginning() -> None:
    two = versions(10, 7)
    third = rule(12, "working_days", of={"valid_from": day("04-07"), "running": True})
    assert due("03-27", two).due_on == day("04-07")
    found = due("03-27", [*two, third])
    assert (found.due_on, found.rule) == (day("04-14"), third)
    late = rule(12, "working_days", of={"valid_from": day("04-08"), "running": True})
    assert due("03-27", [*two, late]).due_on == day("04-07")


def test_the_rule_is_that_of_the_day_to_which_the_cut_off_put_it_off() -> None:
    told = versions(10, 2, "03-30", running=False, cut_off=time(15))
    assert due(at("03-27T15:00"), told).due_on == day("04-10")
    assert due(at("03-27T15:01"), told).due_on == day("04-01")


def test_a_version_of_a_day_that_has_not_come_does_not_act() -> None:
    told = versions(10, 15)
    assert due("03-27", told, known_on=day("03-31")).due_on == day("04-10")
    assert due("03-27", told, known_on=day("04-01")).due_on == day("04-17")


def test_a_day_without_a_version_is_refused() -> None:
    with pytest.raises(NoRule, match="27/03/2026"):
        due("03-27", rule(3, "working_days", of={"valid_from": day("03-28")}))


def moved(found: Reckoning) -> tuple[date | None, list[str]]:
    assert found.move is not None
    return found.move.former.on if found.move.former else None, [entry.key for entry in found.move.entries]


def test_a_later_suspension_moves_what_runs() -> None:
    found = due("04-13", rule(10, "working_days"), book="demo")
    assert found.due_on == day("05-05")
    assert moved(found) == (day("04-27"), ["sistema-caido"])
    before = due("04-13", rule(10, "working_days"), book="demo", known_on=day("04-16"))
    assert (before.due_on, before.move) == (day("04-27"), None)
    assert due("04-17", rule(10, "working_days"), book="demo").move is None  # it was known when it began


@pytest.mark.parametrize(
    ("on", "expected"),
    [("04-07", "04-17"), ("04-13", "04-17"), ("04-14", "04-13")],
)
def test_a_day_that_had_passed_does_not_move(on: str, expected: str) -> None:
    # Five working days from Monday 6 are Monday 13 April; 7 to 10 are suspended afterwards.
    found = due("04-06", rule(5, "working_days"), book=book(decided("suspended", "04-07", "04-10", on)))
    assert found.due_on == day(expected)
    assert (found.move is not None) is (expected != "04-13")


def test_what_is_decided_after_a_day_that_was_moved_counts_from_the_moved_day() -> None:
    first, second = decided("suspended", "04-13", "04-15", "04-10"), decided("suspended", "04-16", "04-17", "04-15")
    ground = book(first, second)
    found = due("04-06", rule(5, "working_days"), book=ground)
    assert found.due_on == day("04-20")
    assert moved(found) == (day("04-13"), [first.key, second.key])
    assert due("04-06", rule(5, "working_days"), book=ground, known_on=day("04-14")).due_on == day("04-16")
    assert due("04-06", rule(5, "working_days"), book=book(second)).due_on == day("04-13")


def test_only_the_entries_that_moved_it_are_named() -> None:
    idle = decided("closed", "04-11", "04-12", "04-08")  # a weekend
    acted = decided("closed", "04-09", "04-09", "04-08")
    far = decided("suspended", "05-04", "05-08", "04-08")
    found = due("04-06", rule(5, "working_days"), book=book(idle, acted, far))
    assert moved(found) == (day("04-13"), ["closed-04-08"])
    assert found.move is not None and found.move.entries == (acted,)
    # Of natural days only a suspension takes any.
    assert due("04-06", rule(5, "natural_days"), book=book(acted)).move is None


def test_a_saturday_that_is_opened_later_brings_the_day_forward_but_not_before_it_was_decided() -> None:
    # Five working days from Monday 18 May are Monday 25.
    for on, expected in (("05-22", "05-23"), ("05-23", "05-23"), ("05-25", "05-25"), ("05-26", "05-25")):
        assert due("05-18", rule(5, "working_days"), book=book(decided("open", "05-23", "05-23", on))).due_on == day(expected)


def test_a_later_suspension_never_brings_a_day_forward() -> None:
    # Five natural days from Wednesday 15 April are Monday 20, until 20 to 24 are suspended: Saturday 25, whose last working
    # day is Friday 17, before the 20th.
    back = rule(5, "natural_days", roll="previous")
    for on, expected in (("04-17", "04-25"), ("04-20", "04-25"), ("04-21", "04-20"), (None, "04-17"), ("04-15", "04-17")):
        assert due("04-15", back, book=book(decided("suspended", "04-20", "04-24", on))).due_on == day(expected)


def test_an_entry_far_ahead_counts_once_the_day_comes_near() -> None:
    far, near = decided("suspended", "04-15", "04-16", "04-07"), decided("suspended", "04-13", "04-14", "04-08")
    found = due("04-06", rule(5, "working_days"), book=book(far, near))
    assert found.due_on == day("04-17")
    assert moved(found) == (day("04-13"), [near.key, far.key])
    longer = rule(8, "working_days", of={"valid_from": day("04-10"), "running": True})
    assert due("04-06", [rule(5, "working_days", of={"valid_until": day("04-09")}), longer], book=book(far)).due_on == day(
        "04-20"
    )


def test_an_extension_may_be_decided_until_the_day_that_was_moved() -> None:
    ground = book(decided("suspended", "04-13", "04-15", "04-10"))
    more = Extension(2, day("04-16"), "Faltan pruebas")
    assert due("04-06", rule(5, "working_days"), book=ground, extension=more).due_on == day("04-20")
    with pytest.raises(ValueError, match="ya había vencido, el lunes 13/04/2026"):
        due("04-06", rule(5, "working_days"), extension=more)


def test_an_extension_of_a_day_that_has_not_come_does_not_act() -> None:
    more = Extension(2, day("04-16"), "Faltan pruebas")
    ground = book(decided("suspended", "04-13", "04-15", "04-10"))
    found = due("04-06", rule(5, "working_days"), book=ground, extension=more, known_on=day("04-09"))
    assert (found.due_on, found.extension) == (day("04-13"), None)


def test_a_term_that_waits_is_reached_by_what_is_decided_meanwhile() -> None:
    asked = (Stop(day("04-08")),)
    assert due("04-06", versions(10, 20, "06-01"), stops=asked).left == 19


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 40), st.dates(date(2026, 1, 1), date(2027, 3, 1)))
def test_what_is_known_on_a_day_is_a_book_without_what_came_later(start: date, amount: int, known_on: date) -> None:
    whole = books()["demo"]
    less = Book("less", tuple(entry for entry in whole.entries if entry.known_on(known_on)))
    told = rule(amount, "working_days")
    assert due(start, told, book=whole, known_on=known_on).due == due(start, told, book=less).due
