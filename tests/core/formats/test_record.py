"""The record: each cell as the law's format has it, and what is written of it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.record import (
    Difference,
    Plan,
    Record,
    captured_from_source,
    compose,
    differences,
    to_csv,
    to_json,
)

NAMES = [
    "Ejercicio",
    "Fecha de inicio del periodo que se informa",
    "Fecha de término del periodo que se informa",
    "Hipervínculo al Programa Operativo Anual",
    "Hipervínculo al Programa de Trabajo, en su caso",
    "Misión",
    "Visión",
    "Diagnóstico general",
    "Objetivos estratégicos",
    "Líneas de acción",
    "Vinculación con el Programa General de Desarrollo del DF vigente",
    "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
    "Fecha de actualización de la información",
    "Fecha de validación de la información",
    "Nota",
]
BLANK_IN_SOURCE = "sin dato en la fuente"


def test_the_fifteen_columns_in_order(founding: Record) -> None:
    assert [(cell.number, cell.name) for cell in founding.columns] == list(enumerate(NAMES, start=1))


def test_short_cells_of_the_founding_record(founding: Record) -> None:
    short = {n: (founding.cell(n).value, founding.cell(n).mark) for n in (1, 2, 3, 4, 5, 12, 13, 14, 15)}
    assert short == {
        1: ("2023", None),
        2: ("01/01/2023", None),
        3: ("31/03/2023", None),
        4: ("", BLANK_IN_SOURCE),
        5: ("", BLANK_IN_SOURCE),
        12: ("Secretaría Administrativa", None),
        13: ("31/03/2023", None),
        14: ("25/04/2023", None),
        15: ("", BLANK_IN_SOURCE),
    }


def test_long_cells_of_the_founding_record(founding: Record) -> None:
    assert founding.cell(6).value.startswith("Administrar mecanismos e instrumentos de participación")
    assert founding.cell(7).value.endswith("innovadora y eficiente en el uso de recursos.")
    assert founding.cell(11).value.startswith("No aplica, debido a que el Instituto Electoral")
    objectives = founding.cell(9).value.split("\n")
    assert len(objectives) == 5
    assert objectives[4] == (
        "5. Visibilizar y socializar la función del quehacer institucional y la rendición de cuentas "
        "proactiva, con un lenguaje accesible e incluyente, para fomentar la cercanía con la ciudadanía."
    )


def test_the_diagnosis_of_the_founding_record(founding: Record) -> None:
    rows = founding.cell(8).value.split("\n")
    assert len(rows) == 30 + 4 + 3
    assert [n for n, row in enumerate(rows) if row == ""] == [9, 18, 27]
    assert (rows[0], rows[10], rows[19], rows[28]) == (
        "FORTALEZAS",
        "OPORTUNIDADES",
        "DEBILIDADES",
        "AMENAZAS",
    )
    assert rows[2] == "2. Procesos definidos y documentados y un SGCE certificado por 5 años consecutivos."
    assert rows[36] == "8. Situación de polarización y violencia política."


def test_the_lines_of_the_founding_record(founding: Record) -> None:
    rows = founding.cell(10).value.split("\n")
    assert len(rows) == 25
    numbers = [f"{n}.{m}" for n, count in enumerate((4, 5, 4, 6, 6), start=1) for m in range(1, count + 1)]
    assert [row.split(" ")[0] for row in rows] == numbers
    assert rows[7] == (
        "2.4 Generar acciones para prevenir la violencia política contra las mujeres en razón de género, "
        "discriminatorias y de desigualdad."
    )
    assert rows[17] == (
        "4.5 Mejorar los procesos de planeación, programación y ejecución del presupuesto para hacer más "
        "eficiente el gasto público."
    )


@pytest.mark.parametrize("written", ["2023-Q2", "2022-Q1", "2024-Q1", "2023"])
def test_the_dates_of_the_source_are_of_the_one_period_that_it_reports(plan: Plan, written: str) -> None:
    captured = captured_from_source(plan.programme, period=Period.parse(written))
    assert captured == Captured()
    record = compose(plan=plan, period=Period.parse(written), captured=captured)
    assert [record.cell(n).mark for n in (13, 14)] == [BLANK_IN_SOURCE] * 2


def test_the_year_is_a_record_too(plan: Plan) -> None:
    record = compose(plan=plan, period=Period(2024), captured=Captured())
    assert record.values[:3] == ("2024", "01/01/2024", "31/12/2024")


def test_blanks_of_an_own_plan_are_not_reported(plan: Plan) -> None:
    own = Plan("demo-2026", plan.programme, reference=False)
    captured = Captured(poa_url="https://a.mx/poa.pdf", updated_on=date(2026, 3, 31), validated_on=date(2026, 4, 1), note="=nota")
    record = compose(plan=own, period=Period(2026, 1), captured=captured)
    assert {cell.number: cell.mark for cell in record.columns if cell.mark} == {5: "no reportado"}
    assert [record.cell(n).value for n in (4, 13, 14, 15)] == [
        "https://a.mx/poa.pdf",
        "31/03/2026",
        "01/04/2026",
        "=nota",
    ]


def test_everything_wrong_with_what_was_captured_comes_at_once(plan: Plan) -> None:
    captured = Captured(
        poa_url="ftp://a",
        work_programme_url="a b",
        updated_on=date(2023, 3, 31),
        validated_on=date(2023, 3, 30),
        note="a\tb",
    )
    with pytest.raises(RecordErrors) as caught:
        compose(plan=plan, period=Period(2023, 1), captured=captured)
    told = [(defect.column or "").split(" ")[1] for defect in caught.value.defects]
    assert told == ["4", "5", "14", "14", "15"]


@pytest.mark.parametrize(("day", "fine"), [(date(2023, 3, 31), False), (date(2023, 4, 1), True)])
def test_validation_is_after_the_period_ends(plan: Plan, day: date, fine: bool) -> None:
    captured = Captured(validated_on=day)
    if fine:
        compose(plan=plan, period=Period(2023, 1), captured=captured)
    else:
        with pytest.raises(RecordErrors, match="posterior al fin del periodo"):
            compose(plan=plan, period=Period(2023, 1), captured=captured)


@pytest.mark.parametrize("key", ["", "Demo", "demo 2026", "-demo", "../demo", "démo"])
def test_a_plan_key_is_plain(plan: Plan, key: str) -> None:
    with pytest.raises(ValueError, match="clave de plan"):
        Plan(key, plan.programme, reference=False)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


@pytest.mark.parametrize("written", ["2023-Q1", "2023-Q3", "2023"])
def test_the_json_holds_every_string_of_the_programme(plan: Plan, source: bytes, written: str) -> None:
    record = compose(plan=plan, period=Period.parse(written), captured=Captured())
    told = json.loads(source)
    provenance = told.pop("provenance")
    found = list(strings(json.loads(to_json(record))["programme"]))
    assert sorted(found) == sorted(strings(told))
    assert not set(provenance["remarks"]) & set(found)


def test_the_json_is_canonical(founding: Record) -> None:
    data = to_json(founding)
    value = json.loads(data)
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert data == canonical.encode() + b"\n"
    assert set(value) == {"columns", "format", "period", "plan", "programme"}
    assert (value["format"], value["period"], value["plan"]) == ("121-XXII-b/1", "2023-Q1", "iecm-2023")
    assert value["columns"][3] == {
        "mark": BLANK_IN_SOURCE,
        "name": "Hipervínculo al Programa Operativo Anual",
        "number": 4,
        "value": "",
    }


def test_the_csv_quotes_every_field_and_ends_in_lf(founding: Record) -> None:
    data = to_csv(founding)
    assert data.startswith(b'"Ejercicio","Fecha de inicio del periodo que se informa",')
    assert data.endswith(b'"31/03/2023","25/04/2023",""\n')
    assert b"\r" not in data
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows == [NAMES, list(founding.values)]


def test_differences_are_the_columns_that_changed(plan: Plan) -> None:
    period = Period(2023, 1)
    old = compose(plan=plan, period=period, captured=Captured(note="antes"))
    new = compose(plan=plan, period=period, captured=Captured(poa_url="https://a.mx", note="después"))
    assert differences(old, old) == ()
    found = differences(old, new)
    assert found == (
        Difference(4, "Hipervínculo al Programa Operativo Anual", "", "https://a.mx"),
        Difference(15, "Nota", "antes", "después"),
    )
    assert found[1].as_json() == {"after": "después", "before": "antes", "name": "Nota", "number": 15}


def test_records_of_other_periods_are_not_compared(plan: Plan, founding: Record) -> None:
    other = compose(plan=plan, period=Period(2023, 2), captured=Captured())
    with pytest.raises(ValueError, match="mismo periodo"):
        differences(founding, other)
