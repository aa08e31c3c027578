"""What was to be done, was, and by when: months that do not add up, reports returned, corrections, and goals that ended."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from calpulli.annual import actions, inputs, queries
from calpulli.annual.doors import awaited_again
from calpulli.annual.models import Activity, Report
from calpulli.annual.offers.chores import waiting
from calpulli.annual.offers.measures import reports_told
from calpulli.budget.queries.programme import programme_of
from calpulli.commons import clock
from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.sealing import SEALING
from calpulli_core.calendars.periods import Period
from calpulli_core.indicators.moments import Moment
from tests.annual.conftest import PLAN, YEAR, Write, on, paper
from tests.annual.test_measures import cells
from tests.signing import signed_in

Approve = Callable[[], None]
TOLD = "Así fue este trimestre, sin más."


class Area:
    """The area and its reviewer, who report the first quarter of an activity."""

    def __init__(self, activity: Activity, author: Actor, reviewer: Actor) -> None:
        self.activity, self.author, self.reviewer = activity, author, reviewer

    def said(self, months: tuple[int, ...], *, shown: bool) -> inputs.SubmitReport:
        achieved = {month: amount * 1_000 for month, amount in enumerate(months, 1)}
        return inputs.SubmitReport(self.activity.pk, 1, achieved, "demanda", TOLD, (paper(),) if shown else ())

    def send(self, month: int, day: int, months: tuple[int, ...], *, shown: bool = True) -> Report:
        with on(month, day):
            return actions.submit_report(self.said(months, shown=shown), by=self.author).result

    def correct(self, month: int, day: int, months: tuple[int, ...], *, shown: bool = True) -> Report:
        command = inputs.CorrectReport(self.said(months, shown=shown), "Se había contado mal lo que se hizo.")
        with on(month, day):
            made = actions.correct_report(command, by=self.author).result
        self.accept(month, day, made)
        return made

    def send_back(self, month: int, day: int, report: Report) -> None:
        with on(month, day):
            actions.return_report(inputs.ReturnReport(report.pk, "Falta decir en qué sede se hizo."), by=self.reviewer)

    def accept(self, month: int, day: int, report: Report) -> None:
        with on(month, day):
            actions.approve_report(inputs.DecideReport(report.pk), by=self.reviewer)

    def view(self) -> queries.ActivityView:
        return queries.activity_view(Activity.objects.get(pk=self.activity.pk))

    def page(self, month: int, day: int) -> str:
        with on(month, day):
            return Client().get(f"/poa/{PLAN}/{YEAR}/actividad/{self.activity.key}").content.decode()


@pytest.fixture
def area(write: Write, approve: Approve, author: Actor, reviewer: Actor) -> Area:
    """A-1 is to do 5 in January; the term of the quarter ends on the 20th of April."""
    activity = write("A-1", {1: 5})
    approve()
    return Area(activity, author, reviewer)


def fulfilled(area: Area) -> bool:
    """As the page, the measure and what is sealed say: the three the same."""
    counted = cells("annual.activities_fulfilled", "activity") == {(1, area.activity.key): 1}
    row = sealed("reports.csv")[0]
    assert (row["met_on"] != "" and row["met_on"] <= row["due_on"]) is counted
    assert area.view().quarter(1).is_fulfilled is counted
    return counted


def sealed(name: str) -> list[dict[str, str]]:
    with on(12, 1):
        files = SEALING.get("annual").files(PLAN, Period(YEAR, 1))  # type: ignore[union-attr]
    return list(csv.DictReader(io.StringIO(files[f"data/{name}"].decode())))


# Months that do not add up.


def test_a_last_month_without_a_goal_makes_nothing_of_the_year(
    write: Write, approve: Approve, author: Actor, reviewer: Actor
) -> None:
    """90 and 95 per cent in January and February; in March there was nothing to do."""
    activity = write("NC", {1: 90, 2: 95, 3: 0, 12: 0}, cumulative=False, unit="por ciento")
    area = Area(activity, author, reviewer)
    assert area.view().year_goal == 95_000
    approve()
    area.accept(4, 6, area.send(4, 5, (90, 95)))
    view = area.view()
    assert (view.year_goal, view.year_programmed, view.year_done) == (95_000, 95_000, 95_000)
    assert (view.quarter(1).goal, view.quarter(1).counting and view.quarter(1).counting.done) == (95_000, 95_000)
    told = programme_of(YEAR, PLAN)
    assert told
    assert (told.activities["NC"].goal, told.activities["NC"].achieved, told.activities["NC"].pending) == (95_000, 95_000, 0)
    assert [row["done"] for row in sealed("reports.csv")] == ["95000"]
    assert [row["achieved"] for row in sealed("goals.csv")] == ["90000", "95000", "", ""]


# A report that was returned.


def test_what_came_in_time_and_was_returned_has_a_term_of_its_own(area: Area) -> None:
    """Sent on the 18th, returned on the 30th: five days more, until the 5th of May."""
    first = area.send(4, 18, (5, 0, 0))
    area.send_back(4, 30, first)
    with on(5, 4):
        quarter = area.view().quarter(1)
        assert (quarter.is_late, quarter.due_on) == (False, dt.date(YEAR, 5, 5))
        assert quarter.standing == "Se envió a tiempo y se devolvió el 30/04/2031; puede volver a enviarse hasta el 05/05/2031."
        assert "Ninguno: todo lo que vencía se envió." in Client().get(f"/poa/{PLAN}/{YEAR}").content.decode()
    area.accept(6, 1, area.send(5, 5, (5, 0, 0)))
    assert "Se envió a tiempo; se devolvió y volvió a enviarse en su propio plazo." in area.page(6, 2)
    assert fulfilled(area)
    assert sealed("reports.csv")[0]["due_on"] == f"{YEAR}-05-05"


def test_while_that_term_runs_nothing_that_it_may_tell_is_judged(area: Area) -> None:
    """Due on the 20th of April, sent on the 18th and returned on the 30th: until the 5th of May it may still come in time."""
    mine, other = {"line": area.activity.shares.get().line}, {"line": "linea-5.6"}

    def told(month: int, day: int) -> tuple[bool, ...]:
        rule = reports_told(Moment.parse(f"{YEAR}-Q1"), dt.date(YEAR, month, day))
        return rule({}), rule(mine), rule({"activity": area.activity.key}), rule(other)

    first = area.send(4, 18, (5, 0, 0))
    assert (told(4, 20), told(4, 21)) == ((False,) * 4, (True,) * 4)
    area.send_back(4, 30, first)
    assert (told(5, 5), told(5, 6)) == ((False, False, False, True), (True,) * 4)
    [again] = awaited_again(PLAN, YEAR)
    assert (again.quarter, again.until) == (1, dt.date(YEAR, 5, 5))
    area.send(5, 5, (5, 0, 0))
    assert awaited_again(PLAN, YEAR) == (), "sent again, nothing more is awaited"
    assert told(5, 5) == (True,) * 4


def test_what_comes_late_and_is_returned_has_no_such_term(area: Area) -> None:
    area.send_back(4, 30, area.send(4, 21, (5, 0, 0)))
    assert awaited_again(PLAN, YEAR) == ()


def test_sent_again_after_that_term_it_is_late(area: Area) -> None:
    area.send_back(4, 30, area.send(4, 18, (5, 0, 0)))
    with on(5, 6):
        quarter = area.view().quarter(1)
        assert (quarter.is_late, quarter.words) == (True, "Devuelto, con atraso")
        assert (
            quarter.standing == "Se envió a tiempo y se devolvió el 30/04/2031; había que volver a enviarlo hasta el 05/05/2031."
        )
    area.accept(5, 8, area.send(5, 6, (5, 0, 0)))
    assert not fulfilled(area)
    assert "Se envió después del plazo." in area.page(6, 2)


def test_a_return_before_the_term_ends_does_not_shorten_it(area: Area) -> None:
    area.send_back(4, 3, area.send(4, 2, (5, 0, 0)))
    assert area.view().quarter(1).due_on == dt.date(YEAR, 4, 20)
    area.accept(4, 30, area.send(4, 20, (5, 0, 0)))
    assert fulfilled(area)


def test_a_late_one_that_is_returned_stays_late(area: Area) -> None:
    area.send_back(4, 22, area.send(4, 21, (5, 0, 0)))
    assert area.view().quarter(1).due_on == dt.date(YEAR, 4, 20)
    area.accept(4, 24, area.send(4, 23, (5, 0, 0)))
    assert not fulfilled(area)


class Ticking(dt.datetime):
    """A clock of which each look is a fifth of a second later; it begins in the last tenth of the last day of the term."""

    looks = 0

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        begins = dt.datetime(YEAR, 4, 21, 5, 59, 59, 900_000, tzinfo=dt.UTC)  # six hours ahead of the institute
        cls.looks += 1
        return begins + (cls.looks - 1) * dt.timedelta(milliseconds=200)


def test_what_is_sent_at_the_last_moment_is_sent_on_one_day(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight comes while it is being sent: all that is kept of it, and what is sealed, is of the day on which it began."""
    with monkeypatch.context() as patched:
        patched.setattr(clock, "dt", SimpleNamespace(datetime=Ticking, UTC=dt.UTC))
        made = actions.submit_report(area.said((5, 0, 0), shown=True), by=area.author).result
        assert clock.today() == dt.date(YEAR, 4, 21)
    assert clock.day_of(made.submitted_at) == made.met_on == dt.date(YEAR, 4, 20)
    assert made.on_time
    area.accept(4, 22, made)
    assert fulfilled(area)
    row = sealed("reports.csv")[0]
    assert (row["sent_on"], row["met_on"]) == (f"{YEAR}-04-20", f"{YEAR}-04-20")


