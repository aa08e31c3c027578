"""What the annual programme gives to anyone: by hand, and nothing before it is approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from calpulli.annual import actions, inputs
from calpulli.annual.models import Activity, Exercise, Report
from calpulli.annual.offers.searching import _about_activity, _activities, _programmes
from calpulli.commons.act import Actor
from calpulli.commons.registries.datasets import DATASETS, Value
from tests.annual.conftest import PLAN, YEAR, Write, on, paper

TABLES = (
    *("programas-del-programa-anual", "matrices-de-programas", "actividades-del-programa-anual", "lineas-de-las-actividades"),
    *("metas-y-avance-por-mes", "avances-aprobados", "evidencias-de-los-reportes", "ajustes-de-metas"),
)
Mine = list[dict[str, Value]]


def mine(key: str) -> Mine:
    """The rows of the year of these tests."""
    dataset = DATASETS.get(key)
    assert dataset and dataset.rows
    rows = [dict(zip(dataset.names, dataset.told(row), strict=True)) for row in dataset.rows()]
    told = [tuple(row[name] for name in dataset.keys) for row in rows]
    assert len(set(told)) == len(told), f"{key}: its keys do not tell its rows apart"
    assert all(value is not None for key in told for value in key)
    return [row for row in rows if row["ejercicio"] == YEAR]


def sent(activity: Activity, author: Actor, *, day: int, done: tuple[int, int, int], **more: object) -> Report:
    achieved = {month: amount * 1_000 for month, amount in enumerate(done, 1)}
    with on(4, day):
        command = inputs.SubmitReport(activity.pk, 1, achieved, **more)  # type: ignore[arg-type]
        return actions.submit_report(command, by=author).result


def test_a_draft_gives_nothing_and_neither_does_one_in_review(draft: Exercise, write: Write, author: Actor) -> None:
    write("A-1", {1: 4, 3: 6})
    assert {key: mine(key) for key in TABLES} == {key: [] for key in TABLES}
    assert not [one for one in (*_programmes(), *_activities()) if f"/{YEAR}/" in one.url]
    with on(1, 20):
        actions.submit_exercise(inputs.SubmitExercise(draft.pk), by=author)
    assert {key: mine(key) for key in TABLES} == {key: [] for key in TABLES}
    assert _about_activity(f"{PLAN}/{YEAR}/A-1") == ()


def test_approved_it_gives_what_was_planned(write: Write, approve: Callable[[], None]) -> None:
    write("A-1", {1: 4, 3: 6}, shares={"linea-1.1": 2_500, "linea-2.1": 7_500}, population="Estudiantes", rights=True)
    approve()
    where = {"plan": PLAN, "ejercicio": YEAR}
    assert mine("programas-del-programa-anual") == [
        where | {"clave": "01", "nombre": "Uno", "tipo": "institucional", "lleva_matriz": False, "advertencia": None}
    ]
    assert mine("actividades-del-programa-anual") == [
        where
        | {"actividad": "A-1", "programa": "01", "nombre": "Actividad A-1", "descripcion": None, "puesto": None}
        | {"clave_area": "secretaria-administrativa", "unidad": "talleres", "poblacion": "Estudiantes", "distritos": None}
        | {"igualdad": False, "derechos_humanos": True, "se_suma": True, "se_cuenta": False, "cuenta_personas": False}
    ]
    at = where | {"actividad": "A-1"}
    assert mine("lineas-de-las-actividades") == [
        at | {"linea": "linea-1.1", "parte": 2_500},
        at | {"linea": "linea-2.1", "parte": 7_500},
    ]
    assert mine("metas-y-avance-por-mes") == [
        at | {"mes": 1, "programado": 4_000, "vigente": 4_000, "hecho": None},
        at | {"mes": 3, "programado": 6_000, "vigente": 6_000, "hecho": None},
    ]


def test_a_report_is_given_once_it_is_approved_and_no_sooner(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    activity = write("A-1", {1: 4, 2: 0, 3: 6})
    approve()
    first = sent(
        activity, author, day=6, done=(4, 1, 2), cause="demanda", narrative="Hubo menos personas.", attach=(paper("Lista"),)
    )
    assert mine("avances-aprobados") == mine("evidencias-de-los-reportes") == []
    with on(4, 7):
        actions.return_report(inputs.ReturnReport(first.pk, "Falta decir en qué sede se hizo."), by=reviewer)
    assert mine("avances-aprobados") == mine("evidencias-de-los-reportes") == []
    keep = tuple(first.evidence.values_list("pk", flat=True))
    second = sent(
        activity, author, day=8, done=(4, 1, 3), cause="demanda", narrative="Hubo menos personas; sede norte.", keep=keep
    )
    assert [row["hecho"] for row in mine("metas-y-avance-por-mes")] == [None, None, None]
    with on(4, 10):
        actions.approve_report(inputs.DecideReport(second.pk), by=reviewer)
    at = {"plan": PLAN, "ejercicio": YEAR, "actividad": "A-1"}
    assert [(row["mes"], row["hecho"]) for row in mine("metas-y-avance-por-mes")] == [(1, 4_000), (2, 1_000), (3, 3_000)]
    [told] = mine("avances-aprobados")
    noon = dt.timedelta(hours=18)
    assert told == at | {
        **{
            "trimestre": 1,
            "version": 2,
            "vale": True,
            "meta": 10_000,
            "hecho": 8_000,
            "a_tiempo": True,
            "correccion": None,
            "alcanzada": None,
        },
        **{"vence": told["vence"], "causa": "Hubo más o menos personas interesadas de las que se esperaban"},
        **{"explicacion": "Hubo menos personas; sede norte."},
        "enviado": dt.datetime(YEAR, 4, 8, tzinfo=dt.UTC) + noon,
        "aprobado": dt.datetime(YEAR, 4, 10, tzinfo=dt.UTC) + noon,
    }
    [shown] = mine("evidencias-de-los-reportes")
    assert (shown["version"], shown["tipo"], shown["titulo"]) == (2, "archivo", "Lista")
    assert shown["direccion"] == f"/poa/evidencia/{shown['huella']}.png"
    dataset = DATASETS.get("evidencias-de-los-reportes")
    assert dataset and dataset.files
    assert shown["huella"] in {one.sha256 for one in dataset.files()}


def test_an_adjustment_is_given_once_it_is_decided(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor
) -> None:
    activity = write("A-1", {1: 4, 3: 6, 12: 5})
    approve()
    with on(2, 10):
        command = inputs.ProposeAdjustment(activity.pk, {3: 2_000, 12: 5_000}, "Se cerró una sede en marzo.")
        waiting = actions.propose_adjustment(command, by=author).result
    assert mine("ajustes-de-metas") == []
    with on(2, 12):
        actions.approve_adjustment(inputs.DecideAdjustment(waiting.pk, "De acuerdo."), by=reviewer)
    [row] = mine("ajustes-de-metas")  # December stays as it was: it is no change
    assert (row["mes"], row["antes"], row["despues"], row["decision"]) == (3, 6_000, 2_000, "aprobado")
    assert (row["motivo"], row["respuesta"]) == ("Se cerró una sede en marzo.", "De acuerdo.")
    assert (row["propuesto"], row["decidido"]) == (dt.date(YEAR, 2, 10), dt.date(YEAR, 2, 12))
    assert [(one["mes"], one["programado"], one["vigente"]) for one in mine("metas-y-avance-por-mes")] == [
        (1, 4_000, 4_000),
        (3, 6_000, 2_000),
        (12, 5_000, 5_000),
    ]


def test_what_is_approved_is_found_with_what_it_has_done(write: Write, approve: Callable[[], None]) -> None:
    write("A-1", {1: 4, 3: 6}, population="Personas mayores")
    approve()
    [found] = [one for one in _activities() if f"/{YEAR}/" in one.url]
    assert (found.title, found.url) == ("Actividad A-1", f"/poa/{PLAN}/{YEAR}/actividad/A-1")
    assert "Personas mayores" in found.body
    done, area = _about_activity(found.key)
    assert done.value == "0 de 10 talleres"
    assert area.value == "Secretaría Administrativa"
    assert _about_activity(f"{PLAN}/nada/A-1") == ()
