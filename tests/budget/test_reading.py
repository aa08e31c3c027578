"""What the year says: lines, cuts, the months of an activity, measures, what is sealed and what is given away."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.db.models import Sum

from calpulli.annual.doors import ActivityCard, GoalCard
from calpulli.budget import actions, queries
from calpulli.budget.inputs import DecideAdecuacion, ImportBudget
from calpulli.budget.offers.datasets import entry_rows
from calpulli.budget.pages.figures import progress_figure
from calpulli.budget.queries.words import done_words
from calpulli.commons.act import Actor
from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.measures import MEASURES
from calpulli.commons.registries.sealing import SEALING
from calpulli_core.budget import Balance
from calpulli_core.calendars.periods import Period
from tests.budget.conftest import YEAR, row

pytestmark = pytest.mark.django_db
OTHER = {"area": "direccion-educacion", "activity": "A-2"}


@pytest.fixture(autouse=True)
def money(programme: queries.YearProgramme, author: Actor, reviewer: Actor) -> None:
    """Two activities: one of 100.01 that serves three lines, one of 3,000.00 that serves one."""
    rows = [
        row(cents=10_001),
        row(cents=250_000, partida="1131", month=2, **OTHER),
        row(cents=50_000, source="ingresos-propios", month=4, **OTHER),
        row(moment="change", cents=-1_000, month=3, document="AD-1", partida="1131", **OTHER),
        row(moment="change", cents=1_000, month=5, document="AD-1", source="ingresos-propios", **OTHER),
        row(moment="committed", cents=200_000, month=2, partida="1131", **OTHER),
        row(moment="accrued", cents=100_000, month=2, partida="1131", **OTHER),
        row(moment="paid", cents=120_000, month=4, partida="1131", **OTHER),
    ]
    done = actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)
    for one in done.result.waiting:
        actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)


def activities() -> dict[str, Balance]:
    return queries.grouped(queries.purses(YEAR), lambda one: one.activity)


def test_the_money_of_lines_sums_to_that_of_their_activities(programme: queries.YearProgramme) -> None:
    lines = queries.line_balances(programme, activities())
    first, second, third = programme.lines[:3]
    # 100.01 by 33.34, 33.33 and 33.33 %; the whole of the other activity is of the first line.
    assert lines[first.identifier].approved == 3_335 + 300_000
    assert (lines[second.identifier].approved, lines[third.identifier].approved) == (3_333, 3_333)
    for name in ("approved", "modified", "committed", "accrued", "exercised", "paid"):
        assert sum(one.at(name) for one in lines.values()) == sum(one.at(name) for one in activities().values())
    assert list(lines) == [first.identifier, second.identifier, third.identifier]


def test_an_activity_without_shares_gives_to_no_line(programme: queries.YearProgramme) -> None:
    from dataclasses import replace

    bare = replace(programme, activities={"A-1": replace(programme.activities["A-1"], shares=())})
    assert queries.line_balances(bare, activities()) == {}


def test_a_cut_takes_from_what_is_free_and_tells_what_suffers(programme: queries.YearProgramme) -> None:
    # Free: 100.01 of A-1; of A-2, 490.00 of salaries (2,490.00 less 2,000.00) and 510.00 of the other purse.
    found = queries.scenario(programme, queries.purses(YEAR), "todo", 1_000)
    assert (found.cut.goal, found.cut.reached, found.cut.missing) == (31_000, 31_000, 0)
    told = {one.activity.key: (one.free, one.cents) for one in found.activities}
    # 310.00 by 10,001 and 100,000: 2,818.43… and 28,181.56…; the cent that is left goes to the larger remainder.
    assert told == {"A-2": (100_000, 28_182), "A-1": (10_001, 2_818)}
    assert sum(found.lines.values()) == 31_000
    # Goals of 30 talleres, nothing done: 30 x 281.82 / 1,000.00 at risk.
    assert {one.activity.key: one.units for one in found.activities} == {"A-2": 8_455, "A-1": 8_453}


@pytest.mark.parametrize(
    ("where", "goal", "reached"),
    [
        ("capitulo:1000", 249_000, 49_000),
        ("capitulo:2000", 61_001, 61_001),
        ("area:secretaria-administrativa", 10_001, 10_001),
        ("fuente:ingresos-propios", 51_000, 51_000),
        ("capitulo:9000", 0, 0),
        ("area:", 0, 0),
        ("nada", 0, 0),
    ],
)
def test_a_cut_of_all_that_is_chosen(programme: queries.YearProgramme, where: str, goal: int, reached: int) -> None:
    found = queries.scenario(programme, queries.purses(YEAR), where, 10_000)
    assert (found.cut.goal, found.cut.reached) == (goal, reached)


def test_flags_are_of_purses_and_months() -> None:
    (flag,) = queries.flags(YEAR)
    assert flag.purse == ("direccion-educacion", "A-2", "recursos-fiscales", "1131")
    assert (flag.disorder.lesser, flag.disorder.greater, flag.disorder.month) == ("paid", "exercised", 4)
    assert (flag.disorder.last, flag.point) == ((120_000, 0), None)


def test_months_and_totals() -> None:
    assert queries.months(YEAR, "A-2")[2] == Balance(approved=250_000, committed=200_000, accrued=100_000)
    assert queries.total(queries.purses(YEAR)) == Balance(
        approved=310_001, change=0, committed=200_000, accrued=100_000, paid=120_000
    )
    assert queries.last_month(YEAR) == 4
    assert queries.entries_of(YEAR, "A-2", 3).count == 7
    assert [one.month for one in queries.entries_of(YEAR, "A-2", 3).shown] == [5, 4, 4]


def of_measure(key: str, *asked: str) -> Iterator[tuple[object, ...]]:
    measure = MEASURES.get(f"budget.{key}")
    assert measure is not None
    rows = measure.rows(frozenset(asked)).filter(measure.keeps, month__gte=YEAR * 12, month__lt=YEAR * 12 + 12)
    return iter(rows.order_by(*asked).values_list(*asked).annotate(total=Sum(measure.value)))


def test_measures_are_the_same_sums() -> None:
    assert dict(of_measure("modified", "activity")) == {"A-1": 10_001, "A-2": 300_000}
    assert dict(of_measure("modified", "month")) == {
        YEAR * 12: 10_001,
        YEAR * 12 + 1: 250_000,
        YEAR * 12 + 2: -1_000,
        YEAR * 12 + 3: 50_000,
        YEAR * 12 + 4: 1_000,
    }
    assert list(of_measure("approved", "chapter", "source")) == [
        ("1000", "recursos-fiscales", 250_000),
        ("2000", "ingresos-propios", 50_000),
        ("2000", "recursos-fiscales", 10_001),
    ]
    assert dict(of_measure("paid", "area")) == {"direccion-educacion": 120_000}
    assert list(of_measure("exercised", "programme")) == []


def test_every_measure_gives_the_columns_that_it_shows() -> None:
    for measure in (one for one in MEASURES if one.key.startswith("budget.")):
        asked = frozenset(one.key for one in measure.dimensions)
        list(measure.rows(asked).values(*asked, *(name for name, _words in measure.shown)))
        assert measure.dataset in {one.key for one in DATASETS}
        assert all(one.values() for one in measure.dimensions)
        assert measure.since() is not None


def test_what_a_quarter_seals_is_the_sums_to_its_end(programme: queries.YearProgramme) -> None:
    sealed = SEALING.get("budget")
    assert sealed is not None
    data = sealed.files(programme.plan_key, Period(YEAR, 1))["data/money.csv"]
    assert data.decode().replace('"', "").split("\n") == [
        "area,activity,source,partida,month,moment,cents",
        f"direccion-educacion,A-2,recursos-fiscales,1131,{YEAR}-02,accrued,100000",
        f"direccion-educacion,A-2,recursos-fiscales,1131,{YEAR}-02,approved,250000",
        f"direccion-educacion,A-2,recursos-fiscales,1131,{YEAR}-02,committed,200000",
        f"direccion-educacion,A-2,recursos-fiscales,1131,{YEAR}-03,change,-1000",
        f"secretaria-administrativa,A-1,recursos-fiscales,2111,{YEAR}-01,approved,10001",
        "",
    ]
    assert data.count(b'"') == 2 * 7 * 6, "every field in quotes, as bundle.md, section 6, says"
    assert len(sealed.files(programme.plan_key, Period(YEAR, None))["data/money.csv"].splitlines()) == 9
    assert sealed.files("otro", Period(YEAR, 1)) == {}
    assert sealed.files(programme.plan_key, Period(YEAR + 1, 1)) == {}


def test_what_sums_to_nothing_is_not_sealed(programme: queries.YearProgramme, author: Actor, reviewer: Actor) -> None:
    mended = [row(cents=-10_001, document="D-2")]
    (one,) = actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-2", mended), by=author).result.waiting
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    told = queries.sealed_rows(YEAR, 12)
    assert all(cents for *_, cents in told)
    assert "A-1" not in {activity for _area, activity, *_ in told}


def test_data_sets_say_the_same() -> None:
    assert entry_rows().filter(ejercicio=YEAR).aggregate(total=Sum("centavos"))["total"] == 310_001 + 200_000 + 100_000 + 120_000
    first, second = told_in("presupuesto-por-capitulo")
    assert [(one["clave_capitulo"], one["capitulo"]) for one in (first, second)] == [
        ("1000", "Servicios personales"),
        ("2000", "Materiales y suministros"),
    ]
    assert money_of(first) == ["2500.00", "2490.00", "2000.00", "1000.00", "0.00", "1200.00"]
    assert money_of(second) == ["600.01", "610.01", "0.00", "0.00", "0.00", "0.00"]


def told_in(key: str) -> list[dict[str, object]]:
    """The rows of the year in a data set, by their columns."""
    dataset = DATASETS.get(key)
    assert dataset is not None and dataset.rows is not None
    found = [dict(zip(dataset.names, one, strict=True)) for one in dataset.rows()]
    return [one for one in found if one["ejercicio"] == YEAR]


def money_of(told: dict[str, object]) -> list[object]:
    return [value for name, value in told.items() if name.startswith("gasto_")]


def test_egresos_say_all_that_their_format_asks_for(client: object) -> None:
    first, second = told_in("egresos-por-momento")
    nota = str(first.pop("nota"))
    assert first == {
        **{"ejercicio": YEAR, "inicio": dt.date(YEAR, 1, 1), "termino": dt.date(YEAR, 4, 30), "clave_capitulo": "1000"},
        **{"clave_concepto": "1100", "clave_partida": "1131", "denominacion": "Sueldos base al personal permanente"},
        **{"gasto_aprobado": "2500.00", "gasto_modificado": "2490.00", "gasto_comprometido": "2000.00"},
        **{"gasto_devengado": "1000.00", "gasto_ejercido": "0.00", "gasto_pagado": "1200.00", "justificacion": "AD-1"},
        **{"hipervinculo": f"/presupuesto/{YEAR}/por/capitulo", "area": "Secretaría Administrativa"},
        **{"validacion": None, "actualizacion": dt.date(YEAR, 12, 15)},
    }
    assert "nadie ha validado este corte" in nota and "son de todo el año" in nota
    assert second["justificacion"] == "AD-1"
    sheet = client.get(f"/presupuesto/{YEAR}/formatos/egresos.csv").content.decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [one["Gasto modificado"] for one in rows] == ["2490.00", "610.01"]
    assert rows[0]["Fecha de término del periodo que se informa"] == f"30/04/{YEAR}" and rows[0]["Clave de la partida"] == "1131"
    book = client.get(f"/presupuesto/{YEAR}/formatos/capitulos.xlsx")  # type: ignore[attr-defined]
    loaded = openpyxl.load_workbook(io.BytesIO(book.content))
    assert "2490" in {str(cell.value) for row in loaded["Presupuesto por capítulo"].iter_rows() for cell in row}
    for strange in (f"{YEAR}/formatos/otro.csv", f"{YEAR}/formatos/egresos.pdf", "1999/formatos/egresos.csv"):
        assert client.get(f"/presupuesto/{strange}").status_code == 404  # type: ignore[attr-defined]


def test_the_table_of_a_page_is_given_as_csv(client: object) -> None:
    answer = client.get(f"/presupuesto/{YEAR}/por/linea.csv")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [one["modificado"] for one in rows] == ["3033.35", "33.33", "33.33"]
    assert answer["Content-Disposition"] == f'attachment; filename="presupuesto-{YEAR}-linea.csv"'


def card(*, cumulative: bool = True, people: bool = False, goals: dict[int, int]) -> ActivityCard:
    told = tuple(GoalCard(month, amount, amount) for month, amount in goals.items())
    return ActivityCard(
        1, 1, "A", "Actividad", "area", "talleres", "P", "Programa", cumulative, False, people, {"b": 1, "a": 2}, told
    )


@pytest.mark.parametrize(
    ("goals", "done", "upto", "achieved"),
    [
        ({1: 5, 2: 5, 3: 5}, {}, 0, None),
        ({4: 5, 5: 5}, {4: 3, 5: 0, 6: 0}, 6, 3),  # nothing was to be done before April
        ({1: 5, 4: 5, 7: 5}, {1: 5, 2: 0, 3: 0, 7: 5, 8: 0, 9: 0}, 3, 5),  # the second quarter is missing
    ],
)
def test_what_was_done_is_that_until_the_month_that_is_known(
    goals: dict[int, int], done: dict[int, int], upto: int, achieved: int | None
) -> None:
    found = queries.year_activity(card(goals=goals), {"a": 1, "b": 0}, done, upto)
    assert (found.achieved, found.upto, found.goal) == (achieved, upto, sum(goals.values()))
    assert found.shares == (("b", 1), ("a", 2))


def test_where_months_do_not_add_up_the_last_one_tells() -> None:
    found = queries.year_activity(card(cumulative=False, goals={1: 50, 2: 60}), {}, {1: 40, 2: 55}, 3)
    assert (found.goal, found.achieved, found.pending) == (60, 55, 5)


PEOPLE_GOALS = dict.fromkeys(range(1, 13), 10_000)


def test_of_people_what_was_done_is_known_by_quarters_and_not_by_months() -> None:
    """Ten a month; three quarters reported, each with one number at its last month: 90 done, 30 to do."""
    told = queries.year_activity(card(people=True, goals=PEOPLE_GOALS), {}, {3: 30_000, 6: 30_000, 9: 30_000}, 9)
    assert (told.units_done, told.pending, told.few, done_words(told)) == (90_000, 30_000, False, "90")


def test_of_people_a_quarter_of_few_is_no_number_of_units() -> None:
    """30, then fewer than may be told: no cost by unit follows from it, and no page says 0."""
    told = queries.year_activity(card(people=True, goals=PEOPLE_GOALS), {}, {3: 30_000, 6: 0}, 6)
    assert (told.units_done, told.pending, told.few, done_words(told)) == (None, 90_000, True, "30 o pocas más")
    none = queries.year_activity(card(people=True, goals=PEOPLE_GOALS), {}, {3: 0}, 3)
    assert (none.units_done, done_words(none)) == (None, "muy pocas para decirlo")
    figure = progress_figure(none, 100, 200)
    assert figure is not None and figure.rows[1][1:] == ("muy pocas para decirlo", "120 talleres", None)