def test_who_was_given_days_is_not_reminded_as_late(area: Area) -> None:
    """On the day after the quarter's term its area is told of what nobody sent, not of what was returned with days left."""
    area.send_back(4, 19, area.send(4, 18, (5, 0, 0)))
    with on(4, 21):
        assert list(waiting()) == []


# Corrections.


@pytest.mark.parametrize(("first", "shown"), [((4, 0, 0), True), ((5, 0, 0), False)], ids=["short", "bare"])
def test_a_correction_after_the_term_brings_nothing_to_what_counts(area: Area, first: tuple[int, ...], shown: bool) -> None:
    area.accept(4, 12, area.send(4, 10, first, shown=shown))
    assert not fulfilled(area)
    made = area.correct(11, 23, (5, 0, 0))
    assert (made.on_time, made.met_on) == (True, dt.date(YEAR, 11, 23))
    assert not fulfilled(area)
    page = area.page(11, 24)
    assert "No cuenta como cumplida: lo que faltaba llegó en una corrección, después del plazo." in page
    assert "Se envió a tiempo y se corrigió después." in page
    assert "La corrección se envió el 23/11/2031" in page
    assert "Enviado el 23/11/2031" not in page


def test_a_correction_in_the_term_may_bring_it(area: Area) -> None:
    area.accept(4, 12, area.send(4, 10, (4, 0, 0)))
    area.correct(4, 20, (5, 0, 0))
    assert fulfilled(area)


