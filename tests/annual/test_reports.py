"""What a report may say and when: each rule with a case worked by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

from calpulli.annual import actions, inputs, queries
from calpulli.annual.inputs.amounts import read_amount
from calpulli.annual.models import Activity, Adjustment, Evidence, Report
from calpulli.annual.offers.sealing import _files
from calpulli.commons.act import Action, Actor, Refused
from calpulli_core.board.layout import GOALS, REPORTS
from calpulli_core.calendars.periods import Period
from tests.annual.conftest import PLAN, YEAR, Write, on, paper

Months = tuple[int, ...]


def say(activity: Activity, done: Months, **more: Any) -> inputs.SubmitReport:
    """A report of those months, in whole units, with evidence and what a variance needs."""
    told = {month: amount * 1_000 for month, amount in enumerate(done, 1)}
    given = {"cause": "demanda", "narrative": "Hubo menos personas de las esperadas.", "attach": (paper(),)} | more
    return inputs.SubmitReport(activity.pk, 1, told, **given)


def send(activity: Activity, author: Actor, done: Months, *, at: tuple[int, int] = (4, 6), **more: Any) -> Report:
    with on(*at):
        return actions.submit_report(say(activity, done, **more), by=author).result


def refusal(action: Action[Any, Any], command: Any, by: Actor) -> dict[str | None, str]:
    """What the act refuses, by field; it must refuse."""
    with pytest.raises(Refused) as refused:
        action(command, by=by)
    fields = {problem.field for problem in refused.value.problems}
    return {field: " ".join(one.message for one in refused.value.problems if one.field == field) for field in fields}


@pytest.fixture
def activity(write: Write, approve: Callable[[], None]) -> Activity:
    found = write("A-1", {1: 4, 2: 4, 3: 4, 9: 5})
    approve()
    return found


@pytest.fixture
def percentage(write: Write, approve: Callable[[], None]) -> Activity:
    """One whose months do not add up: its quarter's goal stands in its second month."""
    found = write("P-1", {1: 90, 2: 95, 3: 0, 6: 97, 12: 0}, cumulative=False, unit="por ciento")
    approve()
    return found


def test_before_its_quarter_ends_nothing_is_reported(activity: Activity, author: Actor) -> None:
    with on(3, 31):
        told = refusal(actions.submit_report, say(activity, (4, 4, 4)), author)
    assert told == {None: f"El trimestre termina el 31/03/{YEAR}: repórtelo a partir del día siguiente."}
    assert send(activity, author, (4, 4, 4), at=(4, 1)).version == 1


@pytest.mark.parametrize("quarter", [0, 5, -1, 99])
def test_there_are_four_quarters(activity: Activity, author: Actor, quarter: int) -> None:
    with on(12, 31):
        assert "no existe" in refusal(actions.submit_report, inputs.SubmitReport(activity.pk, quarter), author)["quarter"]


def test_a_draft_is_not_reported(write: Write, author: Actor) -> None:
    draft = write("A-1", {1: 4})
    with on(4, 6):
        told = refusal(actions.submit_report, say(draft, (4, 0, 0)), author)[None]
        assert "está «en elaboración» y el paso pide que esté «aprobado»" in told
        adjust = inputs.ProposeAdjustment(draft.pk, {9: 3_000}, "Se cerró una sede.")
        assert "está «en elaboración»" in refusal(actions.propose_adjustment, adjust, author)[None]


def test_one_version_waits_at_a_time_and_an_approved_one_is_corrected(activity: Activity, author: Actor, reviewer: Actor) -> None:
    with on(4, 6):
        correction = inputs.CorrectReport(say(activity, (4, 4, 3)), "Se contó en marzo uno de abril.")
        assert "no tiene un reporte aprobado" in refusal(actions.correct_report, correction, author)[None]
    sent = send(activity, author, (4, 4, 4))
    with on(4, 7):
        assert "ya está en revisión" in refusal(actions.submit_report, say(activity, (4, 4, 3)), author)[None]
        decide = inputs.DecideReport(sent.pk)
        actions.approve_report(decide, by=reviewer)
        assert "ya se decidió" in refusal(actions.approve_report, decide, reviewer)[None]
        assert "ya se decidió" in refusal(actions.return_report, inputs.ReturnReport(sent.pk, "Falta la sede."), reviewer)[None]
        assert "corríjalo con su motivo" in refusal(actions.submit_report, say(activity, (4, 4, 3)), author)[None]
        short = inputs.CorrectReport(say(activity, (4, 4, 3)), "Mal")
        assert "muy corto" in refusal(actions.correct_report, short, author)["correction"]
        kept = tuple(sent.evidence.values_list("pk", flat=True))
        same = inputs.CorrectReport(
            say(activity, (4, 4, 4), attach=(), keep=kept, narrative=sent.narrative), "No cambia nada aquí."
        )
        assert "dice lo mismo" in refusal(actions.correct_report, same, author)[None]
        actions.correct_report(correction, by=author)
        assert "ya está en revisión" in refusal(actions.correct_report, correction, author)[None]
    counting = Report.objects.get(activity=activity, counts=True)
    assert (counting.version, counting.done) == (1, 12_000), "the approved version counts while the other waits"


