"""Deliveries that come twice, after the report, or far beyond the goal: asked about, kept apart, and decided by somebody else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from calpulli.annual import actions, exports, inputs, tallies
from calpulli.annual.actions.deliveries import what_is_asked
from calpulli.annual.models import Activity, Delivery, DeliveryBatch, Later, Report, Tally
from calpulli.annual.offers import desk
from calpulli.commons import files
from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.bringing import bring
from calpulli.commons.registries.measures import MEASURES
from calpulli_core.formats.annual.reading import Brought
from tests.signing import signed_in

from .brought import PLAN
from .conftest import YEAR, Write, on
from .test_permissions import two_roles

HEADINGS = "Fecha,Clave de la actividad,Clave del distrito,Cantidad,Mujeres,Hombres,Otra o no dicho"


@pytest.fixture
def activity(write: Write, approve: Callable[[], None]) -> Activity:
    made = write("A1", {1: 10, 2: 10, 3: 30}, counted=True)
    approve()
    return made


def row(activity: Activity, units: int, *, month: int = 2, women: int = 0) -> inputs.DeliveryRow:
    return inputs.DeliveryRow(activity.pk, dt.date(YEAR, month, 3), "distrito-01", units, women)


def record(*rows: inputs.DeliveryRow, by: Actor, confirmed: str = "") -> DeliveryBatch:
    return actions.record_deliveries(inputs.RecordDeliveries(rows, confirmed=confirmed), by=by).result


def told() -> int:
    """Units of the exercise's year that the public measure gives."""
    measure = MEASURES.get("annual.deliveries_units")
    assert measure is not None
    rows = measure.rows(frozenset()).filter(month__gte=YEAR * 12, month__lt=YEAR * 12 + 12)
    return sum(rows.values_list("units", flat=True))


def sent(activity: Activity, author: Actor, reviewer: Actor, *, reason: str = "", cause: str = "demanda") -> Report:
    command = inputs.SubmitReport(activity.pk, 1, {}, cause, "Así fue este trimestre.")
    if reason:
        made = actions.correct_report(inputs.CorrectReport(command, reason), by=author).result
    else:
        made = actions.submit_report(command, by=author).result
    return actions.approve_report(inputs.DecideReport(made.pk), by=reviewer).result


# Twice.


def test_an_equal_delivery_of_the_same_day_is_asked_about_and_confirmed_by_what_was_shown(
    activity: Activity, author: Actor
) -> None:
    with on(3, 1):
        record(row(activity, 2), by=author)
        with pytest.raises(Refused, match="En las últimas 24 horas registró una entrega igual, que ya cuenta"):
            record(row(activity, 2), by=author)
        again = inputs.RecordDeliveries((row(activity, 2),))
        shown = what_is_asked(again, by=author)
        with pytest.raises(Refused):
            record(row(activity, 2), by=author, confirmed="on")
        with pytest.raises(Refused):
            record(
                row(activity, 2),
                by=author,
                confirmed=what_is_asked(replace(again, rows=(row(activity, 500),)), by=author),
            )
        record(row(activity, 2), by=author, confirmed=shown)
        with pytest.raises(Refused, match="En las últimas 24 horas registró 2 entregas iguales"):
            record(row(activity, 2), by=author, confirmed=shown)  # the button pressed twice
        record(row(activity, 2, women=1), by=author)  # says something else
    with on(3, 3):
        record(row(activity, 2), by=author)  # another day
    assert told() == 8


def test_one_that_was_withdrawn_is_not_equal(activity: Activity, author: Actor) -> None:
    with on(3, 1):
        first = record(row(activity, 2), by=author)
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(first.pk, "Me equivoqué de día."), by=author)
        record(row(activity, 2), by=author)
    assert told() == 2


def brought(*lines: str, name: str = "entregas.csv") -> Brought:
    return Brought(name, "\n".join([HEADINGS, *lines, ""]).encode())


def take(author: Actor, *lines: str) -> list[str]:
    reading = exports.read([brought(*lines)], plan_key=PLAN)
    return [word for one in bring(reading.arrival, by=author, keep=True) for word in one.words]


ONE, TWO = f"03/02/{YEAR},A1,distrito-01,1,2,3,0", f"04/02/{YEAR},A1,distrito-02,4,2,3,0"


