"""Sheets: refused with everything that is wrong in words of a planner; two people; versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from calpulli.commons.act import Forbidden, Refused
from calpulli.indicators.actions import approve_sheets, compute_indicators, propose_retirement, propose_sheets, refuse_sheets
from calpulli.indicators.inputs import Compute, DecideSheets, ProposeSheets, RetireSheet
from calpulli.indicators.models import Sheet
from calpulli.indicators.queries.sheets import sheets_in_force
from calpulli.people.doors import actor_named
from tests.indicators.sheets import COUNT, UNITS, approve, draft, propose
from tests.indicators.working import SYSTEM, measures_offered, today

pytestmark = pytest.mark.django_db
KEY = "talleres-por-entrega"


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
        approve_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    assert not {"a", "b"} & set(sheets_in_force())


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
        approve_sheets(DecideSheets((row.pk,)), by=actor_named("area"))
    assert client.get(f"/indicador/{KEY}").status_code == 200
    approve_sheets(DecideSheets((row.pk,)), by=actor_named("revision"))
    for address in (f"/indicador/{KEY}", f"/indicador/{KEY}/2026-Q1"):
        page = client.get(address).content.decode()
        assert "Indicador retirado" in page and "No nos conviene." in page and "Primer trimestre de 2026" in page
    assert "2026-Q1" in client.get(f"/indicador/{KEY}/serie.csv").content.decode()
    assert "se retiró el" in client.get("/tablero").content.decode()
    (row_of_it,) = (line for line in client.get("/tablero.csv").content.decode().splitlines() if line.startswith(KEY))
    assert "se retiró el" in row_of_it and ",retired," in row_of_it
