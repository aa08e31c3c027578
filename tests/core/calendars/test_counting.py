"""The count of terms: examples counted by hand on a calendar of 2026, and what always holds (docs/spec/terms.md)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.days import Entry, EveryDay, Weekdays
from calpulli_core.calendars.stages import Extension, Moment, Stage, Stop
from tests.core.calendars.terms_made import SCOPE, at, books, day, days, due, rule

ONE = timedelta(days=1)
WEEKEND = Entry("fin", "weekly", (Weekdays(frozenset({5, 6})),), "Regla", "s", confirmed=True)


def span(key: str, kind: str, first: date, last: date, **told: Any) -> Entry:
    return Entry(key, kind, (EveryDay(),), f"Acuerdo {key}", "s", confirmed=True, first=first, last=last, **told)


@pytest.mark.parametrize(
    ("start", "amount", "term", "counted"),
    [
        # 27 March 2026 is a Friday; nothing but weekends in this book.
        ("03-27", 5, {}, "03-30 03-31 04-01 04-02 04-03"),
        ("03-27", 3, {"takes_effect": 1}, "03-31 04-01 04-02"),
        ("03-27", 3, {"takes_effect": 2}, "04-01 04-02 04-03"),
        ("03-27", 3, {"day_zero": "same"}, "03-27 03-30 03-31"),
        ("03-28", 2, {"day_zero": "same"}, "03-30 03-31"),
        ("03-28", 2, {"takes_effect": 1, "day_zero": "same"}, "03-30 03-31"),
        ("03-27T15:00", 2, {"cut_off": time(15)}, "03-30 03-31"),
        ("03-27T15:01", 2, {"cut_off": time(15)}, "03-31 04-01"),
    ],
)
def test_working_days_by_hand(start: str, amount: int, term: dict[str, Any], counted: str) -> None:
    found = due(start, rule(amount, "working_days", **term))
    assert list(found.count.counted) == days(counted)
    assert found.due_on == days(counted)[-1]
    assert found.due_at == datetime.combine(days(counted)[-1] + ONE, time())


@pytest.mark.parametrize(
    ("start", "amount", "term", "expected"),
    [
        ("03-27", 8, {}, "04-04"),  # a Saturday
        ("03-27", 8, {"roll": "next"}, "04-06"),
        ("03-27", 8, {"roll": "previous"}, "04-03"),
        ("03-27", 1, {"roll": "previous"}, "03-28"),  # no working day from day one on: it stays
        ("03-27", 2, {"roll": "previous"}, "03-29"),
        ("03-27", 1, {"roll": "previous", "day_zero": "same"}, "03-27"),
        ("03-28", 0, {}, "03-28"),
        ("03-28", 0, {"roll": "next"}, "03-30"),
        ("03-28", 0, {"roll": "previous"}, "03-28"),
    ],
)
def test_natural_days_and_their_roll_by_hand(start: str, amount: int, term: dict[str, Any], expected: str) -> None:
    assert due(start, rule(amount, "natural_days", **term)).due_on == day(expected)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2028-01-31", 1, "months", "2028-02-29"),
        ("2026-01-15", 2, "months", "2026-03-15"),
        ("2026-11-30", 3, "months", "2027-02-28"),
        ("2026-08-31", 1, "months", "2026-09-30"),
        ("2026-05-10", 0, "months", "2026-05-10"),
        ("2028-02-29", 1, "years", "2029-02-28"),
        ("2028-02-29", 4, "years", "2032-02-29"),
        ("2026-12-31", 14, "months", "2028-02-29"),
    ],
)
def test_months_and_years_by_hand(start: str, amount: int, unit: str, expected: str) -> None:
    assert due(start, rule(amount, unit)).due_on == day(expected)
    assert due(start, rule(amount, unit, day_zero="same")).due_on == day(expected)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "term", "expected"),
    [
        ("03-27T10:30", 24, "hours", {}, "03-28T10:30"),
        ("03-27T10:30", 72, "hours", {"roll": "next"}, "03-30T10:30"),
        ("03-27T10:30", 24, "hours", {"takes_effect": 1}, "03-31T00:00"),
        ("03-27T10:30", 5, "hours", {"cut_off": time(10)}, "03-30T05:00"),
        ("03-27T09:00", 8, "working_hours", {}, "03-27T17:00"),
        ("03-27T16:00", 2, "working_hours", {}, "03-30T10:00"),
        ("03-27T17:00", 1, "working_hours", {}, "03-30T10:00"),
        ("03-28T12:00", 8, "working_hours", {}, "03-30T17:00"),
        ("03-27T12:15", 9, "working_hours", {"opens": time(8), "closes": time(12, 30)}, "03-31T12:15"),
        ("03-28T12:00", 0, "working_hours", {}, "03-30T09:00"),
        ("03-28T12:00", 0, "hours", {}, "03-28T12:00"),
        ("03-27T16:30", 4, "working_hours", {"takes_effect": 1}, "03-30T13:00"),
        ("03-27T16:30", 4, "working_hours", {"cut_off": time(16)}, "03-30T13:00"),
    ],
)
def test_hours_by_hand(start: str, amount: int, unit: str, term: dict[str, Any], expected: str) -> None:
    assert due(start, rule(amount, unit, **term)).due_at == at(expected)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # `sismo` suspends from Monday 21 to Friday 25 September 2026; `sistema-caido`, from 20 to 24 April.
        ("09-14", 5, "working_days", "2026-09-29"),  # 15, 17, 18, 28, 29; the 16th is rest
        ("09-20", 1, "natural_days", "2026-09-26"),
        ("09-25", 0, "natural_days", "2026-09-26"),  # a Saturday: natural days do not roll
        ("08-20", 1, "months", "2026-09-20"),
        ("08-21", 1, "months", "2026-09-26"),  # the 21st and five more
        ("08-28", 1, "months", "2026-10-03"),  # until the 28th, five were suspended
    ],
)
def test_suspended_days_by_hand(start: str, amount: int, unit: str, expected: str) -> None:
    # Known all along, so that nothing is left out for coming late.
    book = Book("all", tuple(_always(entry) for entry in books()["demo"].entries))
    assert due(start, rule(amount, unit), book=book).due_on == day(expected)


def _always(entry: Entry) -> Entry:
    return Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | {"decided_on": None})


def test_hours_do_not_run_while_suspended() -> None:
    book = Book("all", tuple(_always(entry) for entry in books()["demo"].entries))
    # Friday 18 September 22:00; 50 hours: until Monday 00:00, and then Saturday 26.
    assert due("09-18T22:00", rule(51, "hours"), book=book).due_at == at("09-26T01:00")
    # 24:00 of Sunday, not 00:00 of the suspended Monday.
    assert due("09-18T22:00", rule(50, "hours"), book=book).due == Moment(date(2026, 9, 20), 1440)
    assert due("09-22T22:00", rule(0, "hours"), book=book).due_at == at("09-26T00:00")


def test_electoral_days_work_day_and_night() -> None:
    book = Book("b", (WEEKEND, span("e", "electoral", date(2026, 3, 28), date(2026, 3, 29))))
    assert due("03-27", rule(2, "working_days"), book=book).due_on == date(2026, 3, 29)
    assert due("03-27T16:00", rule(40, "working_hours"), book=book).due_at == at("03-29T15:00")
    assert due("03-28T20:00", rule(30, "working_hours"), book=book).due_at == at("03-30T11:00")


@pytest.mark.parametrize(
    ("amount", "stops", "counted"),
    [
        # From Monday 6 April 2026, by a calendar of weekends.
        (5, [("04-08", "04-10")], "04-07 04-10 04-13 04-14 04-15"),
        (5, [("04-08", "04-08")], "04-07 04-08 04-09 04-10 04-13"),
        (5, [("04-13", "04-15"), ("04-08", "04-09")], "04-07 04-09 04-10 04-15 04-16"),
        (2, [("04-08", "04-09"), ("04-09", "04-10")], "04-07 04-10"),
        (2, [("04-09", "04-20")], "04-07 04-08"),
        (2, [("04-09", None)], "04-07 04-08"),
    ],
)
def test_stops_by_hand(amount: int, stops: list[tuple[str, str | None]], counted: str) -> None:
    made = tuple(Stop(day(one), day(other) if other else None) for one, other in stops)
    assert list(due("04-06", rule(amount, "working_days"), stops=made).count.counted) == days(counted)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "left"),
    [
        ("04-06", 10, "working_days", 9),
        ("04-06", 3, "natural_days", 2),
        ("04-06T12:00", 24, "hours", 0),
        ("04-06", 1, "months", 29),
    ],
)
def test_a_stop_without_end_waits(start: str, amount: int, unit: str, left: int) -> None:
    found = due(start, rule(amount, unit), stops=(Stop(day("04-08")),))
    if unit == "hours":
        assert found.due_at == at("04-07T12:00")
    else:
        assert (found.due, found.due_on, found.due_at, found.left) == (None, None, None, left)


def test_of_months_what_is_missing_are_the_days_to_the_day_it_would_be() -> None:
    # 6 May is a Wednesday; 6 June a Saturday, rolled to Monday 8: from 8 April 29 days, from 7 May 33.
    assert due("04-06", rule(1, "months"), stops=(Stop(day("04-08"), day("04-10")), Stop(day("04-13")))).left == 26
    assert due("05-06", rule(1, "months", roll="next"), stops=(Stop(day("05-07")),)).left == 33
    assert due("05-06", rule(1, "months", roll="next"), stops=(Stop(day("06-07")),)).left == 2
    assert due("05-06", rule(1, "months", roll="next"), stops=(Stop(day("06-08")),)).left == 1


def test_a_roll_that_runs_into_a_stop_goes_on_or_waits() -> None:
    # Saturday 4 April rolls to Monday 6, on which something is asked.
    term = rule(8, "natural_days", roll="next")
    assert due("03-27", term, stops=(Stop(day("04-06"), day("04-08")),)).due_on == day("04-08")
    waits = due("03-27", term, stops=(Stop(day("04-06")),))
    assert (waits.due, waits.left) == (None, 0)
    # Friday 3 is stopped, so the eighth day is Sunday 5; back to Friday, and on to the next day that is not stopped.
    back = rule(8, "natural_days", roll="previous")
    assert due("03-27", back, stops=(Stop(day("04-03"), day("04-04")),)).due_on == day("04-04")


def test_received_at_the_office_is_due_as_it_closes() -> None:
    assert due("03-27", rule(1, "working_days", received="office")).due_at == at("03-30T17:00")
    assert due("03-27", rule(1, "working_days", received="office", closes=time(15, 30))).due_at == at("03-30T15:30")
    # On a day of rest, and on one of all hours, nobody closes.
    assert due("03-27", rule(1, "natural_days", received="office")).due_at == at("03-29T00:00")
    electoral = Book("b", (WEEKEND, span("e", "electoral", day("03-28"), day("03-29"))))
    assert due("03-27", rule(1, "working_days", received="office"), book=electoral).due_at == at("03-29T00:00")


def test_an_extension_goes_on_to_the_sum() -> None:
    more = Extension(3, day("04-08"), "Hay muchas solicitudes")
    assert due("04-06", rule(2, "working_days"), extension=more).due_on == day("04-13")
    # 28 February and one month more would be 28 March; two months from 31 January are 31 March.
    assert due("01-31", rule(1, "months"), extension=Extension(1, day("02-28"), "x")).due_on == day("03-31")
    # Saturday 4 rolls to Monday 6; with three more days it is Tuesday 7, not Thursday 9.
    assert due("03-27", rule(8, "natural_days", roll="next"), extension=Extension(3, day("04-06"), "x")).due_on == day("04-07")


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ({"stops": (Stop(day("04-08")), Stop(day("04-10"), day("04-11")))}, "ya estaba detenido desde el 08/04/2026"),
        ({"stops": (Stop(day("04-08"), day("04-10")), Stop(day("04-09"), day("04-12")))}, "se detuvo otra vez el 09/04/2026"),
        ({"stops": (Stop(day("04-08"), day("04-07")),)}, "no pudo reanudarse antes"),
        ({"stops": (Stop(day("04-05"), day("04-07")),)}, "empezó después"),
        ({"extension": Extension(3, day("04-09"), "x")}, "ya había vencido, el miércoles 08/04/2026"),
        ({"extension": Extension(3, day("04-05"), "x")}, "empezó después"),
        ({"extension": Extension(0, day("04-07"), "x")}, "entero de 1"),
        ({"extension": Extension(3, day("04-07"), " ")}, "motivo"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(stage: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        due("04-06", rule(2, "working_days"), **stage)


def test_a_time_that_is_needed_and_not_known_is_asked_for() -> None:
    for told in (rule(2, "hours"), rule(2, "working_hours"), rule(2, "working_days", cut_off=time(15))):
        with pytest.raises(ValueError, match="Falta la hora del 06/04/2026"):
            due("04-06", told)


def test_an_instant_of_another_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zona horaria"):
        Moment.of(datetime.fromisoformat("2026-04-06T10:00+00:00"))


@pytest.mark.parametrize("unit", ["working_days", "natural_days", "working_hours", "months"])
def test_a_count_that_never_ends_is_refused(unit: str) -> None:
    every = Entry("nunca", "suspended", (EveryDay(),), "a", "s", confirmed=True, first=date(2026, 4, 8))
    with pytest.raises(ValueError, match="no termina antes de 2200"):
        due("04-06T10:00", rule(24, unit), book=Book("b", (every,)))
    with pytest.raises(ValueError, match="año 1899"):
        Stage(SCOPE, Moment(date(1899, 12, 31)))


# What always holds.
DATES = st.dates(date(2025, 11, 1), date(2027, 2, 28))
UNITS = st.sampled_from(["natural_days", "working_days", "months", "years", "hours", "working_hours"])
ROLLS = st.sampled_from([None, "none", "next", "previous"])


@st.composite
def grounds(draw: Callable[[Any], Any], kinds: tuple[str, ...] = ("closed", "open", "suspended", "electoral")) -> Book:
    """Weekends and a handful of spans of up to twenty days."""
    found = draw(st.lists(st.tuples(st.sampled_from(kinds), DATES, st.integers(0, 19)), max_size=5))
    spans = (span(f"e{number}", kind, first, first + length * ONE) for number, (kind, first, length) in enumerate(found))
    return Book("b", (WEEKEND, *spans))


@st.composite
def stops(draw: Callable[[Any], Any], start: date) -> tuple[Stop, ...]:
    marks = sorted(draw(st.sets(st.integers(0, 40), max_size=4)))
    return tuple(Stop(start + one * ONE, start + other * ONE) for one, other in zip(marks[::2], marks[1::2], strict=False))


def kinds_of(book: Book, on: date) -> set[str]:
    """Said again, plainly: which kinds speak of a day."""
    spans = {entry.kind for entry in book.entries if entry.first and entry.last and entry.first <= on <= entry.last}
    return spans | ({"weekly"} if on.weekday() > 4 else set())


def suspended(book: Book, on: date) -> bool:
    return "suspended" in kinds_of(book, on)


def works(book: Book, on: date) -> bool:
    kinds = kinds_of(book, on)
    return not suspended(book, on) and (bool(kinds & {"electoral", "open"}) or not kinds & {"closed", "weekly"})


def allowed(book: Book, made: tuple[Stop, ...], unit: str) -> Callable[[date], bool]:
    runs = works if unit == "working_days" else lambda ground, on: not suspended(ground, on)
    return lambda on: runs(book, on) and not any(one.made_on <= on < (one.answered_on or date.max) for one in made)


@settings(deadline=None)
@given(DATES, st.integers(0, 800), st.sampled_from([None, "none"]))
def test_natural_days_without_suspension_are_added(start: date, amount: int, roll: str | None) -> None:
    assert due(start, rule(amount, "natural_days", roll=roll or "none")).due_on == start + amount * ONE


@settings(deadline=None)
@given(st.datetimes(at("01-01T00:00"), at("12-31T00:00")), st.integers(0, 500))
def test_hours_without_suspension_are_added(start: datetime, amount: int) -> None:
    start = start.replace(second=0, microsecond=0)
    assert due(start, rule(amount, "hours")).due_at == start + timedelta(hours=amount)


@settings(deadline=None)
@given(st.data(), grounds(), DATES, st.integers(1, 40), st.sampled_from(["natural_days", "working_days"]), ROLLS)
def test_the_counted_days_are_as_many_as_the_amount_and_all_allowed(
    data: st.DataObject, book: Book, start: date, amount: int, unit: str, roll: str | None
) -> None:
    made = data.draw(stops(start))
    found = due(start, rule(amount, unit, **({"roll": roll} if roll else {})), book=book, stops=made)
    runs = allowed(book, made, unit)
    counted = found.count.counted
    assert len(counted) == amount
    whole = [start + number * ONE for number in range(1, (counted[-1] - start).days + 1)]
    assert list(counted) == [on for on in whole if runs(on)]
    assert [one.on for one in found.count.run if one.why is None] == list(counted)


@settings(deadline=None)
@given(st.data(), grounds(), st.datetimes(at("01-01T00:00"), at("12-31T00:00")), st.integers(0, 30), UNITS, ROLLS)
def test_it_is_never_due_on_a_day_that_is_suspended_or_stopped_nor_before_it_began(
    data: st.DataObject, book: Book, start: datetime, amount: int, unit: str, roll: str | None
) -> None:
    made = data.draw(stops(start.date()))
    term = rule(amount, unit, takes_effect=data.draw(st.integers(0, 3)), **({"roll": roll} if roll else {}))
    found = due(start.replace(second=0, microsecond=0), term, book=book, stops=made)
    assert found.due_on is not None
    assert allowed(book, made, "natural_days")(found.due_on)
    assert found.due_on >= start.date()
    if roll == "next" and unit != "hours":
        assert works(book, found.due_on)


@settings(deadline=None)
@given(st.data(), grounds(), st.datetimes(at("01-01T00:00"), at("12-31T00:00")), UNITS, ROLLS)
def test_more_is_never_due_before(data: st.DataObject, book: Book, start: datetime, unit: str, roll: str | None) -> None:
    made = data.draw(stops(start.date()))
    start = start.replace(second=0, microsecond=0)
    term = {"roll": roll} if roll else {}
    found = [str(due(start, rule(amount, unit, **term), book=book, stops=made).due_at) for amount in range(8)]
    assert found == sorted(found)


@settings(deadline=None)
@given(grounds(("closed", "open", "electoral")), DATES, st.integers(1, 30), st.data())
def test_a_suspension_moves_working_days_by_those_that_it_takes(
    book: Book, start: date, amount: int, data: st.DataObject
) -> None:
    before = due(start, rule(amount, "working_days"), book=book).due_on
    assert before is not None
    first = data.draw(st.dates(start + ONE, before))
    last = data.draw(st.dates(first, before))
    after = due(start, rule(amount, "working_days"), book=Book("b", (*book.entries, span("s", "suspended", first, last)))).due_on
    taken = sum(works(book, first + number * ONE) for number in range((last - first).days + 1))
    later = [before + number * ONE for number in range(1, 200) if works(book, before + number * ONE)]
    assert after == (later[taken - 1] if taken else before)


@settings(deadline=None)
@given(grounds(), st.datetimes(at("02-01T00:00"), at("12-01T00:00")), st.integers(0, 40), st.integers(0, 3))
def test_working_hours_are_those_of_a_clock_that_is_looked_at_each_quarter(
    book: Book, start: datetime, amount: int, quarter: int
) -> None:
    start = start.replace(minute=15 * quarter, second=0, microsecond=0)
    on, left = start, 4 * amount
    while True:
        electoral = "electoral" in kinds_of(book, on.date()) and not suspended(book, on.date())
        runs = works(book, on.date()) and (electoral or 9 <= on.hour < 17)
        if runs and left == 0 and amount == 0:
            break
        left -= runs
        on += timedelta(minutes=15)
        if left == 0 and amount:
            break
    assert due(start, rule(amount, "working_hours"), book=book).due_at == on


@settings(deadline=None)
@given(grounds(), DATES, st.integers(0, 6))
def test_months_are_the_day_of_the_number_and_a_day_more_for_each_that_was_suspended(
    book: Book, start: date, amount: int
) -> None:
    plain = due(start, rule(amount, "months"), book=Book("none", ())).due_on
    assert plain is not None
    assume(amount)
    on, more = start, 0
    while on < plain or more:
        on += ONE
        out = suspended(book, on)
        more += out if on <= plain else out - 1
    assert due(start, rule(amount, "months"), book=book).due_on == on