def test_a_correction_after_the_term_takes_away_and_gives_back_what_was_so_in_it(area: Area) -> None:
    area.accept(4, 12, area.send(4, 10, (5, 0, 0)))
    area.correct(6, 1, (6, 0, 0))
    assert fulfilled(area)
    assert sealed("reports.csv")[0]["met_on"] == f"{YEAR}-04-10"
    assert sealed("reports.csv")[0]["sent_on"] == f"{YEAR}-06-01"
    area.correct(7, 1, (4, 0, 0))
    assert not fulfilled(area)
    area.correct(8, 1, (5, 0, 0))
    assert fulfilled(area)


def test_who_corrects_or_reviews_it_is_told_before(area: Area) -> None:
    area.accept(4, 12, area.send(4, 10, (4, 0, 0)))
    here = f"/mesa/poa/actividad/{area.activity.pk}/trimestre/1"
    with on(6, 1):
        told = signed_in("area").get(here).content.decode()
        assert "una corrección ya no hará que la actividad cuente como cumplida" in told
        command = inputs.CorrectReport(area.said((5, 0, 0), shown=True), "Se había contado mal lo que se hizo.")
        actions.correct_report(command, by=area.author)
        told = signed_in("revision").get(here).content.decode()
    assert "Aunque se apruebe, la actividad no contará como cumplida: lo que faltaba llegó después del 20/04/2031" in told


# Goals of months that ended.


def test_an_adjustment_is_approved_before_its_first_month_ends(area: Area, author: Actor, reviewer: Actor) -> None:
    with on(1, 25):
        command = inputs.ProposeAdjustment(area.activity.pk, {1: 0, 12: 1_000}, "No se va a poder hacer en enero.")
        proposed = actions.propose_adjustment(command, by=author).result
        assert queries.approvable_until(proposed) == dt.date(YEAR, 1, 31)
        assert "puede aprobarse hasta el 31/01/2031" in signed_in("revision").get("/mesa").content.decode().lower()
        assert "Puede aprobarse hasta el 31 de enero de 2031" in decision(proposed.pk)
    before = cells("annual.activities_due"), sealed("goals.csv")
    with on(9, 30):
        assert "Ya no puede aprobarse" in decision(proposed.pk)
        with pytest.raises(Refused, match=r"El mes 1 de 2031 ya terminó.* Este ajuste ya no puede aprobarse"):
            actions.approve_adjustment(inputs.DecideAdjustment(proposed.pk), by=reviewer)
        assert (cells("annual.activities_due"), sealed("goals.csv")) == before
        actions.refuse_adjustment(inputs.DecideAdjustment(proposed.pk, "Ya terminó enero."), by=reviewer)


def test_on_the_last_day_of_that_month_it_can(area: Area, author: Actor, reviewer: Actor) -> None:
    with on(1, 31):
        command = inputs.ProposeAdjustment(area.activity.pk, {1: 2_000}, "Se va a hacer menos en enero.")
        proposed = actions.propose_adjustment(command, by=author).result
        actions.approve_adjustment(inputs.DecideAdjustment(proposed.pk), by=reviewer)
    assert area.view().goals == {1: 2_000}


def test_december_ends_with_the_year(area: Area, author: Actor) -> None:
    with on(11, 3):
        command = inputs.ProposeAdjustment(area.activity.pk, {12: 2_000}, "Se agrega en diciembre lo que falta.")
        assert queries.approvable_until(actions.propose_adjustment(command, by=author).result) == dt.date(YEAR, 12, 31)


def decision(adjustment: int) -> str:
    return signed_in("revision").get(f"/mesa/poa/ajuste/{adjustment}").content.decode()
