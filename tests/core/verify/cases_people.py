"""Activities whose unit is people (docs/spec/bundle.md, section 10): told by quarters, and not where they were few."""

from __future__ import annotations

from typing import Any

from tests.core.verify.cases import Case, case
from tests.core.verify.cases_year import of_measures, of_table, sound
from tests.core.verify.factory import key, resealed
from tests.core.verify.invented_year import ACTIVITIES, GOALS, MEASURES, PAPER, REPORTS, cell
from tests.core.verify.primitives import Files, csv, lines

ADVISED = "Z.1"
ACHIEVED = "annual.goal_achieved"
AT = 10  # where the cells of goal_achieved of A-1 end

# Few people in the first quarter, of 20; 30 in the second, of 20.
ACTIVITY = [ADVISED, "P2", "específico", "capacitacion", "Asesorías", "personas asesoradas", "sí", "sí", "linea-2.1:10000", "sí"]
FEW, MANY = [ADVISED, "2023-03", "10000", "", "0"], [ADVISED, "2023-05", "20000", "", "30000"]
TOLD = [[ADVISED, "2023-01", "10000", "", ""], FEW, MANY]
REPORTED = [
    [ADVISED, "2023-Q1", "2023-04-20", "aprobado", "1", "2023-04-10", "2023-04-12", "20000", "0", PAPER, "demanda", ""],
    [*(ADVISED, "2023-Q2", "2023-07-20", "aprobado", "1", "2023-07-10", "2023-07-12", "20000", "30000", PAPER), "", "2023-07-10"],
]


def bundle(*cells: dict[str, Any], goals: list[list[str]] = TOLD, activity: list[str] = ACTIVITY) -> Files:
    """The sound bundle with that activity besides, and cells of what it achieved."""
    written = {
        "data/activities.csv": csv([*ACTIVITIES, activity]),
        "data/goals.csv": csv([*GOALS, *goals]),
        "data/reports.csv": csv([*REPORTS, *REPORTED]),
        "data/measures.jsonl": lines([*MEASURES[:AT], *cells, *MEASURES[AT:]]),
    }
    return resealed(sound(), written, key(1))


def of(period: str, value: str | None, reason: str | None = None, **where: str) -> dict[str, Any]:
    return cell(ACHIEVED, {"activity": ADVISED, **where}, period, value, reason)


def all_cases() -> list[Case]:
    """What may be said of it and what may not; the cell is line 10, and the row of a second month 12."""
    private = {"value": None, "reason": "privacy"}
    right = [of("2023-M03", **private), of("2023-M05", **private), of("2023-Q1", **private), of("2023-Q2", "30")]
    wrong = [
        *(of("2023-M05", "30"), of("2023-M02", "0"), of("2023-M02", None, "no-data"), of("2023-Q1", "0")),
        *(of("2023-Q1", None, "no-data"), of("2023-Q2", **private), of("2023-Q2", None, "no-data"), of("2023-Q2", "29")),
    ]
    twice = [TOLD[0], FEW, [ADVISED, "2023-04", "10000", "", "10000"], [ADVISED, "2023-05", "10000", "", "20000"]]
    level = [*ACTIVITY[:6], "no", *ACTIVITY[7:]]
    return [
        case("people-sound", bundle(*right)),
        case("people-of-a-line", bundle(of("2023-Q1", **private, line="linea-2.1"))),
        case("people-of-another-line", bundle(of("2023-Q1", **private, line="linea-1.1"))),
        *(case(f"people-wrong-{place}", bundle(one), of_measures(AT)) for place, one in enumerate(wrong)),
        case("people-by-month", bundle(of("2023-Q2", "30"), goals=twice), of_table("goals", 13)),
        case("people-that-do-not-add-up", bundle(of("2023-Q1", None, "no-data"), activity=level), of_table("reports", 5)),
    ]
