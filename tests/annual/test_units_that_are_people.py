"""Activities whose unit counts people: nothing that anyone may read, nor what follows from it, gives a small count of them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from calpulli.annual import actions, doors, inputs
from calpulli.annual.actions.checks import PEOPLE as PEOPLE_WORDS
from calpulli.annual.actions.saying import year_done_words
from calpulli.annual.models import Activity, Adjustment, DeliveryBatch, Exercise, Report
from calpulli.annual.offers import sealing  # noqa: F401  # registers what a period seals
from calpulli.annual.offers.measures import spread_rows
from calpulli.annual.offers.progress import _of
from calpulli.annual.offers.searching import _about_activity
from calpulli.annual.queries import activity_view, told_people
from calpulli.commons import files
from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.measures import MEASURES
from calpulli.commons.registries.people_tables import PEOPLE_TABLES
from calpulli.commons.registries.sealing import SEALING
from calpulli.indicators.queries.cells import Cell, Reading, Why, read
from calpulli.ledger.models import Fact
from calpulli_core.calendars.periods import Period
from calpulli_core.indicators.moments import Moment

from .conftest import PLAN, YEAR, Write, on, paper

FLOOR = 5  # of the demonstration's norms
PEOPLE = {"unit": "personas asesoradas", "of_people": True}
LIVE = ("annual.deliveries_made", "annual.deliveries_units", "annual.districts_reached")
Give = Callable[..., Any]


@pytest.fixture
def give(author: Actor) -> Give:
    def given(activity: Activity, month: int, district: str, *people: int, at: tuple[int, int] = (3, 31)) -> Any:
        return record(author, at, *_rows_of(activity, month, district, *people))

    return given


def _rows_of(activity: Activity, month: int, district: str, *people: int) -> Iterator[inputs.DeliveryRow]:
    for place, some in enumerate(people):
        yield inputs.DeliveryRow(activity.pk, dt.date(YEAR, month, 1 + place), district, some, some)


def record(author: Actor, at: tuple[int, int], *rows: inputs.DeliveryRow) -> Any:
    """One batch, recorded that day."""
    with on(*at):
        return actions.record_deliveries(inputs.RecordDeliveries(rows), by=author).result


def sent(activity: Activity, author: Actor, reviewer: Actor, *, day: int = 5, reason: str = "", **told: Any) -> Report:
    """A report of the first quarter, sent and approved."""
    command = inputs.SubmitReport(activity.pk, 1, told.pop("achieved", {}), "demanda", "Así fue este trimestre.", **told)
    with on(4, day):
        if reason:
            made = actions.correct_report(inputs.CorrectReport(command, reason), by=author).result
        else:
            made = actions.submit_report(command, by=author).result
        actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
    made.refresh_from_db()
    return made


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(1, 12))
def test_no_few_people_follow_from_the_versions_of_a_report(counts: list[int], floor: int) -> None:
    """Whatever the counts, what is told is none under the floor, and two versions differ by nothing or by the floor at least."""
    told: list[int] = []
    for count in counts:
        told.append(told_people(count * 1_000, [one * 1_000 for one in told], floor) // 1_000)
    assert all(one == 0 or one >= floor for one in told)
    above = sorted({one for one in told if one})
    assert all(after - before >= floor for before, after in pairwise(above))
    assert all(abs(one - count) < floor for one, count in zip(told, counts, strict=True)), "and it is never far from the truth"


def test_by_hand() -> None:
    """Floor 5: 4 is not told; after 50, 53 is 50 again and 55 is told; after 50 and 55, 57 is 55; 3 is none."""
    cases = [(4, [], 0), (5, [], 5), (53, [50], 50), (55, [50], 55), (57, [50, 55], 55), (3, [50], 0), (6, [0], 6)]
    assert [(told_people(count * 1_000, [one * 1_000 for one in before], 5)) // 1_000 for count, before, _ in cases] == [
        told for _, _, told in cases
    ]


def test_the_attack(
    write: Write, approve: Callable[[], None], give: Give, author: Actor, reviewer: Actor, client: Client
) -> None:
    """One woman in January in district 1, three people in March in district 2, 50 elsewhere; beside an activity of workshops.

    Every number of people or units that anyone may read of the first quarter is 54 (or the 20 workshops): no difference of two of
    them gives the one woman or the three.
    """
    advised, workshops = write("A1", {1: 9, 3: 60}, counted=True, **PEOPLE), write("A2", {1: 20}, counted=True)
    approve()
    few = (*_rows_of(advised, 1, "distrito-01", 1), *_rows_of(advised, 3, "distrito-02", 1, 1, 1))
    record(author, (3, 30), *few)
    give(advised, 2, "distrito-03", 20, 30)
    give(workshops, 1, "distrito-01", 20)
    for key in LIVE:
        measure = MEASURES.get(key)
        assert measure is not None
        rows = measure.rows(frozenset({"activity", "district"}))
        assert {row.activity for row in rows.filter(month__gte=YEAR * 12, month__lt=YEAR * 12 + 12)} == {"A2"}
    table = PEOPLE_TABLES.get("annual.people")
    assert table is not None
    assert {row.activity for row in table.rows().filter(month__gte=YEAR * 12)} == {"A2"}, "so no table is the rest of another"
    medians = spread_rows(frozenset({"activity"})).filter(month__gte=YEAR * 12, month__lt=YEAR * 12 + 12)
    assert list(medians.values_list("activity", "units")) == [("A2", 20)]

    report = sent(advised, author, reviewer)
    assert (report.done, list(report.achieved.values_list("month", "amount"))) == (54_000, [(3, 54_000)])
    answer = json.loads(files.read(report.evidence.get().sha256))
    assert answer.pop("head")
    assert answer == {
        "activity": "A1",
        "floor": FLOOR,
        "people": 54,
        "quarter": f"{YEAR}-Q1",
        "question": "annual.units_of_people",
        "unit": "personas asesoradas",
    }
    page = client.get(f"/poa/{PLAN}/{YEAR}/actividad/A1").content.decode()
    assert "Se hicieron 54 de 69 personas asesoradas." in page
    of_months = [row for row in _rows("metas-y-avance-por-mes") if row["actividad"] == "A1"]
    assert [(row["mes"], row["hecho"]) for row in of_months] == [(1, None), (3, 54_000)]
    assert _goals_csv() == ["A1,2031-01,9000,,", "A1,2031-03,60000,,54000"]


def _rows(key: str) -> list[dict[str, Any]]:
    dataset = DATASETS.get(key)
    assert dataset is not None
    assert dataset.rows is not None
    names = [column.name for column in dataset.columns]
    found = (dict(zip(names, row, strict=True)) for row in dataset.rows())
    return [row for row in found if row["ejercicio"] == YEAR]


def _goals_csv() -> list[str]:
    sealed = SEALING.get("annual")
    assert sealed is not None
    lines = sealed.files(PLAN, Period(YEAR, 1))["data/goals.csv"].decode().splitlines()
    return [line.replace('"', "") for line in lines if "A1" in line]


def test_facts_say_neither_how_many_deliveries_nor_of_which_activity(
    write: Write, approve: Callable[[], None], give: Give
) -> None:
    """Where each delivery is one person, how many deliveries there were is a count of people: it is in no fact. That facts are
    counted tells no few people either is the next test."""
    advised, workshops = write("A1", {1: 9}, counted=True, **PEOPLE), write("A2", {1: 9}, counted=True)
    approve()
    give(advised, 1, "distrito-01", 1, 1)
    give(workshops, 1, "distrito-01", 3)
    first, second = Fact.objects.filter(name="annual.deliveries_recorded").order_by("-sequence")[:2][::-1]
    assert first.details == {"plan": PLAN, "year": YEAR}
    assert second.details == {"plan": PLAN, "year": YEAR, "activity": "A2", "deliveries": 1}


def test_under_the_floor_the_report_says_few_and_a_small_correction_says_the_same(
    write: Write, approve: Callable[[], None], give: Give, author: Actor, reviewer: Actor, client: Client
) -> None:
    advised = write("A1", {1: 9}, counted=True, **PEOPLE)
    approve()
    give(advised, 1, "distrito-01", 4)
    assert sent(advised, author, reviewer).done == 0
    assert "Se hicieron menos de 5 de 9 personas asesoradas." in client.get(f"/poa/{PLAN}/{YEAR}/actividad/A1").content.decode()
    give(advised, 1, "distrito-02", 8, at=(4, 6))  # 12 by now
    assert sent(advised, author, reviewer, day=7, reason="Faltaba un registro.").done == 12_000
    with on(4, 8):
        first = DeliveryBatch.objects.filter(deliveries__activity=advised).order_by("pk").first()
        assert first is not None
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(first.pk, "Falta gente en la lista."), by=author)
    give(advised, 1, "distrito-02", 8, at=(4, 8))  # 16, which would tell of 4
    assert sent(advised, author, reviewer, day=9, reason="Faltaba otro registro.").done == 12_000


def test_a_list_to_count_by_hand_says_few_people_as_the_report_does(
    write: Write, approve: Callable[[], None], give: Give, author: Actor, reviewer: Actor
) -> None:
    """Three people in the quarter, of a goal of twenty: the list of what measures may count says only that they are few."""
    activity = write("A1", {1: 20}, counted=True, **PEOPLE)
    approve()
    give(activity, 1, "distrito-01", 1, 2)
    sent(activity, author, reviewer)
    measure = MEASURES.get("annual.activities_fulfilled")
    assert measure is not None and measure.candidates is not None
    with on(4, 25):
        (one,) = measure.candidates({}, Moment.parse(f"{YEAR}-Q1")).items
    assert one.facts[:2] == ("20 personas asesoradas", "menos de 5") and one.why == "no alcanza la meta"


def test_typed_people_are_one_number_and_never_changed_in_silence(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    trained = write("A1", {1: 9}, **PEOPLE)
    approve()
    with pytest.raises(Refused, match="Son menos de 5 personas, y así no se publican: escriba 0, que se lee «menos de 5»"):
        sent(trained, author, reviewer, achieved={3: 4_000})
    with pytest.raises(Refused, match="Del mes 1 no se reporta"):
        sent(trained, author, reviewer, achieved={1: 2_000, 3: 9_000})
    assert sent(trained, author, reviewer, achieved={3: 9_000}, attach=(paper(),)).done == 9_000
    with pytest.raises(Refused, match="Ya se publicó 9, y un cambio de menos de 5 personas no se publica: deje 9"):
        sent(trained, author, reviewer, achieved={3: 11_000}, reason="Llegaron dos más.")
    assert sent(trained, author, reviewer, achieved={3: 14_000}, reason="Llegaron cinco más.").done == 14_000


def test_nobody_said_is_told_as_people_and_asked_before_review(
    write: Write, draft: Exercise, author: Actor, give: Give, approve: Callable[[], None]
) -> None:
    """A row of before the question: its deliveries are told as if they were people; a new one is not sent without the answer."""
    activity = write("A1", {1: 9}, counted=True, of_people=None)
    with pytest.raises(Refused, match=re.escape("Actividad A1: no dice si su unidad, «talleres», cuenta personas")):
        approve()
    Exercise.objects.filter(pk=draft.pk).update(state="approved")
    give(activity, 1, "distrito-01", 1)
    measure = MEASURES.get("annual.deliveries_units")
    assert measure is not None
    assert not measure.rows(frozenset({"activity"})).filter(activity="A1").exists()


def test_a_goal_of_few_people_is_refused_with_its_quarter(write: Write, approve: Callable[[], None]) -> None:
    write("A1", {1: 9, 4: 2, 5: 2}, **PEOPLE)
    with pytest.raises(Refused, match="Actividad A1: su meta del trimestre 2 es de menos de 5 personas"):
        approve()


def test_few_people_do_not_follow_from_counting_the_facts(
    write: Write, approve: Callable[[], None], give: Give, author: Actor
) -> None:
    """Three women, each recorded by itself, would be three public facts beside «menos de 5». Of each quarter and activity one
    small batch counts; those at the floor, of another quarter or of things come as they like; withdrawn, another may come."""
    advised, workshops = write("A1", {1: 9, 4: 9}, counted=True, **PEOPLE), write("A2", {1: 20}, counted=True)
    approve()
    small = give(advised, 1, "distrito-01", 1)
    with pytest.raises(Refused, match="Del trimestre 1, «A1» ya tiene un registro de menos de 5 personas asesoradas"):
        give(advised, 3, "distrito-02", 1, 1, 1)
    give(advised, 2, "distrito-02", 3, 2)
    give(advised, 4, "distrito-02", 1, at=(4, 2))
    for day in (28, 29, 30):
        give(workshops, 1, "distrito-01", 1, at=(3, day))
    with on(4, 1):
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(small.pk, "Se registra con otras."), by=author)
    give(advised, 3, "distrito-02", 1, 1, 1, at=(4, 1))
    with pytest.raises(Refused, match="Junte varias entregas en un archivo"):
        give(advised, 3, "distrito-03", 4, at=(4, 1))


def test_an_adjustment_makes_no_goal_of_few_people(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    """Refused when it is proposed and, of one that was there before the rule, when it is approved; 5 is enough, so is none."""
    activity = write("A1", {1: 20, 4: 20, 10: 20}, **PEOPLE)
    approve()
    few = "Actividad A1: su meta del trimestre 4 es de menos de 5 personas"
    with on(2, 1), pytest.raises(Refused, match=few):
        actions.propose_adjustment(inputs.ProposeAdjustment(activity.pk, {10: 3_000}, "Hay menos dinero."), by=author)
    with on(2, 1):
        made = actions.propose_adjustment(inputs.ProposeAdjustment(activity.pk, {10: 5_000}, "Hay menos dinero."), by=author)
    Adjustment.objects.filter(pk=made.result.pk).update(after={"1": 20_000, "4": 20_000, "10": 3_000})
    with on(2, 2), pytest.raises(Refused, match=few):
        actions.approve_adjustment(inputs.DecideAdjustment(made.result.pk), by=reviewer)
    Adjustment.objects.filter(pk=made.result.pk).update(after={"1": 20_000, "4": 20_000, "10": 0})
    with on(2, 2):
        actions.approve_adjustment(inputs.DecideAdjustment(made.result.pk), by=reviewer)
    assert {goal.month: goal.holds for goal in activity.goals.all()} == {1: 20_000, 4: 20_000, 10: 0}


def test_no_page_says_none_where_there_were_few(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor, client: Client
) -> None:
    """Four of forty in the first quarter: the year, the programme, the line, the search and the activity's own table say few."""
    advised = write("A1", {1: 40, 4: 40}, counted=True, **PEOPLE)
    approve()
    record(author, (3, 31), *_rows_of(advised, 1, "distrito-01", 4))
    sent(advised, author, reviewer)
    with on(4, 25):
        for page, times in (("", 1), ("/programa/01", 1), ("/actividad/A1", 2)):  # the activity's: in words and in its table
            assert client.get(f"/poa/{PLAN}/{YEAR}{page}").content.decode().count("menos de 5") == times, page
        (told,) = (one for one in _of(PLAN, "linea-1.1") if one.label.startswith("A1 "))
        assert told.value == "menos de 5 de 80 personas asesoradas"
        assert _about_activity(f"{PLAN}/{YEAR}/A1")[0].value == "menos de 5 de 80 personas asesoradas"


