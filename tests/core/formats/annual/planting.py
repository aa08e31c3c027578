"""Makes the files with planted errors, each of one kind; what each must be told is in `planted.toml`, written by hand.

Rows are numbered as a sheet numbers them: the first one below the headings is row 2.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

PROGRAMMES = ["Ejercicio", "Clave del programa", "Nombre", "Tipo", "Lleva matriz"]
MATRIX = [
    *("Ejercicio", "Clave del programa", "Nivel", "Resumen narrativo", "Indicador", "Medios de verificación", "Supuestos"),
    "Motivo si no hay supuestos",
]
ACTIVITIES = [
    *("Ejercicio", "Clave de la actividad", "Clave del programa", "Nombre", "Descripción", "Clave del área", "Clave del puesto"),
    *("Unidad de medida", "Población", "Motivo si no hay población", "Distritos", "Igualdad de género", "Derechos humanos"),
    *("Metas acumulables", "Se cuenta sola", "La unidad son personas"),
]
SHARES = ["Ejercicio", "Clave de la actividad", "Línea", "Porcentaje"]
GOALS = [
    *("Ejercicio", "Clave de la actividad", "Unidad de medida", "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio"),
    *("Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre", "Total del año"),
]
BUDGET = [
    *("Ejercicio", "Clave del área", "Clave del programa", "Clave de la actividad", "Fuente de financiamiento", "Partida"),
    *("Mes", "Momento", "Documento", "Importe"),
]
DELIVERIES = ["Fecha", "Clave de la actividad", "Clave del distrito", "Cantidad", "Mujeres", "Hombres", "Otra o no dicho"]
Rows = list[list[Any]]


def programme(
    key: Any = "P02", name: Any = "Uno", kind: Any = "Institucional", matrix: Any = "No", year: Any = 2027
) -> list[Any]:
    return [year, key, name, kind, matrix]


def matrix(
    key: Any = "P01", level: Any = "Fin", summary: Any = "Que pase algo", indicator: Any = "Cuántos", assumed: Any = "Que llueva",
    reason: Any = None,
) -> list[Any]:  # fmt: skip
    return [2027, key, level, summary, indicator, "Informe", assumed, reason]


def activity(key: Any, **other: Any) -> list[Any]:
    told: dict[str, Any] = {
        "programme": "P02", "name": "Dar talleres", "description": None, "area": "area-1", "post": None, "unit": "talleres",
        "population": "Jóvenes", "reason": None, "districts": "Toda la ciudad", "gender": "Sí", "rights": "No",
        "cumulative": "Sí", "counted": "No", "of_people": "No",
    }  # fmt: skip
    assert not other.keys() - told.keys()
    return [2027, key, *(told | other).values()]


def share(key: Any, line: Any = "1.1", part: Any = 100) -> list[Any]:
    return [2027, key, line, part]


def goal(key: Any, *months: Any, unit: Any = "talleres", total: Any = None) -> list[Any]:
    return [2027, key, unit, *months, *([None] * (12 - len(months))), total]


def entry(**other: Any) -> list[Any]:
    told: dict[str, Any] = {
        "year": 2027, "area": "area-1", "programme": "P02", "activity": "A-01", "source": "01", "partida": "3361",
        "month": "Enero", "moment": "Aprobado", "document": "D-1", "amount": 100,
    }  # fmt: skip
    assert not other.keys() - told.keys()
    return list((told | other).values())


def delivery(on: Any = "15/03/2027", units: Any = 1, women: Any = 2, district: Any = "Ninguno") -> list[Any]:
    return [on, "A-01", district, units, women, 3, 0]


def clean() -> dict[str, tuple[list[str], Rows]]:
    """A book without any fault: two programmes, two activities, and some of everything."""
    return {
        "Programas": (PROGRAMMES, [programme("P01", matrix="Sí"), programme("P02", kind="ESPECÍFICO", matrix="NO")]),
        "Matriz": (MATRIX, [matrix(), matrix(level="Propósito", assumed="No aplica", reason="Depende de nosotros")]),
        "Actividades": (
            ACTIVITIES,
            [
                activity("A-01"),
                activity(
                    "A-02", population="No aplica", reason="Es interna", districts="distrito-1; distrito-2", cumulative="No"
                ),
            ],
        ),
        "Líneas": (SHARES, [share("A-01", "1.1", 33.33), share("A-01", "1.2", "66.67"), share("A-02")]),
        "Metas": (GOALS, [goal("A-01", 1, None, "2.5", total=3.5), goal("A-02", *([7] * 12), total=7)]),
        "Presupuesto": (
            BUDGET,
            [
                entry(amount=1580325.45),
                entry(month="Febrero", moment="Ampliación", document="D-2", amount="0.10"),
                entry(month="febrero", moment="Reducción", document="D-2", amount=0.1, activity="A-02"),
            ],
        ),
        "Entregas": (DELIVERIES, [delivery(), delivery(dt.date(2027, 3, 16))]),
    }


def book(sheets: dict[str, tuple[list[str], Rows]], change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, (headings, rows) in sheets.items():
        sheet = made.create_sheet(name)
        sheet.append(headings)
        for row in rows:
            sheet.append(row)
        _dates(sheet)
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _dates(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, dt.datetime):
                cell.number_format = "dd/mm/yyyy hh:mm"
            elif isinstance(cell.value, dt.date):
                cell.number_format = "dd/mm/yyyy"


def changed(**sheets: Rows) -> dict[str, tuple[list[str], Rows]]:
    """The clean book with more rows below those of some sheets."""
    names = {"programmes": "Programas", "matrix": "Matriz", "activities": "Actividades", "shares": "Líneas"}
    names |= {"goals": "Metas", "budget": "Presupuesto", "deliveries": "Entregas"}
    made = clean()
    for key, rows in sheets.items():
        made[names[key]][1].extend(rows)
    return made


def cells_of_programmes() -> bytes:
    rows = [
        programme("P02"),
        programme("\u042003"),  # a Cyrillic letter
        programme("P06", matrix="Sí"),
        programme("P10"),
        programme("P1O"),
        programme("P09", kind="Institucionall"),
        programme("P11", matrix="X"),
        programme("P 12"),
        programme("P13", name=" Dos"),
        programme("P14", year=2026),
        programme("P15", name="ParticipaciÃ³n"),
        programme("P16", name="=A2+1"),
        programme("P17", name="?"),
        programme("P18", name="Uno\u200bdos"),
        programme("P19", name=None),
        programme("P20", year="dos mil"),
        programme("P21", name="+52 programas"),
        programme("P22", name="Uno\ndos"),
        programme("P23", name="x" * 201),
        programme(24),
        programme("P25", name=True),
    ]

    def change(made: openpyxl.Workbook) -> None:
        made["Programas"]["C16"].value = "#REF!"
        made["Programas"]["C16"].data_type = "e"

    return book(changed(programmes=rows), change)


def cells_of_matrix() -> bytes:
    rows = [
        matrix(assumed=None),
        matrix(assumed="No aplica"),
        matrix(assumed="N/A", reason="No sé"),
        matrix(reason="Sobra"),
        matrix("P99"),
        matrix("P02"),
        matrix(level="Meta"),
        matrix(summary="No aplica"),
        matrix(indicator="—"),
    ]
    return book(changed(matrix=rows))


def cells_of_activities() -> bytes:
    others: list[dict[str, Any]] = [
        {"unit": None},
        {"area": 101},
        {"area": "área-1"},
        {"programme": "P77"},
        {"programme": "PO2"},
        {"districts": "distrito-1, distrito-2"},
        {"districts": "distrito-1; distrito-1"},
        {"gender": "tal vez"},
        {"name": 5},
        {"population": "No aplica"},
        {"counted": None},
    ]
    keys = [f"A-{number}" for number in range(4, 4 + len(others))]
    rows = [activity(key, **other) for key, other in zip(keys, others, strict=True)]
    rows.append(activity(dt.date(2027, 1, 3)))

    def change(made: openpyxl.Workbook) -> None:
        made["Actividades"].merge_cells("E2:E3")

    return book(
        changed(activities=rows, shares=[share(key) for key in keys], goals=[goal(key, 1) for key in keys]),
        change,
    )


def cells_of_shares() -> bytes:
    keys = [f"A-{number}" for number in range(10, 18)]
    shares = [
        share("A-10", "1.1", 60),
        share("A-10", "1.2", 39),
        share("A-11", "1.1", 0.35),
        share("A-11", "1.2", 0.65),
        share("A-12", part="100 %"),
        share("A-13", line=1.1),
        share("A-14", "1.1", 0),
        share("A-14", "1.2", 100),
        share("A-15", part=150),
        share("A-16", "1.1", 50),
        share("A-16", "1.1", 50),
        share("A-17", "1.1", "33,34"),
        share("A-17", "1.2", 66.666),
        share("B-01"),
    ]
    return book(changed(activities=[activity(key) for key in keys], shares=shares, goals=[goal(key, 1) for key in keys]))


def cells_of_goals() -> bytes:
    keys = [f"A-{number}" for number in range(10, 22)]
    goals = [
        goal("A-10", 1, unit=None),
        goal("A-11", 1, unit="mesas"),
        goal("B-01", 1),
        goal("A-12", -5),
        goal("A-13", "1,250"),
        goal("A-14", 1, 2, total=4),
        goal("A-15"),
        goal("A-16", 1.2345),
        goal("A-17", "diez"),
        goal("A-18", "1e3"),
        goal("A-19", dt.date(2027, 1, 3)),
        goal("A-01", 1),
        goal("A-2O", 1),
        goal("A-21", "No aplica"),
    ]
    return book(changed(activities=[activity(key) for key in keys], shares=[share(key) for key in keys], goals=goals))


def cells_of_budget() -> bytes:
    others: list[dict[str, Any]] = [
        {"amount": "$ 1,580,325.45"},
        {"amount": "1.580.325,45"},
        {"amount": "1580325,45"},
        {"amount": 1580325.455},
        {"amount": "(500.00)"},
        {"partida": 371},
        {"partida": "371"},
        {"partida": 1131},
        {"partida": "33A1"},
        {"month": 1},
        {"month": "Enro"},
        {"moment": "Gastado"},
        {"moment": "Ampliación", "document": "D-9", "amount": 500},
        {"moment": "Reducción", "document": "D-9", "amount": "499.99"},
        {"moment": "Reducción", "document": "D-10", "amount": -1},
        {"moment": "Ampliación", "document": "D-10", "amount": -1},
        {"amount": 0},
        {"programme": "P01"},
        {"document": None},
        {"amount": "=1+1"},
        {"amount": "1580325.45 "},
        {"year": 27},
        {"source": "O\u0399"},  # a Greek letter
        {"amount": "1 580 325.45"},
        {"amount": "99999999999999"},
    ]
    return book(changed(budget=[entry(**{"document": f"E-{place}", **other}) for place, other in enumerate(others)]))


def cells_of_deliveries() -> bytes:
    rows = [
        delivery(46096),
        delivery("46096"),
        delivery("15/03/27"),
        delivery("2027-03-04"),
        delivery("31/02/2027"),
        delivery(dt.datetime(2027, 3, 15, 10, 30)),  # noqa: DTZ001 - a sheet has no zones
        delivery("3/15/2027"),
        delivery(units=1.5),
        delivery(units=0),
        delivery(women=-1),
        delivery(women="doce"),
        delivery(district="d 1"),
    ]
    return book(changed(deliveries=rows))


def headings() -> bytes:
    """A column that is missing, one renamed, one more, two changed places, a merged one, and data without heading."""

    def change(made: openpyxl.Workbook) -> None:
        made["Programas"].delete_cols(4)
        made["Líneas"]["D1"] = "Porcentage"
        made["Metas"]["Q1"] = "Observaciones"
        made["Metas"]["Q2"] = "ninguna"
        for row in made["Presupuesto"].iter_rows():
            row[6].value, row[7].value = row[7].value, row[6].value
        made["Actividades"].merge_cells("H1:I1")
        made["Entregas"]["I3"] = "nota"
        made["Matriz"]["E1"] = "Nivel"

    return book(clean(), change)


def shape() -> bytes:
    """Blank rows in between, another table below, a total, a note, a hidden sheet, and a sheet that is none of ours."""
    sheets = clean()
    sheets["Programas"][1].insert(1, [])
    sheets["Líneas"][1].append([None, "TOTAL", None, 200])
    sheets["Metas"][1].extend([[], ["Ejercicio", "Clave de la actividad", "Línea", "Porcentaje"], [2027, "A-01", "1.1", 100]])
    sheets["Presupuesto"][1].extend([[], [], [None, "Elaboró: la dirección"]])
    sheets["Actividad"] = (["Algo"], [["más"]])
    sheets["Notas"] = (["Algo"], [["más"]])
    sheets["Catálogos"] = (["Esto"], [["no se lee"]])

    def change(made: openpyxl.Workbook) -> None:
        made["Notas"].sheet_state = "hidden"
        made["Entregas"].sheet_state = "veryHidden"

    return book(sheets, change)


def no_headings() -> bytes:
    return book({"Metas": ([], [["nada"]]), "Líneas": (["A", "B", "C", "D"], [share("A-01")])})


def csv(headings: Sequence[str], *rows: str, end: str = "\r\n") -> str:
    return end.join([",".join(headings), *rows, ""])


BUDGET_ROW = "2027,area-1,P01,A-01,01,3361,Enero,Aprobado,D-1,100"
GOAL_ROWS = ("2027,A-01,talleres,1,,,,,,,,,,,,", "2027,A-02,talleres,1,,,,,,,,,,,,")
OTHER_FILES: dict[str, Callable[[], bytes]] = {
    "cp1252.csv": lambda: csv(PROGRAMMES, "2027,P01,Participación,Específico,No").encode("cp1252"),
    "utf16.csv": lambda: csv(SHARES, "2027,A-01,1.1,100").encode("utf-16"),
    "semicolons.csv": lambda: csv(SHARES, "2027,A-01,1.1,100").replace(",", ";").encode(),
    "quotes.csv": lambda: csv(SHARES, '2027,A-01,"1.1,100').encode(),
    "cells.csv": lambda: csv(SHARES, "2027,A-01,1.1,33,34", "2027,A-01,1.1", "2027,A-01,1.1,100").encode(),
    "formula.csv": lambda: csv(SHARES, "2027,A-01,1.1,=50+50", "2027,#REF!,1.1,100").encode(),
    "zeros.csv": lambda: csv(BUDGET, BUDGET_ROW, BUDGET_ROW.replace("3361", "131").replace("D-1", "D-2")).encode("utf-8-sig"),
    "blank.csv": lambda: csv(GOALS, GOAL_ROWS[0], "," * 15, GOAL_ROWS[1]).encode(),
    "stranger.csv": lambda: b"uno,dos,tres\n1,2,3\n",
    "empty.csv": lambda: b"",
    "only_headings.csv": lambda: csv(SHARES).encode(),
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "word.xlsx": lambda: zipped({"word/document.xml": b"<a/>"}),
    "other_book.xlsx": lambda: book({"Hoja 1": (["x"], [["y"]])}),
}
BOOKS: dict[str, Callable[[], bytes]] = {
    "programmes.xlsx": cells_of_programmes,
    "matrix.xlsx": cells_of_matrix,
    "activities.xlsx": cells_of_activities,
    "shares.xlsx": cells_of_shares,
    "goals.xlsx": cells_of_goals,
    "budget.xlsx": cells_of_budget,
    "deliveries.xlsx": cells_of_deliveries,
    "headings.xlsx": headings,
    "shape.xlsx": shape,
    "no_headings.xlsx": no_headings,
}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()
