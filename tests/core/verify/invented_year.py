"""A small invented annual programme, its money and six indicators: the seven files of version 2, every number worked by hand.

Three activities, two programmes, the third quarter of 2023. What the indicators must be is written beside each.
"""

from __future__ import annotations

from typing import Any

from tests.core.verify.primitives import Files, csv, lines, sha256

PERIOD = "2023-Q3"
PAPER, PHOTO = sorted((sha256(b"acta"), sha256(b"foto")))

ACTIVITIES = [
    ["activity", "programme", "kind", "area", "name", "unit", "cumulative", "counted", "lines", "people"],
    [
        *("A-1", "P1", "institucional", "capacitacion", 'Talleres "abiertos", en barrios', "talleres", "sí", "no"),
        *("linea-1.1:6000;linea-1.2:4000", "no"),
    ],
    ["A-2", "P1", "institucional", "distrito-1", "Avance del padrón", "por ciento", "no", "no", "linea-2.1:10000", "no"],
    ["B.1", "P2", "específico", "capacitacion", "Entregas", "cuadernos", "sí", "sí", "linea-1.1:10000", "no"],
]
# Thousandths. A-1 does 2 + 3.5 + 1.5 = 7 talleres in the quarter, of the 2 + 4 + 1 = 7 that hold.
GOALS = [
    ["activity", "month", "programmed", "adjusted", "achieved"],
    ["A-1", "2023-02", "1000", "", "1000"],
    ["A-1", "2023-07", "2000", "", "2000"],
    ["A-1", "2023-08", "3000", "4000", "3500"],
    ["A-1", "2023-09", "1000", "", "1500"],
    ["A-1", "2023-10", "5000", "", ""],
    ["A-2", "2023-08", "50000", "", "50000"],
    ["A-2", "2023-09", "80000", "", "75000"],
    ["B.1", "2023-07", "0", "", ""],
    ["B.1", "2023-09", "10000", "", ""],
]
REPORTS = [
    [
        *("activity", "quarter", "due_on", "state", "version", "sent_on", "decided_on", "goal", "done", "evidence", "cause"),
        "met_on",
    ],
    ["A-1", "2023-Q1", "2023-04-20", "aprobado", "1", "2023-04-10", "2023-04-12", "1000", "1000", PAPER, "", "2023-04-10"],
    # Its third version corrects in November the second one, which had the goal and evidence in October.
    [
        *("A-1", "2023-Q3", "2023-10-20", "aprobado", "3", "2023-11-23", "2023-11-24", "7000", "7000", f"{PAPER} {PHOTO}", ""),
        "2023-10-18",
    ],
    ["A-2", "2023-Q3", "2023-10-20", "aprobado", "1", "2023-10-22", "2023-10-23", "80000", "75000", PHOTO, "lluvia", ""],
    ["B.1", "2023-Q3", "2023-10-20", "en revisión", "1", "2023-10-20", "", "", "", "", "", ""],
]
MONEY = [
    ["area", "activity", "source", "partida", "month", "moment", "cents"],
    ["capacitacion", "", "local", "1131", "2023-07", "approved", "1000000"],
    ["capacitacion", "A-1", "local", "2111", "2023-01", "approved", "150000"],
    ["capacitacion", "A-1", "local", "2111", "2023-07", "accrued", "50025"],
    ["capacitacion", "A-1", "local", "2111", "2023-07", "approved", "200000"],
    ["capacitacion", "A-1", "local", "2111", "2023-08", "change", "-30000"],
    ["capacitacion", "A-1", "local", "2111", "2023-09", "exercised", "20000"],
    ["distrito-1", "A-2", "local", "3361", "2023-09", "paid", "999"],
]


def cell(measure: str, where: dict[str, str], period: str, value: str | None, reason: str | None = None) -> dict[str, Any]:
    return {"measure": measure, "period": period, "reason": reason, "value": value, "where": where}


FIRST, A1 = {"line": "linea-1.1"}, {"activity": "A-1"}
MEASURES = [
    cell("annual.activities_due", FIRST, "2023-Q1", "1"),
    cell("annual.activities_due", FIRST, "2023-Q3", "2"),  # A-1 and B.1
    cell("annual.activities_due", {}, "2023-Q3", "3"),
    cell("annual.activities_fulfilled", FIRST, "2023-Q1", "1"),
    cell("annual.activities_fulfilled", FIRST, "2023-Q3", "1"),  # A-1; B.1 is in review
    cell("annual.activities_fulfilled", {}, "2023-Q3", "1"),  # A-2 was sent late and falls short
    cell("annual.goal_achieved", A1, "2023-M06", "0"),
    cell("annual.goal_achieved", A1, "2023-M07", "2"),
    cell("annual.goal_achieved", A1, "2023-M08", "7/2"),
    cell("annual.goal_achieved", A1, "2023-M09", "3/2"),
    cell("annual.goal_adjusted", {"activity": "A-1", "line": "linea-1.2"}, "2023-Q3", "7"),
    cell("annual.goal_programmed", {"activity": "A-2"}, "2023-M09", "80"),  # of its quarter there is no sum
    cell("annual.goal_programmed", {"activity": "B.1"}, "2023-Q2", None, "no-data"),
    cell("annual.people_reached", {"district": "distrito-1"}, "2023-Q3", None, "privacy"),
    cell("annual.people_reached", {}, "2023-Q3", "57"),
    cell("budget.accrued", {"area": "capacitacion"}, "2023-Q3", "2001/4"),  # 500.25
    cell("budget.approved", {"programme": "P1"}, "2023-Q3", "2000"),
    cell("budget.approved", {}, "2023-Q3", "12000"),
    cell("budget.modified", A1, "2023-M08", "-300"),
    cell("budget.modified", A1, "2023-Q3", "1700"),
    cell("encuesta.respuestas", {"distrito": "1"}, "2023-Q2", None, "no-data"),
    cell("encuesta.respuestas", {"distrito": "1"}, "2023-Q3", "12"),
]


