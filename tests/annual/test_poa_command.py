"""`calpulli poa`: a file enters whole or every error is told, by exit status, in words and as JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calpulli.annual import actions, exports, inputs
from calpulli.annual.models import Exercise
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from tests.annual.brought import PLAN, YEAR, ours
from tests.annual.conftest import on
from tests.core.formats.annual.planting import OTHER_FILES, book
from tests.core.formats.annual.test_planted import PLANTED

Run = Any


@pytest.fixture
def run(server: Any, fresh_database: str, tmp_path: Path) -> Run:
    """`calpulli poa` on a database with an empty draft of one's own year."""
    with on(1, 5):
        actions.open_exercise(inputs.OpenExercise(PLAN, YEAR), by=actor_named("area"))

    def called(*words: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = server.run(fresh_database, "poa", *words)
        return done

    return called


def test_a_file_is_reviewed_brought_exported_and_brought_again(run: Run, tmp_path: Path) -> None:
    file, out, again = tmp_path / "poa.xlsx", tmp_path / "out.xlsx", tmp_path / "again.xlsx"
    file.write_bytes(book(ours()))
    counted = ledger.counts()
    dry = run("import", str(file), "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "Actividades: se agregan 2." in dry.stdout and dry.stdout.rstrip().endswith("No se guardó nada (--dry-run).")
    assert ledger.counts() == counted
    done = run("import", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ok": True,
        "errors": [],
        "warnings": [],
        "plan": PLAN,
        "year": YEAR,
        "done": ["Programas: se agregan 2.", "Actividades: se agregan 2."],
    }
    assert run("export", "--year", str(YEAR), "--output", str(out)).returncode == 0
    same = run("import", str(out))
    assert same.returncode == 0 and "Actividades: sin cambios." in same.stdout
    assert run("export", "--year", str(YEAR), "--output", str(again)).returncode == 0
    assert out.read_bytes() == again.read_bytes()
    csv = tmp_path / "metas.csv"
    assert run("export", "--year", str(YEAR), "--sheet", "metas", "--output", str(csv)).returncode == 0
    assert "2031,A-01,talleres,1,,2.5,,,,,,,,,,\r\n" in csv.read_text(encoding="utf-8-sig").replace("\n", "\r\n")


def test_errors_are_listed_as_json_and_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "formula.csv"
    file.write_bytes(OTHER_FILES["formula.csv"]())
    counted = ledger.counts()
    done = run("import", str(file), "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["ok"] is False
    assert [list(item) for item in told["errors"]] == [["sheet", "row", "column", "value", "rule", "remedy"]] * 2
    places = [[item["sheet"], item["row"], item["column"], item["value"]] for item in told["errors"]]
    assert places == [fault[:4] for fault in PLANTED["formula.csv"]]
    words = run("import", str(file))
    assert words.returncode == 1 and "Líneas, fila 2, columna 4 (Porcentaje): «=50+50»" in words.stderr
    assert "No se importó nada: 2 errores." in words.stderr
    assert ledger.counts() == counted


def test_what_cannot_be_done_is_told_with_its_remedy(run: Run, tmp_path: Path) -> None:
    missing = run("import", str(tmp_path / "nada.xlsx"))
    assert missing.returncode == 2 and "no existe. Revise la ruta." in missing.stderr
    file = tmp_path / "entregas.xlsx"
    file.write_bytes(book(ours("Entregas")))
    assert run("import", str(file), "--plan", "otro-2026").returncode == 1
    unknown = run("export", "--year", "1999", "--output", str(tmp_path / "x.xlsx"))
    assert unknown.returncode == 2 and f", {YEAR}" in unknown.stderr
    ending = run("export", "--year", str(YEAR), "--output", str(tmp_path / "x.csv"))
    assert ending.returncode == 2 and ".xlsx" in ending.stderr


def test_templates_carry_the_institutes_catalogues(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "plantilla.xlsx"
    assert run("template", "poa", "--output", str(target)).returncode == 0
    opened = openpyxl.load_workbook(target)
    words = {str(cell.value) for row in opened["Catálogos"].iter_rows() for cell in row if cell.value}
    assert {"secretaria-administrativa", "Secretaría Administrativa", "distrito-01", "1.3", "Toda la ciudad"} <= words
    assert set(exports.BOOKS) == {"poa", "presupuesto", "entregas"}


def test_deliveries_come_from_their_area_and_not_from_a_command(run: Run, tmp_path: Path) -> None:
    exercise = Exercise.objects.exclude(year=YEAR).get(plan_key=PLAN)
    counted = exercise.activities.filter(counted=True, districts=[]).order_by("key")[0]
    sheets = ours("Entregas")
    sheets["Entregas"][1][:] = [[f"15/01/{exercise.year}", counted.key, "Ninguno", 1, 2, 3, 0]]
    file = tmp_path / "entregas.xlsx"
    file.write_bytes(book(sheets))
    told = run("import", str(file))
    assert told.returncode == 1 and "tráigalas desde su mesa" in told.stderr