@pytest.mark.parametrize(
    ("months", "field", "told"),
    [
        ({1: 4_000, 2: 4_000}, "month_3", "Escriba cuánto se hizo"),
        ({1: 4_000, 2: 4_000, 3: -1}, "month_3", "de 0 a un billón"),
        ({1: 4_000, 2: 4_000, 3: 10**15 + 1}, "month_3", "de 0 a un billón"),
        ({1: 4_000, 2: 4_000, 3: 4_000, 4: 1}, "achieved", "Del mes 4 no se reporta"),
        ({1: 4_000, 2: 4_000, 3: 4_000, 0: 1}, "achieved", "Del mes 0 no se reporta"),
        ({}, "month_1", "Escriba cuánto se hizo"),
    ],
)
def test_its_months_are_those_of_the_quarter(
    activity: Activity, author: Actor, months: dict[int, int], field: str, told: str
) -> None:
    command = inputs.SubmitReport(activity.pk, 1, months, "demanda", "Hubo menos personas de las esperadas.")
    with on(4, 6):
        assert told in refusal(actions.submit_report, command, author)[field]
    assert not Report.objects.filter(activity=activity).exists()


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"cause": "", "narrative": ""}, {"cause", "narrative"}),
        ({"cause": "nada", "narrative": "Hubo menos personas."}, {"cause"}),
        ({"cause": "demanda", "narrative": "Corto"}, {"narrative"}),
        ({"cause": "demanda", "narrative": " " * 40}, {"narrative"}),
        ({"cause": "demanda", "narrative": "ñ" * 4_001}, {"narrative"}),
        ({"cause": "demanda", "narrative": "Con un salto \x07 de campana."}, {"narrative"}),
        ({"cause": "demanda", "narrative": "Al revés \u202e se lee otra cosa."}, {"narrative"}),
    ],
)
def test_a_variance_is_explained(activity: Activity, author: Actor, said: dict[str, str], fields: set[str]) -> None:
    with on(4, 6):
        assert set(refusal(actions.submit_report, say(activity, (4, 4, 3), **said), author)) == fields


def test_without_a_variance_nothing_is_asked_and_its_cause_is_not_kept(activity: Activity, author: Actor) -> None:
    sent = send(activity, author, (6, 2, 4), cause="demanda", narrative="")
    assert (sent.done, sent.goal, sent.cause, sent.narrative) == (12_000, 12_000, "", "")


def test_long_texts_of_any_letters_are_kept_as_they_are(activity: Activity, author: Actor) -> None:
    longest = ("Ñandú 漢字 🏳️‍🌈\n" * 400)[:4_000].strip()
    assert send(activity, author, (4, 4, 3), narrative=longest).narrative == longest


# By hand: the quarter ends on 31/03 and its reports are due within 20 days, on 20/04; what was returned, within 5 days of the
# return, or by then if that is later. Each is returned on the day on which it was sent. The goal is 12.
FULL, SHORT = (4, 4, 4), (4, 4, 3)
Sending = tuple[tuple[int, int], Months]


@pytest.mark.parametrize(
    ("sendings", "in_time"),
    [
        ([((4, 20), FULL)], True),
        ([((4, 21), FULL)], False),
        ([((4, 20), SHORT)], True),
        ([((4, 10), SHORT), ((4, 20), FULL)], True),
        ([((4, 20), FULL), ((4, 25), FULL)], True),
        ([((4, 20), FULL), ((4, 26), FULL)], False),
        ([((4, 20), FULL), ((4, 25), FULL), ((4, 30), FULL)], True),
        # once late, a return gives nothing
        ([((4, 21), FULL), ((4, 22), FULL)], False),
        ([((4, 20), FULL), ((4, 26), FULL), ((4, 27), FULL)], False),
    ],
)
def test_in_time(activity: Activity, author: Actor, reviewer: Actor, sendings: list[Sending], in_time: bool) -> None:
    for day, done in sendings:
        with on(*day):
            last = actions.submit_report(say(activity, done), by=author).result
            if day != sendings[-1][0]:
                actions.return_report(inputs.ReturnReport(last.pk, "Falta decir en qué sede se hizo."), by=reviewer)
    last.refresh_from_db()
    assert last.on_time is in_time