def test_the_same_file_or_the_same_rows_do_not_enter_twice(activity: Activity, author: Actor) -> None:
    with on(3, 1):
        assert take(author, ONE, TWO) == ["Entregas: 2."]
        with pytest.raises(Refused, match=rf"Este archivo ya entró el 01/03/{YEAR}, y ya cuenta \(entregas: 2\)"):
            take(author, ONE, TWO)
        with pytest.raises(Refused, match=f"Un archivo con estas mismas entregas ya entró el 01/03/{YEAR}"):
            take(author, TWO, ONE)  # in another order
        assert told() == 5
        batch = DeliveryBatch.objects.get(source_sha256__gt="", deliveries__activity=activity, deliveries__units=4)
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(batch.pk, "Era de otro año."), by=author)
        assert take(author, ONE, TWO) == ["Entregas: 2."]
    assert told() == 5


def test_equal_rows_of_a_file_are_told(activity: Activity) -> None:
    found = exports.read([brought(ONE, TWO, ONE)], plan_key=PLAN).warnings
    assert [(one.row, one.rule) for one in found] == [(4, "Dice lo mismo que la fila 2: contaría dos veces.")]


# Far beyond the goal.


def test_a_figure_too_many_is_asked_about_with_the_goal(activity: Activity, author: Actor) -> None:
    """The quarter's goal is 50: 499 at once enter, 500 are asked about; of a file it is said when it is reviewed."""
    with on(3, 1):
        record(row(activity, 499), by=author)
        with pytest.raises(Refused, match="Son 500 talleres de «A1» en febrero, y la meta de todo el trimestre 1 es 50: revise"):
            record(row(activity, 500), by=author)
        shown = what_is_asked(inputs.RecordDeliveries((row(activity, 500),)), by=author)
        record(row(activity, 500), by=author, confirmed=shown)
        words = take(author, f"03/02/{YEAR},A1,distrito-01,700,2,3,0")
    assert words[0] == "Entregas: 1." and words[1].startswith("Son 700 talleres de «A1» en febrero")


def test_where_months_do_not_add_up_the_question_has_the_goal_of_every_page(
    write: Write, approve: Callable[[], None], author: Actor
) -> None:
    """Goals 10, 20 and 30 that tell the whole each time: the quarter's is 30, so from 300 it is asked about; the year's too."""
    activity = write("A1", {1: 10, 2: 20, 3: 30}, counted=True, cumulative=False)
    approve()
    with on(6, 1):
        record(row(activity, 299), by=author)
        with pytest.raises(Refused, match="y la meta de todo el trimestre 1 es 30: revise"):
            record(row(activity, 300), by=author)
        with pytest.raises(Refused, match="y la meta de todo el año es 30: revise"):
            record(row(activity, 300, month=5), by=author)


def test_the_form_asks_and_takes_the_answer(db: None) -> None:
    """A real post: 1,000,000 instead of 1; the page says the goal, and only its own answer lets it in."""
    activity = Activity.objects.filter(counted=True, area="direccion-participacion", districts=[]).order_by("key")[0]
    year = activity.exercise.year
    typed = {"activity": activity.pk, "on": f"02/01/{year}", "district": "", "units": 900_000, "women": 0, "men": 0, "unsaid": 0}
    with on(11, 20, year):
        client = signed_in("participacion")
        before = Delivery.objects.count()
        page = client.post("/mesa/poa/entregas", typed)
        assert page.status_code == 422 and Delivery.objects.count() == before
        text = page.content.decode()
        assert "Son 900,000" in text and "revise la cantidad" in text
        answer = text.split('name="confirmed" value="')[1].split('"')[0]
        assert client.post("/mesa/poa/entregas", typed | {"confirmed": answer[::-1]}).status_code == 422
        assert client.post("/mesa/poa/entregas", typed | {"confirmed": answer}).status_code == 302
        assert Delivery.objects.count() == before + 1


# After the report.


def test_what_comes_after_the_report_waits_for_a_correction(
    activity: Activity, author: Actor, reviewer: Actor, client: Client
) -> None:
    with on(3, 31):
        first = record(row(activity, 30), by=author)
        record(row(activity, 20, month=3), by=author)
    with on(4, 5):
        report = sent(activity, author, reviewer, cause="")
    assert (report.done, told()) == (50_000, 50)
    with on(4, 8):
        record(row(activity, 7), by=author)
        assert told() == 50, "what was published stays"
        assert _page(client).count("hoy dan 57") == 1
        assert ("Corregir el reporte de A1, primer trimestre de 2031", True) in _tasks(author)
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(first.pk, "Nunca se entregaron."), by=author)
        assert told() == 50 and _page(client).count("hoy dan 27") == 1
        assert tallies.differences() == []
    with on(4, 9):
        fixed = sent(activity, author, reviewer, reason="Se retiró un registro equivocado.")
    assert (fixed.done, told()) == (27_000, 27)
    answer = json.loads(files.read(fixed.evidence.get().sha256))
    assert answer["months"] == [
        {"deliveries": 1, "month": 2, "units": 7},
        {"deliveries": 1, "month": 3, "units": 20},
    ]
    assert "hoy dan" not in _page(client) and tallies.differences() == []
    assert not [what for what, _mine in _tasks(author) if "A1" in what]


