"""What a hostile hand tries with names, targets, retirements, texts and addresses: refused or told, and never a fault."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from calpulli.annual.models import Activity, Exercise, Goal, Programme, Report
from calpulli.commons import clock, files
from calpulli.commons.act import Action, Refused, Work
from calpulli.commons.registries.measures import MEASURES, Measure
from calpulli.indicators.actions import approve_sheets, compute_indicators, propose_sheets, propose_targets
from calpulli.indicators.inputs import Compute, DecideSheets, ProposeSheets, ProposeTargets, SheetDraft, TargetDraft
from calpulli.indicators.queries import sealed
from calpulli.indicators.queries.bands import Standing, standing_of
from calpulli.indicators.queries.reporting import reported
from calpulli.indicators.queries.sheets import sheets_in_force
from calpulli.people.doors import actor_named
from tests.indicators.sheets import approve, draft
from tests.indicators.working import AREA, SYSTEM
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
KEY = "linea-1.4-en-termino"
LONG_AGO = "2024-Q1"


def _draft_year(work: Work, told: tuple[int, str, str]) -> Activity:
    year, key, name = told
    exercise = work.add(Exercise(plan_key="demo-2026", year=year))
    programme = work.add(Programme(exercise=exercise, key="77", name="PROGRAMA SECRETO EN BORRADOR", kind="specific"))
    return work.add(Activity(exercise=exercise, programme=programme, key=key, name=name, area=AREA, unit="talleres"))


write_draft: Action[tuple[int, str, str], Activity] = Action("annual.tested", lambda actor, /: True, _draft_year)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_draft_neither_shows_its_names_nor_renames_what_is_approved(client: Client) -> None:
    """A draft of the next year takes the key of an activity of this one: nobody outside sees either name."""
    known = Activity.objects.filter(exercise__state="approved").order_by("key")[0]
    write_draft((2033, known.key, "NOMBRE CAMBIADO EN BORRADOR"), by=SYSTEM)
    for address in (
        f"/medida/annual.activities_due?periodo=2026-Q3&activity={known.key}",
        f"/medida/annual.goal_programmed?periodo=2026-Q3&activity={known.key}",
        f"/medida/budget.accrued?periodo=2026-Q3&activity={known.key}",
    ):
        told = page(client, address)
        assert "NOMBRE CAMBIADO" not in told and "PROGRAMA SECRETO" not in told, address
        assert known.name in told


def test_a_name_is_that_of_its_year() -> None:
    known = Activity.objects.filter(exercise__state="approved").order_by("key")[0]
    made = write_draft((2033, known.key, "Otra cosa con la misma clave"), by=SYSTEM).result

    def approved(work: Work, exercise: Exercise) -> Exercise:
        exercise.state = Exercise.State.APPROVED
        return work.save(exercise)

    Action("annual.tested", lambda actor, /: True, approved)(made.exercise, by=SYSTEM)
    for measure in ("annual.activities_due", "budget.accrued"):
        dimension = _measure(measure).dimension("activity")
        assert dimension.words(known.exercise.year)[known.key] == known.name
        assert dimension.words(2033) == {known.key: "Otra cosa con la misma clave"}


def _measure(key: str) -> Measure:
    found = MEASURES.get(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "query",
    [
        *("line=%00", "line=zzz", "activity=%00", "programme=%00", "area=%00", "area=" + "a" * 5000, "line=%F0%9F%92%A9"),
        *("pagina=" + "9" * 4400, "pagina=%D9%A1", "pagina=-1", "pagina="),
    ],
)
def test_what_an_address_makes_up_is_not_there(client: Client, query: str) -> None:
    assert client.get(f"/medida/annual.activities_due?periodo=2026-Q3&{query}").status_code == 404


def test_what_other_measures_are_asked_is_not_there_either(client: Client) -> None:
    for address in (
        "/medida/budget.accrued?periodo=2026-Q1&activity=%00",
        "/medida/annual.deliveries_units?periodo=2026-Q1&district=%00",
        "/medida/annual.women_reached?periodo=2026-Q1&district=zzz",
    ):
        assert client.get(address).status_code == 404, address


def test_a_running_quarter_has_no_standing_and_its_reports_are_no_zero(client: Client) -> None:
    """Nobody may report yet: no line is said to miss its target, and what reports would say is not known."""
    period = f"{clock.today().year}-Q{(clock.today().month + 2) // 3}"
    told = page(client, f"/tablero?trimestre={period}")
    assert "no cumple su meta" not in told and "no cumplen su meta" not in told
    assert "aún no vence el plazo para reportarlo" in told
    file = client.get(f"/tablero.csv?trimestre={period}").content.decode("utf-8-sig")
    assert "missed" not in file and ",early," in file


def test_an_ended_quarter_is_judged_when_its_reports_are_due_and_not_before(client: Client) -> None:
    """The third quarter ended on 30 September; its reports are due in October."""
    with clock.rehearse(dt.datetime(2026, 10, 2, 18, tzinfo=dt.UTC)):
        assert "missed" not in client.get("/tablero.csv?trimestre=2026-Q3").content.decode("utf-8-sig")
    with clock.rehearse(dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)):
        assert "missed" in client.get("/tablero.csv?trimestre=2026-Q3").content.decode("utf-8-sig")


@pytest.mark.parametrize(("target", "value"), [(0, 1), (0, 0), (-5, -5), (-5, -6)])
def test_bands_say_nothing_of_a_target_that_is_not_above_zero(target: int, value: int) -> None:
    bands = {"met": 100, "risk": 80, "over": 130}
    assert standing_of(Fraction(value), Fraction(target), bands, "ascendente") is Standing.NO_BANDS


@pytest.mark.parametrize(
    "told",
    [
        {"answer": "approve", "target": "9" * 4400}, {"answer": "approve", "target": "x"}, {"answer": "approve"},
        {"answer": "borrar", "target": "1"}, {"answer": "approve", "target": "-1"}, {"answer": "approve", "target": "\u0661"},
    ],
)  # fmt: skip
def test_what_a_target_page_is_posted_is_no_fault_of_the_site(told: dict[str, str]) -> None:
    assert signed_in("revision").post("/mesa/indicadores/metas", told).status_code in (404, 422)


def test_reasons_with_what_the_database_does_not_take_are_refused_in_words() -> None:
    (row,) = propose_targets(
        ProposeTargets((TargetDraft(KEY, "2026-Q4", "5", "Acuerdo", "cambia"),)), by=actor_named("area")
    ).result
    (sheet,) = propose_sheets(ProposeSheets((draft(formula="1 + 1", variables={}, unit="1"),)), by=actor_named("area")).result
    for address, told in (
        ("/mesa/indicadores/metas", {"answer": "refuse", "target": str(row.pk)}),
        (f"/mesa/indicadores/ficha/{sheet.pk}", {"answer": "refuse"}),
    ):
        for reason in ("\x00malo", "x" * 5_000, "al \u202e revés"):
            assert signed_in("revision").post(address, told | {"reason": reason}).status_code == 422, (address, reason[:9])


def test_goals_of_different_units_are_not_one_number(client: Client) -> None:
    told = page(client, "/medida/annual.goal_achieved?periodo=2026-Q3")
    assert "Cada actividad se cuenta en su unidad y no se suman" in told and "sin datos" not in told
    with pytest.raises(Refused, match="no se suma sin decir cuál"):
        propose_sheets(
            ProposeSheets((draft(formula="a", variables={"a": {"measure": "annual.goal_achieved"}}, unit="unidades"),)),
            by=actor_named("area"),
        )


def test_months_that_each_tell_the_whole_are_not_added(client: Client) -> None:
    """Of 04-03, in percent, 55, 60 and 70 are no 185: it is told by month, and no sheet of quarters reads it."""
    assert not Activity.objects.get(exercise__state="approved", key="04-03").cumulative
    told = page(client, "/medida/annual.goal_adjusted?periodo=2026-Q3&activity=04-03")
    assert "cada uno dice el total: pida un mes" in told and "stat-value" not in told
    assert '<strong class="stat-value">' in page(client, "/medida/annual.goal_adjusted?periodo=2026-M09&activity=04-03")
    a = {"measure": "annual.goal_adjusted", "where": {"activity": "04-03"}}
    with pytest.raises(Refused, match="pídala cada mes"):
        propose_sheets(ProposeSheets((draft(formula="a", variables={"a": a}, unit="unidades"),)), by=actor_named("area"))
    propose_sheets(
        ProposeSheets((draft(formula="a", variables={"a": a}, unit="unidades", frequency="MONTH"),)), by=actor_named("area")
    )


def test_an_indicator_does_not_add_them_in_a_year_in_which_they_do_not_add_up(client: Client) -> None:
    """01-01 adds up this year, in which the sheet was approved, and in 2025 it did not: of 55, 60 and 70 there is no 185."""
    a = {"measure": "annual.goal_adjusted", "where": {"activity": "01-01"}}
    approve(draft(key="meta-de-01-01", formula="a", variables={"a": a}, unit="unidades"))
    tell_wholes((2025, "01-01", (55, 60, 70)), by=SYSTEM)
    told = page(client, "/indicador/meta-de-01-01/2025-Q1")
    assert "cada uno dice el total: pida un mes" in told and "185" not in told
    assert "cada uno dice el total: pida un mes" in page(client, "/medida/annual.goal_adjusted?periodo=2025-Q1&activity=01-01")
    compute_indicators(Compute(("2025-Q1",)), by=SYSTEM)
    (kept,) = (one for one in reported() if (one.kept.indicator, one.kept.period) == ("meta-de-01-01", "2025-Q1"))
    assert (kept.value, kept.kept.cause) == (None, "not-added")
    assert "<strong" in page(client, "/medida/annual.goal_adjusted?periodo=2025-M02&activity=01-01")


def _wholes(work: Work, told: tuple[int, str, tuple[int, ...]]) -> Exercise:
    """An approved year whose activity tells the whole each month, from January."""
    year, key, goals = told
    exercise = work.add(Exercise(plan_key="demo-2026", year=year, state=Exercise.State.APPROVED))
    programme = work.add(Programme(exercise=exercise, key="77", name="De antes", kind="specific"))
    made: dict[str, Any] = {"name": "Avance", "area": AREA, "unit": "por ciento", "cumulative": False}
    activity = work.add(Activity(exercise=exercise, programme=programme, key=key, **made))
    for month, amount in enumerate(goals, 1):
        work.add(Goal(activity=activity, month=month, programmed=amount * 1_000))
    return exercise


tell_wholes: Action[tuple[int, str, tuple[int, ...]], Exercise] = Action("annual.tested", lambda actor, /: True, _wholes)


def _late(work: Work, report: Report) -> Report:
    report.met_on = report.due_on + dt.timedelta(days=1)
    return work.save(report)


judge_late: Action[Report, Report] = Action("annual.tested", lambda actor, /: True, _late)


def test_what_was_sealed_stays_beside_what_it_comes_to_today(client: Client) -> None:
    """A report of a sealed quarter is no longer on time: the page says both numbers, the package, and what changed."""
    key = "linea-1.1-en-termino"
    told = page(client, f"/indicador/{key}/2026-Q2")
    assert "Sellado:" in told and "/registros/demo-2026/2026-Q2/edicion/" in told
    assert "66.67" in told and "Hoy da otra cosa que lo sellado" not in told
    fulfilled = Report.objects.filter(activity__shares__line="linea-1.1", quarter=2, counts=True, met_on__lte=F("due_on"))
    judge_late(fulfilled.order_by("pk")[0], by=SYSTEM)
    told = page(client, f"/indicador/{key}/2026-Q2")
    assert "Sellado: 66.67 %" in told and "33.33" in told and "Hoy da otra cosa que lo sellado" in told
    assert "«cumplidas» era 2 y hoy es 1." in told
    assert "Distinto de lo que se selló" in page(client, "/tablero?trimestre=2026-Q2&abiertas=si")
    file = client.get("/tablero.csv?trimestre=2026-Q2").content.decode("utf-8-sig")
    row = next(one for one in csv.DictReader(io.StringIO(file)) if one["indicador"] == key)
    assert (row["valor"], row["sellado"], row["sellado_en"]) == ("100/3", "200/3", "2026-Q2/1")


@pytest.fixture
def forgotten() -> None:
    """What was read of sealed files is read again."""
    sealed._lines.cache_clear()
    sealed._cells.cache_clear()


def damaged(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """That file of every sealed edition is not there any more."""
    lost, read = {one.files.get(path) for one in sealed.editions_of("demo-2026")}, files.read

    def lacking(digest: str) -> bytes:
        if digest in lost:
            raise files.FileDamaged(f"falta el archivo {digest}")
        return read(digest)

    monkeypatch.setattr(files, "read", lacking)


def test_a_sealed_file_that_is_lost_is_said_and_every_page_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch, forgotten: None
) -> None:
    key = "linea-1.1-en-termino"
    damaged(monkeypatch, "data/indicators.jsonl")
    told = page(client, f"/indicador/{key}/2026-Q2")
    assert "Sellado: no se puede leer aquí" in told and "aquí se repone de un respaldo" in told and "66.67" in told
    assert "no se puede leer en este sitio" in page(client, f"/indicador/{key}/2026-Q2/hoja")
    assert "Lo sellado no se puede leer en este sitio." in page(client, "/tablero?trimestre=2026-Q2&abiertas=si")
    for address in ("/tablero.csv?trimestre=2026-Q2", f"/indicador/{key}/serie.csv"):
        file = client.get(address).content.decode("utf-8-sig")
        row = next(one for one in csv.DictReader(io.StringIO(file)) if (one["indicador"], one["periodo"]) == (key, "2026-Q2"))
        assert (row["sellado"], row["sellado_en"]) == ("ilegible", "2026-Q2/1")


def test_without_the_sealed_cells_it_says_that_it_cannot_know_what_changed(
    client: Client, monkeypatch: pytest.MonkeyPatch, forgotten: None
) -> None:
    fulfilled = Report.objects.filter(activity__shares__line="linea-1.1", quarter=2, counts=True, met_on__lte=F("due_on"))
    judge_late(fulfilled.order_by("pk")[0], by=SYSTEM)
    damaged(monkeypatch, "data/measures.jsonl")
    told = page(client, "/indicador/linea-1.1-en-termino/2026-Q2")
    assert "Sellado: 66.67 %" in told and "no se puede decir qué cambió" in told
    assert "Cambió algo de lo que otro indicador le da" not in told


def test_another_version_of_a_sheet_says_that_it_is_another_than_the_sealed_one(client: Client) -> None:
    row = sheets_in_force()["linea-1.1-en-termino"].row
    given = {name: getattr(row, name) for name in SheetDraft.__dataclass_fields__}
    another = SheetDraft(**given | {"formula": "50 * cumplidas / programadas", "reason": "Otra escala."})
    (found,) = propose_sheets(ProposeSheets((another,)), by=actor_named("area")).result
    approve_sheets(DecideSheets((found.pk,)), by=actor_named("revision"))
    told = page(client, "/indicador/linea-1.1-en-termino/2026-Q2")
    assert "Sellado: 66.67 %" in told and "Se selló con la versión 1 de la ficha, y hoy rige la 2." in told