Correction = tuple[tuple[int, int], Months, bool]  # the day, what was done, and whether with evidence


@pytest.mark.parametrize(
    ("corrections", "fulfilled"),
    [
        ([((4, 20), FULL, True)], True),
        ([((4, 21), FULL, True)], False),
        ([((4, 20), FULL, True), ((5, 30), FULL, True)], True),
        # what was missing came later: that is late
        ([((4, 20), FULL, False), ((4, 21), FULL, True)], False),
        ([((4, 20), SHORT, True), ((4, 21), FULL, True)], False),
        ([((4, 10), SHORT, True), ((4, 20), FULL, True)], True),
        # corrected downwards it no longer is
        ([((4, 20), FULL, True), ((5, 30), SHORT, True)], False),
        ([((4, 20), FULL, True), ((5, 30), FULL, False)], False),
        # down and up again: what was so in time is so
        ([((4, 20), FULL, True), ((5, 1), SHORT, True), ((5, 30), FULL, True)], True),
        ([((4, 20), SHORT, True), ((5, 1), FULL, True), ((5, 30), FULL, True)], False),
    ],
)
def test_what_corrections_make_of_it(
    activity: Activity, author: Actor, reviewer: Actor, corrections: list[Correction], fulfilled: bool
) -> None:
    for number, (day, done, shown) in enumerate(corrections):
        said = say(activity, done, attach=(paper(),) if shown else (), narrative=f"Hubo menos personas: {number}.")
        with on(*day):
            if number:
                sent = actions.correct_report(inputs.CorrectReport(said, "Se había contado mal."), by=author).result
            else:
                sent = actions.submit_report(said, by=author).result
            actions.approve_report(inputs.DecideReport(sent.pk), by=reviewer)
    assert queries.activity_view(activity).quarter(1).is_fulfilled is fulfilled


def test_a_correction_after_the_term_does_not_turn_a_miss_into_a_success(
    activity: Activity, author: Actor, reviewer: Actor
) -> None:
    sent = send(activity, author, FULL, attach=())
    with on(4, 7):
        actions.approve_report(inputs.DecideReport(sent.pk), by=reviewer)
        assert not queries.activity_view(activity).quarter(1).is_fulfilled
    with on(11, 20):
        added = inputs.CorrectReport(say(activity, FULL), "Faltaba agregar la constancia.")
        again = actions.correct_report(added, by=author).result
        actions.approve_report(inputs.DecideReport(again.pk), by=reviewer)
        view = queries.activity_view(activity).quarter(1)
    assert view.counting and view.counting.version == 2
    assert not view.is_fulfilled
    assert view.standing == "Se envió a tiempo y se corrigió después."


def test_of_what_was_sent_in_time_and_returned_the_term_is_its_own(activity: Activity, author: Actor, reviewer: Actor) -> None:
    sent = send(activity, author, FULL)
    with on(4, 19):
        actions.return_report(inputs.ReturnReport(sent.pk, "Falta decir en qué sede se hizo."), by=reviewer)
    with on(4, 24):
        view = queries.activity_view(activity).quarter(1)
        assert (view.waits_for_area, view.is_late) == (True, False)
        assert view.standing == f"Se envió a tiempo y se devolvió el 19/04/{YEAR}; puede volver a enviarse hasta el 24/04/{YEAR}."
    with on(4, 25):
        assert queries.activity_view(activity).quarter(1).is_late


def test_where_months_do_not_add_up_only_those_with_a_goal_are_told(percentage: Activity, author: Actor, reviewer: Actor) -> None:
    """By hand: goals 90, 95 and none in March; the quarter is worth 95, and what was done is February's."""
    with on(4, 6):
        view = queries.activity_view(percentage).quarter(1)
        assert (view.goal, view.told_months) == (95_000, (1, 2))
        stray = refusal(actions.submit_report, say(percentage, (90, 95, 0)), author)
        assert "Del mes 3 no se reporta" in stray["achieved"]
        sent = actions.submit_report(say(percentage, (90, 96)), by=author).result
        actions.approve_report(inputs.DecideReport(sent.pk), by=reviewer)
        whole = queries.activity_view(percentage)
    assert (sent.goal, sent.done) == (95_000, 96_000)
    assert (whole.year_goal, whole.year_programmed, whole.year_done) == (97_000, 97_000, 96_000)
    files = _files(PLAN, Period(YEAR, 1))
    goals, [report] = rows_of(files[GOALS], "P-1"), rows_of(files[REPORTS], "P-1")
    # As bundle.md asks: what the last month told says is what was done in the quarter.
    assert [row["achieved"] for row in goals] == ["90000", "96000", "", "", ""]
    assert (report["goal"], report["done"]) == ("95000", "96000")