def test_what_comes_while_it_is_reviewed_waits_too_and_the_recount_agrees(
    activity: Activity, author: Actor, reviewer: Actor
) -> None:
    with on(3, 31):
        record(row(activity, 50, month=3), by=author)
    with on(4, 5):
        command = inputs.SubmitReport(activity.pk, 1, {}, "", "")
        waiting = actions.submit_report(command, by=author).result
    with on(4, 6):
        record(row(activity, 4), by=author)
        assert told() == 54, "nothing is published yet"
    with on(4, 7):
        actions.approve_report(inputs.DecideReport(waiting.pk), by=reviewer)
    assert told() == 50
    assert tallies.differences() == [] and tallies.make_again() == []
    Later.objects.filter(of=activity).update(deliveries=9)
    assert tallies.make_again() and told() == 50 and tallies.differences() == []


def deliver(activity: Activity, district: str, **people: int) -> inputs.DeliveryRow:
    return inputs.DeliveryRow(activity.pk, dt.date(YEAR, 2, 3), district, 10, **people)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"district": "distrito-01"}, {"district": "distrito-02"}),
        ({"district": "distrito-01", "women": 3}, {"district": "distrito-01", "men": 3}),
    ],
)
def test_another_place_or_other_people_wait_too_though_the_sum_stays(
    activity: Activity, author: Actor, reviewer: Actor, client: Client, before: dict[str, Any], after: dict[str, Any]
) -> None:
    with on(3, 31):
        mistaken = record(deliver(activity, **before), by=author)
        record(row(activity, 40, month=3), by=author)
    with on(4, 5):
        sent(activity, author, reviewer, cause="")
    with on(4, 8):
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(mistaken.pk, "Se escribió mal."), by=author)
        record(deliver(activity, **after), by=author)
        assert "aunque el total es el mismo" in _page(client) and "hoy dan" not in _page(client)
        [task] = [one for one in desk.tasks(author) if one.what == "Corregir el reporte de A1, primer trimestre de 2031"]
        assert "Siguen siendo 50 talleres, pero cambió cuándo, en qué distrito o a quiénes se entregaron." in task.about
        held = Tally.objects.get(of=activity, month=YEAR * 12 + 1, district="distrito-01")
        assert (held.deliveries, held.women) == (1, before.get("women", 0)), "what was published stays"
    with on(4, 9):
        sent(activity, author, reviewer, reason="El registro decía otro lugar u otras personas.", cause="")
        assert "aunque el total es el mismo" not in _page(client)
        assert not [what for what, _mine in _tasks(author) if "A1" in what]
    told = Tally.objects.get(of=activity, month=YEAR * 12 + 1, district=after["district"])
    assert (told.deliveries, told.women, told.men) == (1, 0, after.get("men", 0))
    assert tallies.differences() == []


def test_of_people_the_page_says_no_number_of_what_came_after(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor, client: Client
) -> None:
    activity = write("A1", {1: 50}, counted=True, of_people=True, unit="personas")
    approve()
    with on(3, 31):
        record(row(activity, 50), by=author)
    with on(4, 5):
        sent(activity, author, reviewer, cause="")
    with on(4, 8):
        record(row(activity, 3), by=author)
        assert "hoy dan" not in _page(client) and not [what for what, _mine in _tasks(author) if "A1" in what]


def _page(client: Client) -> str:
    return client.get(f"/poa/{PLAN}/{YEAR}/actividad/A1").content.decode()


def _tasks(actor: Actor) -> list[tuple[str, bool]]:
    return [(one.what, one.mine) for one in desk.tasks(actor) if str(YEAR) in one.what]


# Who counted does not decide.


def test_who_withdrew_does_not_decide_either_also_of_people(
    write: Write, approve: Callable[[], None], author: Actor, db: None
) -> None:
    """The facts of such deliveries do not name the activity: the batch remembers who withdrew it."""
    activity = write("A1", {1: 50}, counted=True, of_people=True, unit="personas")
    approve()
    with on(3, 31), two_roles() as both:
        mistaken = record(row(activity, 9), by=author)
        record(row(activity, 50), by=author)
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(mistaken.pk, "Nunca se entregaron."), by=both)
    with on(4, 5), pytest.raises(Refused, match="Usted registró o retiró entregas de «A1»"):
        sent(activity, author, both, cause="")
