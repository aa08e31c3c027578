"""What is written is read as the same; templates are empty, say what they are, and their examples are right."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.rows import AnnualFile, BudgetRow, DeliveryRow, GoalRow, Moment
from calpulli_core.formats.annual.tables import POA, TABLES
from calpulli_core.formats.annual.writing import csv_example, csv_template, write_csv, write_xlsx, xlsx_template
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.sheets.writing import Listed
from tests.core.formats.annual.planting import ACTIVITIES, BUDGET, DELIVERIES, GOALS, MATRIX, PROGRAMMES, SHARES, book, clean

KEYS = st.from_regex(r"[A-Z][A-Z0-9]{0,5}(-[0-9]{1,3})?", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-zñÑ][A-Za-zÁÉÍÓÚÑáéíóúñü,;\"'&<>]{1,20}( [a-zñó0-9]{1,8}){0,3}", fullmatch=True)


def bare(file: AnnualFile) -> dict[str, Any]:
    """Without the rows' places."""
    return {
        field.name: [dataclasses.replace(row, row=0) for row in told] if isinstance(told, tuple) else told
        for field in dataclasses.fields(file)
        for told in [getattr(file, field.name)]
    }


def both_ways(file: AnnualFile) -> None:
    tables = [table for table in TABLES if getattr(file, table.key)]
    from_xlsx = read_files([Brought("x.xlsx", write_xlsx(file))]).file
    from_csv = read_files([Brought(f"{table.key}.csv", write_csv(file, table)) for table in tables]).file
    assert bare(from_xlsx) == bare(file) == bare(from_csv)


def test_the_clean_book_goes_and_comes() -> None:
    file = read_files([Brought("poa.xlsx", book(clean()))]).file
    both_ways(file)
    assert write_xlsx(file) == write_xlsx(file)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(KEYS, WORDS, st.integers(1, 12), st.sampled_from(["committed", "paid"]), st.integers(1, 10**15)), min_size=1
    ),
    st.dictionaries(
        KEYS.map(str.upper), st.lists(st.none() | st.integers(1, 10**12), min_size=12, max_size=12).filter(any), min_size=1
    ),
)
def test_any_budget_and_goals_go_and_come(
    entries: list[tuple[str, str, int, str, int]], goals: dict[str, list[int | None]]
) -> None:
    budget = tuple(
        BudgetRow(0, 2027, "area-1", "P1", key, "01", "0371", month, Moment(moment), document, amount)
        for key, document, month, moment, amount in entries
    )
    rows = tuple(GoalRow(0, 2027, f"Q{place}", "cosas", tuple(months)) for place, months in enumerate(goals.values()))
    days = (
        DeliveryRow(0, dt.date(2027, 12, 31), "A", "", 1, 0, 0, 0),
        DeliveryRow(0, dt.date(2024, 2, 29), "A", "d-1", 9, 1, 2, 3),
    )
    both_ways(AnnualFile(year=2027, goals=rows, budget=budget, deliveries=days))


def test_the_template_is_empty_and_has_its_lists() -> None:
    catalogue = {"areas": Listed("Áreas", [("area-1", "Una"), ("area-2", "Otra")])}
    made = xlsx_template(POA, catalogue)
    with pytest.raises(RecordErrors) as caught:
        read_files([Brought("plantilla.xlsx", made)])
    assert [defect.rule for defect in caught.value.defects] == ["Ninguna tabla tiene filas: no hay nada que importar."]
    opened = openpyxl.load_workbook(io.BytesIO(made))
    own = ["Programas", "Matriz", "Actividades", "Líneas", "Metas"]
    assert opened.sheetnames == ["Instrucciones", "Catálogos", *own, *(f"Ejemplo {name}" for name in own)]
    lists = {rule.formula1 for rule in opened["Actividades"].data_validations.dataValidation if rule.type == "list"}
    assert {"'Catálogos'!$A$2:$A$3", '"Sí,No"'} <= lists
    assert [cell.value for cell in opened["Catálogos"]["A"]] == ["Áreas", "area-1", "area-2"]
    assert str(opened["Ejemplo Metas"]["A1"].value).startswith("EJEMPLO INVENTADO")
    assert opened["Actividades"].column_dimensions["B"].width and opened["Actividades"]["B1"].value == "Clave de la actividad"


def test_templates_carry_the_headings_that_the_tests_know() -> None:
    known = (PROGRAMMES, MATRIX, ACTIVITIES, SHARES, GOALS, BUDGET, DELIVERIES)
    for table, headings in zip(TABLES, known, strict=True):
        assert csv_template(table).decode("utf-8-sig").strip() == ",".join(headings)


def test_the_examples_are_right_and_say_that_they_are() -> None:
    outcome = read_files([Brought(f"{table.key}.csv", csv_example(table)) for table in TABLES])
    assert outcome.warnings == ()
    assert all("ejemplo" in csv_example(table).decode("utf-8-sig").lower() for table in TABLES if table.key != "goals")
    whole = read_files([Brought("e.csv", csv_example(table)) for table in POA]).file
    assert {row.key for row in whole.activities or ()} == {row.activity for row in whole.goals or ()}


def test_every_column_has_its_example_where_it_is_asked_for() -> None:
    for table in TABLES:
        for column in table.columns:
            assert column.means.endswith((".", "%.")) and (column.example or not column.required)
