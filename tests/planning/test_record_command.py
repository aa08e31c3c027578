"""`calpulli record`: what the founding document says comes out in every format, and comes back in without loss."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOUNDING = json.loads((ROOT / "institutes" / "iecm" / "programme.json").read_text(encoding="utf-8"))


def strings(value: object) -> Iterator[str]:
    """Every string of a JSON value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def export(server: Any, database: str, target: Path, form: str, *which: str, plan: str = "iecm-2023") -> bytes:
    words = ("record", "export", "--plan", plan, *which, "--format", form, "--output", str(target))
    done = server.run(database, *words)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


@pytest.mark.parametrize("which", [("--quarter", "2023-Q1"), ("--quarter", "2023-Q3"), ("--year", "2023")])
def test_the_json_carries_the_whole_founding_document(server: Any, template: str, tmp_path: Path, which: tuple[str, str]) -> None:
    record = json.loads(export(server, template, tmp_path / "r.json", "json", *which))
    assert [column["number"] for column in record["columns"]] == list(range(1, 16))
    there = set(strings(record))
    source = {key: value for key, value in FOUNDING.items() if key != "provenance"}
    assert [text for text in strings(source) if text not in there] == []


def test_cell_by_cell_as_the_founding_record_says(server: Any, template: str, tmp_path: Path) -> None:
    content = export(server, template, tmp_path / "r.csv", "csv", "--quarter", "2023-Q1").decode()
    names, values = csv.reader(io.StringIO(content, newline=""))
    assert len(names) == len(values) == 15
    cells = dict(enumerate(values, start=1))
    assert [cells[n] for n in (1, 2, 3, 13, 14)] == ["2023", "01/01/2023", "31/03/2023", "31/03/2023", "25/04/2023"]
    assert [cells[n] for n in (4, 5, 15)] == ["", "", ""]
    assert cells[11].startswith("No aplica, debido a que el Instituto Electoral de la Ciudad de México no forma parte")
    assert cells[12] == "Secretaría Administrativa"
    assert cells[8].count("\n") == 30 + 3 + 3  # 30 items; 3 more headings; 3 empty lines between groups
    assert cells[8].startswith("FORTALEZAS\n1. Amplio conocimiento y experiencia en la organización")
    assert len(cells[9].split("\n")) == 5
    assert len(cells[10].split("\n")) == 25
    assert cells[10].split("\n")[2].startswith("1.3 Brindar seguimiento institucional a la ejecución y resultados")


def test_the_years_record_has_the_years_dates_and_no_invented_ones(server: Any, template: str, tmp_path: Path) -> None:
    record = json.loads(export(server, template, tmp_path / "r.json", "json", "--year", "2023"))
    cells = {column["number"]: column for column in record["columns"]}
    assert [cells[n]["value"] for n in (1, 2, 3)] == ["2023", "01/01/2023", "31/12/2023"]
    assert [(cells[n]["value"], cells[n]["mark"]) for n in (4, 5, 13, 14, 15)] == [("", "sin dato en la fuente")] * 5


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "pdf"])
def test_the_same_record_gives_the_same_bytes(server: Any, template: str, tmp_path: Path, form: str) -> None:
    once, again = (export(server, template, tmp_path / f"{name}.{form}", form, "--quarter", "2023-Q1") for name in ("a", "b"))
    assert once == again
    assert len(once) > 1000


def test_the_sheet_says_what_the_csv_says(server: Any, template: str, tmp_path: Path) -> None:
    content = export(server, template, tmp_path / "r.csv", "csv", "--quarter", "2023-Q1").decode()
    names, values = csv.reader(io.StringIO(content, newline=""))
    export(server, template, tmp_path / "r.xlsx", "xlsx", "--quarter", "2023-Q1")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Reporte de Formatos"]
    assert [cell.value for cell in sheet[7]] == names
    assert [cell.value or "" for cell in sheet[8]] == values
    assert sheet["A6"].value == "Tabla Campos"


