"""What is handed over of indicators: compared with values made by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from calpulli.commons.registries.datasets import DATASETS
from calpulli.indicators.actions import (
    compute_indicators,
    propose_retirement,
    propose_targets,
    refuse_targets,
    retire_sheets,
)
from calpulli.indicators.inputs import Compute, DecideSheets, DecideTargets, ProposeTargets, RetireSheet, TargetDraft
from calpulli.indicators.models import Computation
from calpulli.indicators.offers.chores import keep_computations
from calpulli.indicators.queries.kept import last_batch
from calpulli.indicators.queries.standing import needs_computing
from calpulli.people.doors import actor_named
from calpulli_core.formats import indicators as formats
from tests.indicators.sheets import approve, draft
from tests.indicators.test_computing import set_target
from tests.indicators.working import SYSTEM, Given, deliver, make_activities, measures_offered, today

pytestmark = pytest.mark.django_db
JAN = 2026 * 12
KEY = "talleres-por-entrega"
BANDS = {"met": 100, "risk": 80, "over": 130}


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def rows(key: str) -> list[dict[str, Any]]:
    found = DATASETS.get(key)
    assert found is not None
    made = list(found.query().values_list(*found.names)) if found.query else list(found.rows())  # type: ignore[misc]
    return [dict(zip(found.names, found.told(row), strict=True)) for row in made]


def mine(key: str, **more: Any) -> list[dict[str, Any]]:
    name = "clave" if key == "indicadores-en-su-formato" else "indicador"
    return [row for row in rows(key) if row[name] == KEY and all(row[one] == value for one, value in more.items())]


def activity() -> int:
    return int(make_activities(("A1",), by=SYSTEM).result[0].pk)


def seven_in_three(of: int) -> None:
    deliver([Given(of, JAN, "d1", 4, 9, 8), Given(of, JAN + 1, "d1", 2, 9, 8), Given(of, JAN + 2, "", 1, 9, 8)])


def compute(*quarters: str) -> None:
    compute_indicators(Compute(quarters or ("2026-Q1",)), by=SYSTEM)


def test_a_value_goes_out_with_all_that_made_it() -> None:
    """Seven in three: 7/3, that is 2.333333; what was set is 2, and 7/3 is 116 % of it."""
    seven_in_three(activity())
    approve(draft(bands=BANDS))
    set_target(KEY, "2026-Q1", "3")
    set_target(KEY, "2026-Q1", "2", "Se recortó el presupuesto")
    compute()
    [told] = mine("valores-de-indicadores")
    assert (told["valor"], told["valor_decimal"], told["sin_datos"], told["porque"]) == ("7/3", "2.333333", None, None)
    assert (told["inicio"], told["termino"]) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert (told["meta_programada"], told["meta"], told["meta_version"], told["estado"]) == ("3", "2", 2, "met")
    assert [(one["name"], one["value"]) for one in json.loads(told["entradas"])] == [("talleres", "7"), ("entregas", "3")]
    assert [(row["version"], row["meta"], row["motivo"]) for row in mine("metas-de-indicadores")] == [
        (1, "3", None),
        (2, "2", "Se recortó el presupuesto"),
    ]


def test_without_a_number_the_reason_goes_out() -> None:
    approve(draft())
    compute()
    [told] = mine("valores-de-indicadores")
    assert (told["valor"], told["valor_decimal"], told["sin_datos"]) == (None, None, "zero")
    assert told["porque"] == "no hay entre qué dividir: el divisor es 0"
    assert (told["meta"], told["estado"]) == (None, "no-value")


def test_late_data_shows_both_computations_and_reports_the_last() -> None:
    it = activity()
    seven_in_three(it)
    approve(draft())
    compute()
    deliver([Given(it, JAN, "d1", 5, 9, 8)])
    compute()
    assert [row["valor"] for row in mine("computos-de-indicadores")] == ["7/3", "3"]
    [told] = mine("valores-de-indicadores")
    assert (told["valor"], told["computos"]) == ("3", 2)


def test_the_sheet_goes_out_whole_and_what_nobody_approved_does_not() -> None:
    approve(draft(bands=BANDS))
    from tests.indicators.sheets import propose

    propose(draft(reason="Otra forma de decirlo", name="Talleres por cada entrega"))
    [told] = mine("indicadores")
    assert (told["version"], told["nombre"], told["formula"]) == (1, "Talleres por entrega", "talleres / entregas")
    assert json.loads(told["bandas"]) == BANDS
    assert json.loads(told["variables"]) == {
        "entregas": {"measure": "tests.deliveries", "unit": "entregas"},
        "talleres": {"measure": "tests.units", "unit": "talleres"},
    }
    assert (told["linea_base"], told["cremaa"]) == (None, "{}")


def test_each_mark_goes_in_its_format_and_every_blank_is_reasoned() -> None:
    seven_in_three(activity())
    approve(draft(), draft(key="otro", mark="resultado", kind="estrategico"))
    compute()
    [told] = mine("indicadores-en-su-formato")
    assert (told["formato"], told["programa"], told["avance"], told["metas_programadas"]) == ("objetivos", None, "2.333", None)
    assert (told["dimension"], told["frecuencia"], told["sentido"]) == ("Eficiencia", "Trimestral", "Ascendente")
    assert told["metodo"] == "talleres / entregas. talleres: tests.units; entregas: tests.deliveries"
    assert told["area"] == "Secretaría Administrativa"
    assert told["nota"] == ("Sin meta: el instituto no la ha fijado. Sin línea base: la ficha no la dice. Ficha versión 1.")
    [other] = [row for row in rows("indicadores-en-su-formato") if row["clave"] == "otro"]
    assert (other["formato"], other["programa"]) == ("resultados", "Programa 2026")


def test_whoever_asks_first_in_english_leaves_the_table_in_spanish() -> None:
    approve(draft())
    compute()
    with translation.override("en"):
        [told] = mine("indicadores-en-su-formato")
    assert told["dimension"] == "Eficiencia"
    assert "Sin avance: no hay entre qué dividir" in told["nota"]


def test_the_format_of_a_quarter_as_a_sheet_and_as_csv(client: Client) -> None:
    seven_in_three(activity())
    approve(draft())
    compute("2026-Q1", "2026-Q2")
    answer = client.get("/tablero/formato/objetivos/2026-Q1.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Indicadores de objetivos").to_python()
    assert sheet[0][0] == "Formato indicadores-objetivos/1: fuente por confirmar. Periodo 2026-Q1."
    assert sheet[1] == list(formats.latest("objetivos").table.headings)
    [row] = [one for one in sheet[2:] if one[4] == "Talleres por entrega"]
    assert (row[0], row[1], row[sheet[1].index("Avance de metas al periodo")]) == (2026.0, dt.date(2026, 1, 1), 2.333)
    told = client.get("/tablero/formato/objetivos/2026-Q1.csv").content.decode("utf-8-sig")
    [line] = [one for one in csv.DictReader(io.StringIO(told)) if one["Nombre del indicador"] == "Talleres por entrega"]
    assert (line["Fecha de término del periodo que se informa"], line["Avance de metas al periodo"]) == ("31/03/2026", "2.333")
    assert "Talleres por entrega" not in client.get("/tablero/formato/resultados/2026-Q1.csv").content.decode()
    assert client.get("/tablero/formato/otros/2026-Q1.csv").status_code == 404
    assert client.get("/tablero/formato/objetivos/2026-Q1.pdf").status_code == 404


def test_nothing_of_it_depends_on_the_day(client: Client) -> None:
    approve(draft())
    compute()
    before = mine("indicadores-en-su-formato"), mine("valores-de-indicadores")
    with today(dt.datetime(2027, 6, 1, 18, tzinfo=dt.UTC)):
        assert (mine("indicadores-en-su-formato"), mine("valores-de-indicadores")) == before
    assert Computation.objects.filter(indicator=KEY).count() == 1


def on(month: int, day: int) -> AbstractContextManager[None]:
    return today(dt.datetime(2026, month, day, 18, tzinfo=dt.UTC))


def stood() -> tuple[str, int]:
    """How the first quarter stood, and how many computations are kept of it."""
    [told] = mine("valores-de-indicadores", periodo="2026-Q1")
    return told["estado"], told["computos"]


def test_how_a_value_stood_is_of_the_last_time_that_it_was_computed() -> None:
    """7/3 is over 2; reports of the first quarter are due on 20 April. Computed the day after, it is met, and nothing is kept."""
    seven_in_three(activity())
    approve(draft(bands=BANDS))
    set_target(KEY, "2026-Q1", "2")
    with on(4, 10):
        compute()
    assert stood() == ("early", 1)
    with on(4, 20):
        compute("2026-Q1", "2026-Q2")
    assert stood() == ("early", 1)
    with on(4, 21):
        compute("2026-Q2")
        assert stood() == ("early", 1), "a batch of another quarter says nothing of this one"
        compute_indicators(Compute(("2026-Q1",), "iecm-2023"), by=SYSTEM)
        assert stood() == ("early", 1), "nor one of another plan"
        compute()
    assert stood() == ("met", 1)


def test_what_was_retired_stays_as_it_stood_then() -> None:
    seven_in_three(activity())
    approve(draft(bands=BANDS))
    set_target(KEY, "2026-Q1", "2")
    with on(4, 10):
        compute()
    with on(4, 12):
        asked = propose_retirement(RetireSheet(KEY, "Ya no se usa."), by=actor_named("area")).result
        retire_sheets(DecideSheets((asked.pk,)), by=actor_named("revision"))
    with on(4, 21):
        compute()
    assert stood() == ("early", 1)


def test_what_is_kept_is_computed_again_when_a_term_passes_or_a_month_ends() -> None:
    """Nobody acts meanwhile. The demonstration's reports of the first quarter are due on 20 April."""
    with on(4, 10):
        keep_computations()
        batch = last_batch()
        assert batch is not None and not needs_computing(batch)
    for month, day, needs in ((4, 20, False), (4, 21, True), (5, 1, True)):
        with on(month, day):
            assert needs_computing(batch) is needs, (month, day)
    with on(4, 21):
        keep_computations()
    later = last_batch()
    assert later is not None and later.pk != batch.pk
    for month, day, needs in ((4, 30, False), (5, 1, True)):
        with on(month, day):
            assert needs_computing(later) is needs, (month, day)


def test_a_target_that_was_first_refused_is_no_adjusted_one() -> None:
    """90 is refused and 85, the first that ever holds, is what was programmed; 80, later, is an adjustment."""
    approve(draft())
    compute()
    place = {"indicator": KEY, "period": "2026-Q1", "source": "Acuerdo inventado"}
    with on(1, 8):
        (refused,) = propose_targets(ProposeTargets((TargetDraft(value="90", **place),)), by=actor_named("area")).result
        refuse_targets(DecideTargets((refused.pk,), "Es demasiado."), by=actor_named("revision"))
    set_target(KEY, "2026-Q1", "85", "Así se acordó.")
    [told] = mine("indicadores-en-su-formato")
    assert (told["metas_programadas"], told["metas_ajustadas"]) == ("85", None)
    set_target(KEY, "2026-Q1", "80", "Se recortó.")
    [told] = mine("indicadores-en-su-formato")
    assert (told["metas_programadas"], told["metas_ajustadas"]) == ("85", "80")


def test_a_format_is_found_by_its_name_and_year() -> None:
    assert formats.format_of("resultados", 2026).version == "indicadores-resultados/1"
    with pytest.raises(KeyError):
        formats.format_of("objetivos", 1990)
