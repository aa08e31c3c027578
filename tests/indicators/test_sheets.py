"""Sheets: refused with everything that is wrong in words of a planner; two people; versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries.facts import fact_words
from calpulli.indicators.actions import (
    approve_sheets,
    approve_targets,
    compute_indicators,
    propose_retirement,
    propose_sheets,
    propose_targets,
    refuse_sheets,
    refuse_targets,
    retire_sheets,
)
from calpulli.indicators.inputs import (
    Compute,
    DecideSheets,
    DecideTargets,
    ProposeSheets,
    ProposeTargets,
    RetireSheet,
    TargetDraft,
)
from calpulli.indicators.models import Sheet
from calpulli.indicators.offers.desk import deed, tasks
from calpulli.indicators.queries.sheets import sheets_in_force
from calpulli.ledger.doors import last_facts
from calpulli.people.doors import actor_named
from tests.indicators.sheets import COUNT, UNITS, approve, draft, propose
from tests.indicators.working import AREA, SYSTEM, measures_offered, today
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
KEY = "talleres-por-entrega"
OTHER = "unidad-transparencia"


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(), measures_offered():
        yield


def refused(**more: Any) -> list[tuple[str | None, str]]:
    with pytest.raises(Refused) as caught:
        propose(draft(**more))
    return [(problem.field, problem.message) for problem in caught.value.problems]


WRONG = [
    ({"formula": "talleres / entregs"}, "variables", "entregs"),
    ({"formula": "talleres / (entregas"}, "formula", "Lugar"),
    ({"formula": "talleres + entregas"}, "formula", "no se pueden sumar ni comparar"),
    ({"unit": "talleres"}, "formula", "talleres/entregas"),
    ({"unit": "Talleres!"}, "unit", "no se entiende"),
    ({"variables": {"talleres": {"measure": "tests.nothing"}, "entregas": COUNT}}, "variables", "tests.nothing"),
    ({"variables": {"talleres": UNITS | {"where": {"colour": "red"}}, "entregas": COUNT}}, "variables", "colour"),
    ({"variables": {"talleres": {"indicator": "nadie"}, "entregas": COUNT}}, "variables", "nadie"),
    ({"variables": {"talleres": {"awaits": "Actas"}, "entregas": COUNT}}, "awaits", "qué falta"),
    ({"line": "linea-9.9"}, "line", "linea-9.9"),
    ({"objective": 2}, "objective", "objetivo 1"),
    ({"area": "nadie"}, "area", "nadie"),
    ({"plan_key": "otro"}, "plan_key", "otro"),
    ({"baseline": "72,5", "baseline_source": "x"}, "baseline", "72,5"),
    ({"baseline": "72.5"}, "baseline_source", "fuente"),
    ({"bands": {"met": 80, "risk": 90}}, "bands", "menor"),
    ({"bands": {"met": 95, "risk": 80, "over": 90}}, "bands", "más allá"),
    ({"bands": {"met": 95}}, "bands", "las dos"),
    ({"sense": "descendente", "bands": {"met": 110, "risk": 90}}, "bands", "mayor"),
    ({"cremaa": {"claro": {"score": 9, "reason": "x"}}}, "cremaa", "1 a 5"),
    ({"cremaa": {"claro": {"score": 4, "reason": " "}}}, "cremaa", "por qué"),
    ({"dimension": "belleza"}, "dimension", "belleza"),
    ({"name": " "}, "name", "Falta"),
    ({"key": "Con Espacios"}, "key", "minúsculas"),
]


@pytest.mark.parametrize(("more", "field", "told"), WRONG, ids=[f"{field}-{place}" for place, (_, field, _) in enumerate(WRONG)])
def test_each_fault_is_told_at_its_field(more: dict[str, Any], field: str, told: str) -> None:
    found = refused(**more)
    assert any(where == field and told in message for where, message in found), found
    assert not Sheet.objects.filter(plan_key="demo-2026", name="Talleres por entrega").exists()


def test_all_faults_come_at_once() -> None:
    fields = {field for field, _ in refused(name="", unit="personas", baseline="x", area="nadie", line="linea-9.9")}
    assert fields == {"name", "formula", "baseline", "baseline_source", "area", "line"}


def test_what_reads_itself_through_others_is_refused_with_the_whole_circle() -> None:
    approve(draft(key="a"))
    reads_b = draft(key="a", reason="cambia", formula="b", variables={"b": {"indicator": "b"}})
    reads_a = draft(key="b", formula="a", variables={"a": {"indicator": "a"}})
    with pytest.raises(Refused, match="a → b → a"):
        propose(reads_b, reads_a)


def test_whoever_proposes_does_not_decide() -> None:
    ids = tuple(propose(draft()))
    with pytest.raises(Refused, match="no captura"):
        propose_sheets(ProposeSheets((draft(key="x", area="unidad-transparencia"),)), by=actor_named("area"))
    assert "talleres-por-entrega" not in sheets_in_force()
    approve_sheets(DecideSheets(ids), by=actor_named("revision"))
    assert "talleres-por-entrega" in sheets_in_force()
    with pytest.raises(Refused, match="ya se decidió"):
        approve_sheets(DecideSheets(ids), by=actor_named("revision"))


def test_a_change_is_a_version_with_its_reason() -> None:
    approve(draft())
    with pytest.raises(Refused, match="por qué se cambia"):
        propose(draft(name="Otro nombre"))
    ids = propose(draft(name="Otro nombre", reason="El de antes confundía."))
    with pytest.raises(Refused, match="espera decisión"):
        propose(draft(name="Un tercero", reason="Más claro."))
    assert sheets_in_force()["talleres-por-entrega"].row.name == "Talleres por entrega"
    with pytest.raises(Refused, match="por qué no se aprueba"):
        refuse_sheets(DecideSheets(tuple(ids)), by=actor_named("revision"))
    refuse_sheets(DecideSheets(tuple(ids), "No hace falta."), by=actor_named("revision"))
    approve(draft(name="Un tercero", reason="Más claro."))
    assert [(row.version, row.state) for row in Sheet.objects.filter(key="talleres-por-entrega").order_by("version")] == [
        (1, "approved"),
        (2, "refused"),
        (3, "approved"),
    ]
    assert sheets_in_force()["talleres-por-entrega"].row.name == "Un tercero"


def test_one_that_others_read_is_not_retired_before_them() -> None:
    approve(draft(key="a"))
    approve(draft(key="b", formula="2 * a", variables={"a": {"indicator": "a"}}))
    with pytest.raises(Refused, match="b"):
        propose_retirement(RetireSheet("a", "Ya no."), by=actor_named("area"))
    for key in ("b", "a"):
        row = propose_retirement(RetireSheet(key, "Ya no."), by=actor_named("area")).result
        assert key in sheets_in_force(), "until another person decides"
        retire_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    assert not {"a", "b"} & set(sheets_in_force())


def of(username: str, *areas: str) -> Actor:
    """The same person, who captures or reviews in those areas and in no other."""
    who = actor_named(username)
    return replace(who, scopes=frozenset((role, area) for role in who.roles for area in areas))


def test_a_proposal_of_another_area_does_not_take_an_indicator_away() -> None:
    """Neither proposed nor approved without somebody who answers for the area that has it."""
    approve(draft())
    taken = draft(area=OTHER, reason="Es nuestro.")
    with pytest.raises(Refused, match=f"responde «{AREA}»"):
        propose_sheets(ProposeSheets((taken,)), by=of("area", OTHER))
    (row,) = propose_sheets(ProposeSheets((taken,)), by=of("area", OTHER, AREA)).result
    for only in (OTHER, AREA):
        with pytest.raises(Refused, match="no revisa lo de"):
            approve_sheets(DecideSheets((row.pk,)), by=of("revision", only))
    assert sheets_in_force()[KEY].row.area == AREA
    approve_sheets(DecideSheets((row.pk,)), by=of("revision", OTHER, AREA))
    assert sheets_in_force()[KEY].row.area == OTHER


@pytest.mark.parametrize("only", [OTHER, AREA])
def test_either_area_may_say_no(only: str) -> None:
    approve(draft())
    (row,) = propose_sheets(ProposeSheets((draft(area=OTHER, reason="x"),)), by=of("area", OTHER, AREA)).result
    refuse_sheets(DecideSheets((row.pk,), "Sigue aquí."), by=of("revision", only))
    assert sheets_in_force()[KEY].version == 1


def test_what_was_refused_gives_nobody_a_right_to_retire() -> None:
    """Version 2 named another area and was refused: the area that has the indicator asks for its retirement, and that one not."""
    approve(draft())
    (row,) = propose_sheets(ProposeSheets((draft(area=OTHER, reason="x"),)), by=of("area", OTHER, AREA)).result
    refuse_sheets(DecideSheets((row.pk,), "Sigue aquí."), by=actor_named("revision"))
    with pytest.raises(Refused, match="no captura"):
        propose_retirement(RetireSheet(KEY, "Fuera."), by=of("area", OTHER))
    asked = propose_retirement(RetireSheet(KEY, "Ya no se mide."), by=of("area", AREA)).result
    assert (asked.version, asked.area) == (3, AREA)


def test_a_retirement_is_told_as_one_and_a_sheet_as_a_sheet(client: Client) -> None:
    """In the public ledger, on the desk of whoever decides and in the receipt; neither is approved as the other."""
    approve(draft())
    row = propose_retirement(RetireSheet(KEY, "Ya no se mide."), by=actor_named("area")).result
    assert f"Decidir el retiro de «{row.name}»" in {task.what for task in tasks(actor_named("revision"))}
    with pytest.raises(Refused, match="apruebe el retiro"):
        approve_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    (other,) = propose(draft(key="otra"))
    with pytest.raises(Refused, match="no pide que se retire"):
        retire_sheets(DecideSheets((other,)), by=actor_named("revision"))
    answer = signed_in("revision").post(f"/mesa/indicadores/ficha/{row.pk}", {"answer": "approve"})
    assert answer.status_code == 302 and KEY not in sheets_in_force()
    (fact,) = last_facts(1)
    assert (fact["name"], fact["details"]["keys"]) == ("indicators.sheet_retired", [KEY])
    assert fact_words(fact["name"]) == "Se retiró un indicador"
    told = deed(fact["name"], fact["details"])
    assert told and told.title == "Retiró un indicador"


def test_no_target_is_set_for_what_was_retired_meanwhile() -> None:
    """It waits: nobody may approve it, and only whoever reviews for the area that had the indicator puts it away."""
    approve(draft())
    command = ProposeTargets((TargetDraft(KEY, "2026-Q4", "5", "Acuerdo", ""),))
    (target,) = propose_targets(command, by=actor_named("area")).result
    row = propose_retirement(RetireSheet(KEY, "Ya no se mide."), by=actor_named("area")).result
    retire_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    with pytest.raises(Refused, match="se retiró"):
        approve_targets(DecideTargets((target.pk,)), by=actor_named("revision"))
    page = signed_in("revision").get("/mesa/indicadores/metas").content.decode()
    assert "El indicador se retiró: esta meta ya no puede aprobarse." in page and row.name in page
    assert f'value="{target.pk}"' in page and "Aprobar la meta" not in page
    with pytest.raises(Refused, match="no revisa"):
        refuse_targets(DecideTargets((target.pk,), "Se retiró."), by=of("revision", OTHER))
    refuse_targets(DecideTargets((target.pk,), "Se retiró."), by=of("revision", AREA))


def test_nobody_retires_an_indicator_alone(client: Client) -> None:
    """One asks, another decides; what was kept of it stays, with the reason, and its address with it."""
    approve(draft())
    compute_indicators(Compute(("2026-Q1",)), by=SYSTEM)
    with pytest.raises(Forbidden):
        propose_retirement(RetireSheet(KEY, "No nos conviene."), by=actor_named("revision"))
    with pytest.raises(Refused, match="Diga por qué"):
        propose_retirement(RetireSheet(KEY, " "), by=actor_named("area"))
    row = propose_retirement(RetireSheet(KEY, "No nos conviene."), by=actor_named("area")).result
    with pytest.raises(Forbidden):
        retire_sheets(DecideSheets((row.pk,)), by=actor_named("area"))
    assert client.get(f"/indicador/{KEY}").status_code == 200
    retire_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    for address in (f"/indicador/{KEY}", f"/indicador/{KEY}/2026-Q1"):
        page = client.get(address).content.decode()
        assert "Indicador retirado" in page and "No nos conviene." in page and "Primer trimestre de 2026" in page
    assert "2026-Q1" in client.get(f"/indicador/{KEY}/serie.csv").content.decode()
    assert "se retiró el" in client.get("/tablero").content.decode()
    (row_of_it,) = (line for line in client.get("/tablero.csv").content.decode().splitlines() if line.startswith(KEY))
    assert "se retiró el" in row_of_it and ",retired," in row_of_it