def test_the_pdf_is_tagged_and_says_whose_seal_it_is(server: Any, template: str, tmp_path: Path) -> None:
    content = export(server, template, tmp_path / "r.pdf", "pdf", "--quarter", "2023-Q1")
    reader = pypdf.PdfReader(io.BytesIO(content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).lower().startswith("es")
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "no es un sello del IECM" in text
    assert "Secretaría Administrativa" in text


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_what_comes_out_goes_in_again_as_the_same_record(server: Any, fresh_database: str, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"registro.{form}"
    export(server, fresh_database, file, form, "--quarter", "2023-Q1")
    done = server.run(fresh_database, "record", "import", str(file), "--plan", "copia-2023", "--base", "iecm-2023")
    assert done.returncode == 0, done.stderr
    from calpulli.planning import queries

    (view,) = [found for found in queries.waiting("open") if found.plan_key == "copia-2023"]
    again = view.record
    ours = json.loads(export(server, fresh_database, tmp_path / "o.json", "json", "--quarter", "2023-Q1"))
    assert list(again.values) == [column["value"] for column in ours["columns"]]
    assert [cell.mark for cell in again.columns] == [column["mark"] for column in ours["columns"]]


def test_a_record_is_not_imported_twice_nor_over_another_programme(server: Any, fresh_database: str, tmp_path: Path) -> None:
    file = tmp_path / "registro.json"
    export(server, fresh_database, file, "json", "--quarter", "2023-Q1")
    twice = server.run(fresh_database, "record", "import", str(file), "--plan", "iecm-2023")
    assert twice.returncode == 1
    assert "ya está aquí" in twice.stderr
    other = server.run(fresh_database, "record", "import", str(file), "--plan", "demo-2026")
    assert other.returncode == 1
    assert "difieren:" in other.stderr


def test_a_broken_sheet_lists_every_error_and_saves_nothing(server: Any, fresh_database: str, tmp_path: Path) -> None:
    from calpulli.ledger import queries as ledger

    file = tmp_path / "registro.xlsx"
    export(server, fresh_database, file, "xlsx", "--quarter", "2023-Q1")
    book = openpyxl.load_workbook(file)
    sheet = book["Reporte de Formatos"]
    sheet["F7"] = "Mision"
    sheet["C8"] = "30/02/2023"
    sheet["J8"] = sheet["J8"].value.replace("1.3 ", "1.4 ", 1)
    sheet["M8"] = "pronto"
    sheet["D8"] = "sin liga"
    book.save(file)
    before = ledger.counts()
    words = ("record", "import", str(file), "--plan", "copia-2023", "--base", "iecm-2023", "--json")
    done = server.run(fresh_database, *words)
    assert done.returncode == 1
    errors = json.loads(done.stdout)["errors"]
    told = json.dumps(errors, ensure_ascii=False)
    for value in ("Mision", "30/02/2023", "pronto", "sin liga", "1.4"):
        assert value in told, value
    assert all(error["rule"] and error["remedy"] for error in errors)
    assert {error["row"] for error in errors} <= {7, 8}
    assert ledger.counts() == before


@pytest.mark.parametrize(
    ("quarter", "due_on"),
    [("2023-Q1", "2023-05-15"), ("2023-Q2", "2023-08-14"), ("2023-Q3", "2023-11-14"), ("2023-Q4", "2024-02-14")],
)
def test_the_deadline_comes_first_and_then_its_proof(server: Any, template: str, quarter: str, due_on: str) -> None:
    done = server.run(template, "record", "deadline", "--plan", "iecm-2023", "--quarter", quarter)
    first, *proof = done.stdout.splitlines()
    assert first == due_on
    assert any("45 días naturales" in line for line in proof)
    assert any("121" in line for line in proof)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--plan", "otro-2023", "--quarter", "2023-Q1"), "Los que hay: demo-2026, iecm-2023"),
        (("--plan", "iecm-2023", "--quarter", "2023-Q7"), "no se entiende"),
        (("--plan", "iecm-2023", "--year", "2023-Q1"), "Use --quarter"),
    ],
)
def test_a_wrong_call_says_how_to_put_it_right(server: Any, template: str, words: tuple[str, ...], told: str) -> None:
    done = server.run(template, "record", "deadline", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dry_run_refuses_what_the_import_would_refuse(server: Any, fresh_database: str, tmp_path: Path) -> None:
    from calpulli.ledger import queries as ledger

    file = tmp_path / "registro.json"
    export(server, fresh_database, file, "json", "--quarter", "2023-Q1")
    before = ledger.counts()
    for plan, words in (
        ("iecm-2023", "ya está aquí"),
        ("demo-2026", "difieren: instituto"),
        ("copia-2024", "use la clave «copia-2023»"),
    ):
        done = server.run(fresh_database, "record", "import", str(file), "--plan", plan, "--dry-run")
        assert done.returncode == 1, plan
        assert words in done.stderr
    fine = server.run(fresh_database, "record", "import", str(file), "--plan", "copia-2023", "--base", "iecm-2023", "--dry-run")
    assert fine.returncode == 0, fine.stderr
    assert ledger.counts() == before