def test_the_year_is_said_with_its_quarters_of_few(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    """By hand. Few and 54 are «54 o pocas más»; few twice, of each quarter; where months do not add up, the last one tells."""
    added, level = write("A1", {1: 40, 4: 40}, **PEOPLE), write("A2", {1: 40, 4: 40}, cumulative=False, **PEOPLE)
    approve()
    words = []
    for quarter, month, counts in ((1, 3, (0, 54)), (2, 6, (0, 0))):
        for activity, count in zip((added, level), counts, strict=True):
            at = month if activity == added else month - 2
            command = inputs.SubmitReport(activity.pk, quarter, {at: count * 1_000}, "demanda", "Así fue este trimestre.")
            with on(month + 1, 5):
                made = actions.submit_report(command, by=author).result
                actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
        words.append([year_done_words(activity_view(one)) for one in (added, level)])
    assert words == [["menos de 5", "54"], ["menos de 5 en cada trimestre", "menos de 5"]]
    with on(7, 9):
        command = inputs.SubmitReport(added.pk, 2, {6: 54_000}, "demanda", "Así fue este trimestre.")
        made = actions.correct_report(inputs.CorrectReport(command, "Faltaba una lista."), by=author).result
        actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
    assert year_done_words(activity_view(added)) == "54 o pocas más"


def test_what_has_its_report_is_not_unknown(write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor) -> None:
    """One number a quarter is all that is ever told: with it, nothing of the quarter is unknown; without, it is."""
    activity = write("A1", {1: 10, 2: 10, 4: 10}, **PEOPLE)
    approve()
    view = activity_view(activity)
    with on(3, 31):
        assert [one.is_untold for one in view.quarters] == [False, False, False, False]
    with on(4, 2):
        assert [one.is_untold for one in view.quarters] == [True, False, False, False]
    sent(activity, author, reviewer, achieved={3: 20_000})
    with on(7, 2):
        assert [one.is_untold for one in activity_view(activity).quarters] == [False, True, False, False]


@pytest.mark.parametrize(("unit", "people"), [("personas-hora", False), ("personas asesoradas", True), ("mujeres", True)])
def test_units_that_say_people(unit: str, people: bool) -> None:
    assert bool(PEOPLE_WORDS.match(unit)) is people


def test_until_when_it_is_known_goes_by_quarters(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    """Ten people each month, told by one number in March: known until March. Of another with nothing reported, nothing is; of a
    third without a goal before April, nothing either before its report."""
    told = write("A1", dict.fromkeys(range(1, 13), 10), **PEOPLE)
    silent, later = write("A2", {1: 10}, **PEOPLE), write("A3", {4: 10}, **PEOPLE)
    approve()
    sent(told, author, reviewer, achieved={3: 30_000})
    assert doors.known_until(told.exercise_id) == {told.pk: 3}
    command = inputs.SubmitReport(later.pk, 2, {6: 10_000})
    with on(7, 3):
        made = actions.submit_report(command, by=author).result
        actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
    late = inputs.SubmitReport(told.pk, 3, {9: 30_000})
    with on(10, 3):
        made = actions.submit_report(late, by=author).result
        actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
    assert doors.known_until(told.exercise_id) == {told.pk: 3, later.pk: 6}, "the second quarter of the first one is missing"
    assert silent.pk not in doors.known_until(told.exercise_id)


def test_the_measure_says_no_month_and_no_quarter_of_few(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    """Few in the first quarter, 30 in the second: neither 0 nor a month is any number of people; of the workshops all is told."""
    advised, workshops = write("A1", {3: 20, 6: 20}, **PEOPLE), write("A2", {1: 5})
    approve()
    sent(advised, author, reviewer, achieved={3: 0})
    sent(workshops, author, reviewer, achieved={1: 0, 2: 0, 3: 0})
    with on(7, 5):
        made = actions.submit_report(inputs.SubmitReport(advised.pk, 2, {6: 30_000}, "demanda", "Vinieron más."), by=author)
        actions.approve_report(inputs.DecideReport(made.result.pk), by=reviewer)
    with on(7, 30):
        told = {
            (key, period): read_one(key, period)
            for key, periods in (("A1", ("M03", "M06", "M02", "Q1", "Q2")), ("A2", ("M01", "Q1")))
            for period in periods
        }
        of_the_year = read_one("A1", "")
    private, none = Reading(None, Why.PRIVACY), Reading(Fraction(0))
    assert told == {
        **{("A1", period): private for period in ("M03", "M06", "M02", "Q1")},
        ("A1", "Q2"): Reading(Fraction(30)),
        ("A2", "M01"): none,
        ("A2", "Q1"): none,
    }
    assert of_the_year.value is None
    measure = MEASURES.get("annual.goal_achieved")
    assert measure is not None
    rows = measure.rows(frozenset({"activity"})).filter(month__gte=YEAR * 12)
    assert list(rows.filter(activity="A1").values_list("month", "amount")) == [(YEAR * 12 + 5, 30_000)], "no row says 0 people"
    assert rows.filter(activity="A2").count() == 3
    sealed = SEALING.get("annual")
    assert sealed is not None
    activities = list(csv.DictReader(sealed.files(PLAN, Period(YEAR, 2))["data/activities.csv"].decode().splitlines()))
    assert [(one["activity"], one["people"]) for one in activities] == [("A1", "sí"), ("A2", "no")]


def read_one(key: str, period: str) -> Reading:
    moment = Moment.parse(f"{YEAR}-{period}" if period else str(YEAR))
    cell = Cell("annual.goal_achieved", (("activity", key),), moment)
    return read([cell])[cell]
