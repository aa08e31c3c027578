"""From an approved report to a stranger who computes every indicator again: a quarter of the demonstration's invented year."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from calpulli.annual.models import Report
from calpulli.budget.models import BudgetEntry
from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.indicators.actions import approve_sheets, compute_indicators, propose_sheets
from calpulli.indicators.inputs import Compute, DecideSheets, ProposeSheets, SheetDraft
from calpulli.people.doors import actor_named
from calpulli.planning.actions import publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli_core.board.archive import read_zip
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured
from calpulli_core.verify.zipapp import build_pyz
from tests.core.verify.factory import fingerprint, key, public, resealed
from tests.core.verify.primitives import Files, lines, zipped
from tests.verifier.engine import PAGE, Engine, check, faults, node

MEASURES, INDICATORS, KEYS = "data/measures.jsonl", "data/indicators.jsonl", "data/keys.jsonl"
FIRST = {"line": "linea-1.1"}
OF_LINE = SheetDraft(
    key="prueba-cumplidas",
    plan_key="demo-2026",
    line="linea-1.1",
    objective=1,
    name="Actividades cumplidas",
    definition="De las programadas, cuántas se cumplieron.",
    formula="100 * cumplidas / programadas",
    variables={
        "cumplidas": {"measure": "annual.activities_fulfilled", "where": FIRST},
        "programadas": {"measure": "annual.activities_due", "where": FIRST},
    },
    unit="%",
    frequency="QUARTER",
    dimension="eficacia",
    kind="gestion",
    mark="gestion",
    sense="ascendente",
    source="Programa anual",
    area="secretaria-administrativa",
)
CHANGE = {"formula": "este - anterior(este, 1)", "variables": {"este": {"indicator": "prueba-cumplidas"}}, "unit": "1"}
SPENT = {"formula": "pagado / aprobado", "unit": "1", "frequency": "MONTH"}
PESOS = {"pagado": {"measure": "budget.paid"}, "aprobado": {"measure": "budget.approved"}}
GIVEN = {"formula": "entregas", "variables": {"entregas": {"measure": "annual.deliveries_made"}}, "unit": "entregas"}


ADVISED = "12-03"  # its unit is people; few of them in the quarter before the last
PEOPLE = {"personas": {"measure": "annual.goal_achieved", "where": {"activity": ADVISED}}}
MORE = {"formula": "personas - anterior(personas, 1)", "variables": PEOPLE, "unit": "unidades"}


def drafts() -> tuple[SheetDraft, ...]:
    return (
        OF_LINE,
        replace(OF_LINE, key="prueba-cambio", name="Cambio", **CHANGE),
        replace(OF_LINE, key="prueba-gasto", name="Gasto", variables=PESOS, **SPENT),
        replace(OF_LINE, key="prueba-entregas", name="Entregas", mark="resultado", **GIVEN),
        replace(OF_LINE, key="prueba-personas", name="Personas", formula="personas", variables=PEOPLE, unit="unidades"),
        replace(OF_LINE, key="prueba-personas-mas", name="Más personas", **MORE),
    )


def compute(quarter: str) -> None:
    proposed = propose_sheets(ProposeSheets(drafts()), by=actor_named("area")).result
    approve_sheets(DecideSheets(tuple(row.pk for row in proposed)), by=actor_named("revision"))
    compute_indicators(Compute((quarter,)), by=Actor.system("prueba"))


def publish(edition: Edition) -> None:
    author, reviewer = actor_named("area"), actor_named("revision")
    captured = Captured(updated_on=edition.period.span.ends_on, note="Nota de prueba.")
    submit_edition(CaptureEdition(edition.pk, captured), by=author)
    seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)


@pytest.fixture
def quarter(db: None) -> Edition:
    """The open quarter of the own plan, whose reports are approved and whose money is entered."""
    edition = Edition.objects.get(period__plan_id="demo-2026", state=Edition.State.OPEN)
    span = edition.period.span
    told = {"quarter": span.quarter, "activity__exercise__year": span.year, "counts": True}
    assert Report.objects.filter(**told).count() > 10
    assert BudgetEntry.objects.filter(year=span.year, month=span.ends_on.month).exists()
    return edition


def stranger(folder: Path, bundle: bytes) -> tuple[int, str]:
    """What the verifier that anyone downloads says, alone in a folder, without anything installed."""
    (folder / "verificador.pyz").write_bytes(build_pyz())
    (folder / "paquete.zip").write_bytes(bundle)
    call = [sys.executable, "-I", "-S", "verificador.pyz", "paquete.zip"]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def forged(files: Files, changes: Files) -> Files:
    """All of it agreed and signed again by somebody else, who says that his key is the only one there ever was."""
    own = {"endorsement": None, "fingerprint": fingerprint(key(9)), "number": 1, "public_key": public(key(9))}
    return resealed(files, {**changes, KEYS: lines([own])}, key(9))


def test_a_stranger_computes_every_indicator_of_a_sealed_quarter(client: object, quarter: Edition, tmp_path: Path) -> None:
    span = quarter.period.span
    compute(str(span))
    publish(quarter)
    bundle = client.get(f"/registros/demo-2026/{span}/edicion/1/paquete.zip").content  # type: ignore[attr-defined]
    files = read_zip(bundle)
    assert json.loads(files["manifest.json"])["spec"] == "calpulli-bundle/2"
    code, told = stranger(tmp_path, bundle)
    assert (code, told.splitlines()[0]) == (0, "ÍNTEGRO — firma no contrastada")
    sheets = [json.loads(text) for text in files[INDICATORS].splitlines()]
    assert f"{len(sheets)} indicadores recalculados: todos dan lo que el paquete dice." in told
    check_people(files, span)
    check_forgeries(files, tmp_path)
    check_page(files)


def check_people(files: Files, span: Period) -> None:
    """One number a quarter; of the quarter of few, 0 in the table and no value in any cell, nor in what is computed of it."""
    rows = list(csv.DictReader(files["data/activities.csv"].decode().splitlines()))
    assert [row["activity"] for row in rows if row["people"] == "sí"] == [ADVISED]
    months = [row for row in csv.DictReader(files["data/goals.csv"].decode().splitlines()) if row["activity"] == ADVISED]
    told = {str(Period(span.year, (int(row["month"][5:]) + 2) // 3)): row["achieved"] for row in months if row["achieved"]}
    before = span.previous()
    assert told[str(before)] == "0" and int(told[str(span)]) >= 5_000
    cells = [json.loads(text) for text in files[MEASURES].splitlines()]
    found = {one["period"]: (one["value"], one["reason"]) for one in cells if one["where"] == {"activity": ADVISED}}
    assert found == {str(before): (None, "privacy"), str(span): (str(int(told[str(span)]) // 1_000), None)}
    values = {one["key"]: one["values"] for one in map(json.loads, files[INDICATORS].splitlines())}
    assert [one["reason"] for one in values["prueba-personas-mas"]] == ["privacy"]


def check_forgeries(files: Files, folder: Path) -> None:
    """One digit of one cell changed: named, whoever signs; with the value that follows changed too, still named."""
    cells = [json.loads(text) for text in files[MEASURES].splitlines()]
    at = next(n for n, one in enumerate(cells) if one["measure"] == "annual.activities_due" and one["where"] == FIRST)
    cells[at]["value"] = str(int(cells[at]["value"]) + 1)
    code, told = stranger(folder, zipped(sorted(forged(files, {MEASURES: lines(cells)}).items())))
    assert code == 1
    assert "[indicator] data/measures.jsonl" in told
    assert "[indicator] data/indicators.jsonl" in told
    assert {line.split("]")[0].split("[")[1] for line in told.splitlines() if "[" in line} == {"indicator"}


def check_page(files: Files) -> None:
    """The page says the same of both."""
    if node() is None:
        return
    cells = [json.loads(text) for text in files[MEASURES].splitlines()]
    at = next(n for n, one in enumerate(cells) if one["measure"] == "annual.activities_due" and one["where"] == FIRST)
    cells[at]["value"] = str(int(cells[at]["value"]) + 1)
    with Engine("check.mjs", PAGE) as engine:
        assert check(engine, files)["ok"]
        found = faults(check(engine, forged(files, {MEASURES: lines(cells)})))
    assert ("indicator", MEASURES, at) in found
    assert {code for code, _, _ in found} == {"indicator"}