def rows_of(table: bytes, activity: str) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(io.StringIO(table.decode())) if row["activity"] == activity]


def test_counted_ones_whose_months_do_not_add_up_tell_the_same_months(
    write: Write, approve: Callable[[], None], author: Actor
) -> None:
    activity = write("C-1", {1: 3, 2: 5}, cumulative=False, counted=True)
    approve()
    with on(3, 28):
        rows = [
            inputs.DeliveryRow(activity.pk, dt.date(YEAR, month, 9), "distrito-01", units) for month, units in ((1, 3), (2, 5))
        ]
        actions.record_deliveries(inputs.RecordDeliveries(tuple(rows)), by=author)
    with on(4, 6):
        sent = actions.submit_report(inputs.SubmitReport(activity.pk, 1), by=author).result
    assert (sent.goal, sent.done) == (5_000, 5_000)
    assert list(sent.achieved.values_list("month", "amount")) == [(1, 3_000), (2, 5_000)]


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [("12", 12_000), ("0", 0), ("2.5", 2_500), ("0.001", 1), ("1,250", 1_250_000), ("1,250.5", 1_250_500), (" 7 ", 7_000)],
)
def test_quantities_are_read(typed: str, thousandths: int) -> None:
    assert read_amount(typed) == thousandths


NO_QUANTITY = (
    *("1,5", "0,5", "1,25", "12,5000", "1250,000", "1,2,3", ",5", "5,", ".5", "1.2345", "-1", "+1", "1e3", "", "muchos"),
    *("１２", "٣", "1 250", "0x10", "NaN", "1" * 16, "1,250,", "1.250,5"),
)


@pytest.mark.parametrize("typed", NO_QUANTITY)
def test_what_is_no_quantity_is_never_another_one(typed: str) -> None:
    with pytest.raises(ValueError):
        read_amount(typed)


def test_goals_of_months_that_ended_or_were_reported_stay(activity: Activity, author: Actor) -> None:
    send(activity, author, FULL)

    def proposed(goals: dict[int, int], reason: str = "Se cerró una sede.") -> dict[str | None, str]:
        return refusal(actions.propose_adjustment, inputs.ProposeAdjustment(activity.pk, goals, reason), author)

    with on(5, 4):
        assert "El mes 4" in proposed({4: 1_000})["goals"]
        assert "El mes 2" in proposed({2: 1_000})["goals"]
        assert "Ninguna meta cambia" in proposed({9: 5_000})["goals"]
        assert "no se admite" in proposed({9: -1})["goals"]
        assert "no se admite" in proposed({9: 10**15 + 1})["goals"]
        assert "no existe" in proposed({13: 1_000})["goals"]
        assert "muy corto" in proposed({9: 1_000}, "Porque sí")["reason"]
        assert set(proposed({2: 1_000, 9: -1}, "No")) == {"reason", "goals"}
        actions.propose_adjustment(inputs.ProposeAdjustment(activity.pk, {9: 3_000}, "Se cerró una sede."), by=author)
        assert "por decidir" in proposed({9: 2_000})[None]


def test_an_adjustment_that_waited_too_long_undoes_no_miss(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    """Proposed on the last day of March; nobody reports; in September it is too late to say that there was nothing to do."""
    activity = write("A-1", {3: 5})
    approve()
    with on(3, 31):
        command = inputs.ProposeAdjustment(activity.pk, {3: 0, 12: 1_000}, "Se pasa a diciembre.")
        waiting = actions.propose_adjustment(command, by=author).result
    with on(9, 30):
        told = refusal(actions.approve_adjustment, inputs.DecideAdjustment(waiting.pk), reviewer)
        assert "El mes 3" in told["goals"]
        assert queries.activity_view(activity).quarter(1).is_late
        actions.refuse_adjustment(inputs.DecideAdjustment(waiting.pk, "Marzo ya terminó: propóngalo de nuevo."), by=reviewer)
    assert Adjustment.objects.get(pk=waiting.pk).state == "refused"
    assert activity.goals.get(month=3).holds == 5_000


def test_evidence_of_another_report_is_not_kept(activity: Activity, reviewer: Actor, author: Actor) -> None:
    mine = send(activity, author, FULL)
    stranger = Evidence.objects.exclude(report__activity=activity).filter(kind="file")[0]
    with on(4, 7):
        actions.return_report(inputs.ReturnReport(mine.pk, "Falta decir en qué sede se hizo."), by=reviewer)
        told = refusal(actions.submit_report, say(activity, FULL, keep=(stranger.pk,)), author)
    assert "no es de la versión anterior" in told[None]