def measure(name: str, where: dict[str, str], unit: str) -> dict[str, Any]:
    return {"measure": name, "unit": unit, "where": where}


def value(period: str, told: str | None, reason: str | None = None) -> dict[str, Any]:
    return {"period": period, "reason": reason, "value": told}


ANSWERS = measure("encuesta.respuestas", {"distrito": "1"}, "respuestas")
INDICATORS: list[dict[str, Any]] = [
    {  # 100 * 1 / 2
        "formula": "100 * cumplidas / programadas",
        "grain": "quarter",
        "key": "cumplidas",
        "line": "linea-1.1",
        "mark": "de gestión",
        "name": "Actividades cumplidas",
        "unit": "%",
        "values": [value("2023-Q3", "50")],
        "variables": {
            "cumplidas": measure("annual.activities_fulfilled", FIRST, "actividades"),
            "programadas": measure("annual.activities_due", FIRST, "actividades"),
        },
        "version": 1,
    },
    {  # 50 less what it was two quarters before, 100 * 1 / 1
        "formula": "este - anterior(este, 2)",
        "grain": "quarter",
        "key": "cumplidas-cambio",
        "line": None,
        "mark": "de gestión",
        "name": "Cambio de las cumplidas",
        "unit": "1",
        "values": [value("2023-Q3", "-50")],
        "variables": {"este": {"indicator": "cumplidas", "unit": "personas"}},
        "version": 2,
    },
    {  # July: no target. August: (2 + 7/2) / 5. September: the target is 0.
        "formula": "ultimos(hecho, 2) / meta",
        "grain": "month",
        "key": "meta-alcanzada",
        "line": "linea-1.2",
        "mark": "de gestión",
        "name": "Meta alcanzada",
        "unit": "1",
        "values": [value("2023-M07", None, "no-data"), value("2023-M08", "11/10"), value("2023-M09", None, "zero")],
        "variables": {
            "hecho": measure("annual.goal_achieved", A1, "talleres"),
            "meta": {"target": {"2023-M08": "5", "2023-M09": "0"}, "unit": "talleres"},
        },
        "version": 1,
    },
    {
        "formula": "pesos / personas",
        "grain": "quarter",
        "key": "pesos-por-persona",
        "line": "linea-2.1",
        "mark": "de resultado",
        "name": "Pesos por persona",
        "unit": "pesos/personas",
        "values": [value("2023-Q3", None, "privacy")],
        "variables": {
            "personas": measure("annual.people_reached", {"district": "distrito-1"}, "personas"),
            "pesos": measure("budget.accrued", {"area": "capacitacion"}, "pesos"),
        },
        "version": 1,
    },
    {  # 12 is above 10, so that what is not there is not asked for
        "formula": "si(respuestas > 10[respuestas], respuestas, ausente)",
        "grain": "quarter",
        "key": "respuestas",
        "line": None,
        "mark": "de resultado",
        "name": "Respuestas",
        "unit": "respuestas",
        "values": [value("2023-Q3", "12")],
        "variables": {"ausente": measure("encuesta.ausente", {}, "respuestas"), "respuestas": ANSWERS},
        "version": 1,
    },
    {
        "formula": "anterior(respuestas, 1)",
        "grain": "quarter",
        "key": "respuestas-antes",
        "line": None,
        "mark": "de resultado",
        "name": "Respuestas de antes",
        "unit": "respuestas",
        "values": [value("2023-Q3", None, "no-data")],
        "variables": {"respuestas": ANSWERS},
        "version": 1,
    },
    {
        "formula": "respuestas",
        "grain": "year",
        "key": "respuestas-del-ano",
        "line": None,
        "mark": "de resultado",
        "name": "Respuestas del año",
        "unit": "respuestas",
        "values": [],
        "variables": {"respuestas": ANSWERS},
        "version": 1,
    },
]
HEADS = [
    {"chain": "annual", "digest": sha256(b"annual"), "sequence": 12},
    {"chain": "budget", "digest": sha256(b"budget"), "sequence": 4},
    {"chain": "indicators", "digest": sha256(b"indicators"), "sequence": 9},
]


def year_files(**changed: list[Any]) -> Files:
    """The seven files; `changed` has other rows or lines for some of them, by name (`activities`, `heads` ...)."""
    tables = {"activities": ACTIVITIES, "goals": GOALS, "reports": REPORTS, "money": MONEY}
    told = {"measures": MEASURES, "indicators": INDICATORS, "heads": HEADS}
    return {f"data/{name}.csv": csv(changed.get(name, rows)) for name, rows in tables.items()} | {
        f"data/{name}.jsonl": lines(changed.get(name, values)) for name, values in told.items()
    }


EMPTY = year_files(
    **{name: [rows[0]] for name, rows in (("activities", ACTIVITIES), ("goals", GOALS), ("reports", REPORTS), ("money", MONEY))},
    measures=[],
    indicators=[],
    heads=[],
)
