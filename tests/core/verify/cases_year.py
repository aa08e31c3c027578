"""Bundles of version 2 (docs/spec/bundle.md, section 10): sound ones, and for every rule one that breaks it, all signed again."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from tests.core.verify.cases import INVALID, Case, Fault, case, edit_lines, flip, put, told
from tests.core.verify.factory import SPEC, SPEC_2, Installation, key, resealed
from tests.core.verify.invented_year import (
    ACTIVITIES,
    EMPTY,
    GOALS,
    HEADS,
    INDICATORS,
    MEASURES,
    MONEY,
    PERIOD,
    REPORTS,
    year_files,
)
from tests.core.verify.primitives import Files, csv, lines

TABLES = {"activities": ACTIVITIES, "goals": GOALS, "reports": REPORTS, "money": MONEY}
LINES: dict[str, list[Any]] = {"measures": MEASURES, "indicators": INDICATORS, "heads": HEADS}
Change = Callable[[list[Any]], object]


def table(name: str) -> str:
    return f"data/{name}.csv"


def of_lines(name: str) -> str:
    return f"data/{name}.jsonl"


@cache
def sound() -> Files:
    return Installation().close(PERIOD, year=year_files())


def changed(name: str, change: Change) -> Files:
    """One of the seven with its rows or lines changed; everything above made to agree and signed again."""
    if name in TABLES:
        rows = copy.deepcopy(TABLES[name])
        change(rows)
        return resealed(sound(), {table(name): csv(rows)}, key(1))
    values = copy.deepcopy(LINES[name])
    change(values)
    return resealed(sound(), {of_lines(name): lines(values)}, key(1))


def all_cases() -> list[Case]:
    return [
        *whole(),
        *listed(),
        *(case(f"year-row-{name}", changed(path, change), ("record", table(path), n)) for name, path, change, n in rows()),
        *(
            case(f"year-line-{name}", changed(path, change), ("malformed", of_lines(path), n))
            for name, path, change, n in shapes()
        ),
        *(case(f"year-{name}", changed(path, change), *faults) for name, path, change, *faults in disagreements()),
        *several(),
    ]


def whole() -> list[Case]:
    town = Installation()
    first = town.close(PERIOD)
    again = town.close(PERIOD, note="Se agregó el programa anual.", year=year_files())
    return [
        case("year-sound", sound()),
        case("year-empty", Installation().close(PERIOD, year=EMPTY)),
        case("year-of-a-whole-year", Installation().close("2023", year=EMPTY)),
        case("year-erratum-of-version-1", again, after=first),
    ]


def listed() -> list[Case]:
    files = sound()
    measures, money = of_lines("measures"), table("money")
    without = {path: data for path, data in files.items() if path != money}
    plain = Installation().close(PERIOD)
    paths = {table(name) for name in TABLES} | {of_lines(name) for name in LINES}
    return [
        case("year-lacks-a-file", without, ("missing", money, None)),
        case("year-never-had-a-file", resealed_without(money), ("missing", money, None)),
        case("year-version-2-of-nothing", told(plain, put("spec", to=SPEC_2)), *(("missing", path, None) for path in paths)),
        case("year-version-1-of-all", told(files, put("spec", to=SPEC)), *(("undeclared", path, None) for path in paths)),
        case(
            "year-version-3",
            told(files, put("spec", to="calpulli-bundle/3")),
            ("malformed", "manifest.json", None),
            signature=INVALID,
        ),
        case("year-flip", flip(files, measures, files[measures].index(b'"57"') + 1), ("changed", measures, 14)),
        case("year-flip-money", flip(files, money, files[money].index(b"50025")), ("changed", money, 3)),
        case("year-no-header", swapped(table("goals"), b""), ("record", table("goals"), 0)),
        case("year-not-a-row", swapped(table("goals"), files[table("goals")] + b"a,b\n"), ("record", table("goals"), 10)),
        case("year-not-a-line", swapped(measures, files[measures] + b"{}\n"), ("malformed", measures, 22)),
        case(
            "year-too-many-activities",
            swapped(table("activities"), b'"a"\n' * 2002),
            ("unreadable", None, None),
            signature=INVALID,
        ),
        case(
            "year-too-many-indicators",
            swapped(of_lines("indicators"), b"{}\n" * 2001),
            ("unreadable", None, None),
            signature=INVALID,
        ),
    ]


def swapped(path: str, data: bytes) -> Files:
    return resealed(sound(), {path: data}, key(1))


def resealed_without(path: str) -> Files:
    files = {name: data for name, data in sound().items() if name != path}
    return resealed(files, {}, key(1))


def rows() -> Iterator[tuple[str, str, Change, int]]:
    """The tables: name, file, change, and the row at fault."""
    yield "header", "activities", put(0, 0, to="clave"), 0
    yield "activity-key", "activities", put(3, 0, to="B 1"), 3
    yield "activity-kind", "activities", put(3, 2, to="especifico"), 3
    yield "activity-cumulative", "activities", put(1, 6, to="si"), 1
    yield "activity-counted", "activities", put(1, 7, to=""), 1
    yield "activity-people", "activities", put(3, 9, to="nadie"), 3
    yield "activity-order", "activities", list_swap(1, 2), 2
    yield "activity-twice", "activities", lambda told: told.insert(2, told[1]), 2
    yield "activity-short", "activities", lambda told: told[2].pop(), 2
    for number, wrong in enumerate(BAD_SHARES):
        yield f"activity-lines-{number}", "activities", put(1, 8, to=wrong), 1
    yield "goal-month", "goals", put(1, 1, to="2023-13"), 1
    yield "goal-other-year", "goals", put(1, 1, to="2022-02"), 1
    yield "goal-programmed-empty", "goals", put(2, 2, to=""), 2
    for number, wrong in enumerate(("1.5", "01", "-0", "+1", " 1", "1" * 19, "٣")):
        yield f"goal-number-{number}", "goals", put(2, 2, to=wrong), 2
    yield "goal-adjusted", "goals", put(3, 3, to="mil"), 3
    yield "goal-late", "goals", put(5, 4, to="5000"), 5
    yield "goal-order", "goals", list_swap(2, 3), 3
    yield "report-due", "reports", put(4, 2, to=""), 4
    yield "report-day", "reports", put(4, 5, to="2023-02-30"), 4
    yield "report-state", "reports", put(4, 3, to="Aprobado"), 4
    yield "report-quarter", "reports", put(4, 1, to="2023-Q5"), 4
    yield "report-late", "reports", lambda told: told.append([*told[4][:1], "2023-Q4", *told[4][2:]]), 5
    yield "report-unsent", "reports", put(4, 3, to="sin enviar"), 4
    yield "report-met-day", "reports", put(2, 11, to="2023-10-32"), 2
    yield "report-met-lacks", "reports", put(2, 11, to=""), 2
    yield "report-met-after-it-was-sent", "reports", put(2, 11, to="2023-11-24"), 2
    yield "report-met-before-the-first-version", "reports", put(1, 11, to="2023-04-09"), 1
    yield "report-met-short", "reports", put(3, 11, to="2023-10-22"), 3
    yield "report-met-without-evidence", "reports", put(2, 9, to=""), 2
    yield "report-met-unapproved", "reports", put(4, 11, to="2023-10-20"), 4
    for column in (4, 5, 6, 7, 8):
        yield f"report-approved-without-{column}", "reports", put(2, column, to=""), 2
    yield "report-evidence", "reports", put(2, 9, to="foto"), 2
    yield "report-evidence-order", "reports", lambda told: told[2].__setitem__(9, " ".join(reversed(told[2][9].split()))), 2
    yield "report-twice", "reports", lambda told: told.insert(4, told[3]), 4
    yield "money-partida", "money", put(3, 3, to="211"), 3
    yield "money-moment", "money", put(3, 5, to="devengado"), 3
    yield "money-zero", "money", put(3, 6, to="0"), 3
    yield "money-empty", "money", put(3, 6, to=""), 3
    yield "money-late", "money", put(7, 4, to="2023-10"), 7
    yield "money-order", "money", list_swap(3, 4), 4


BAD_SHARES = (
    *("", "linea-1.1", "linea-1.1:0;linea-1.2:10000", "linea-1.1:6000;linea-1.2:3999", "linea-1.1:10000;"),
    *("linea-1.2:4000;linea-1.1:6000", "linea-1.1:5000;linea-1.1:5000", "linea-1.1:06000;linea-1.2:4000", "a:b:10000"),
    ";".join(f"l{number:02}:{10000 - 40 if number == 0 else 1}" for number in range(41)),
)


def list_swap(one: int, other: int) -> Change:
    def change(told: list[Any]) -> None:
        told[one], told[other] = told[other], told[one]

    return change


def shapes() -> Iterator[tuple[str, str, Change, int]]:
    """The lines: name, file, change, and the line at fault."""
    yield "measure-key-more", "measures", put(0, "unit", to="x"), 0
    yield "measure-where", "measures", put(0, "where", to=[]), 0
    yield "measure-where-number", "measures", put(0, "where", to={"line": 1}), 0
    yield "measure-both", "measures", put(0, "reason", to="no-data"), 0
    yield "measure-neither", "measures", put(0, "value", to=None), 0
    yield "measure-reason", "measures", put(12, "reason", to="zero"), 12
    for number, wrong in enumerate(("1.5", "2/4", "3/1", "-0", "01", "", "1" * 1301, 5)):
        yield f"measure-value-{number}", "measures", put(0, "value", to=wrong), 0
    yield "measure-period", "measures", put(0, "period", to="2023-M13"), 0
    yield "measure-late", "measures", put(9, "period", to="2023-M10"), 9
    yield "measure-late-year", "measures", put(14, "period", to="2023"), 14
    yield "measure-order", "measures", list_swap(0, 1), 1
    yield "measure-twice", "measures", lambda told: told.insert(1, told[0]), 1
    yield "indicator-grain", "indicators", put(0, "grain", to="QUARTER"), 0
    yield "indicator-mark", "indicators", put(0, "mark", to="gestión"), 0
    yield "indicator-version", "indicators", put(0, "version", to=0), 0
    yield "indicator-binding", "indicators", put(0, "variables", "cumplidas", to={"unit": "1"}), 0
    yield "indicator-binding-of-two", "indicators", put(1, "variables", "este", "measure", to="x"), 1
    yield "indicator-target-value", "indicators", put(2, "variables", "meta", "target", to={"2023-M08": "5.0"}), 2
    yield "indicator-target-period", "indicators", put(2, "variables", "meta", "target", to={"agosto": "5"}), 2
    yield "indicator-values-few", "indicators", lambda told: told[2]["values"].pop(), 2
    yield "indicator-values-order", "indicators", lambda told: told[2]["values"].reverse(), 2
    yield "indicator-values-of-a-year", "indicators", lambda told: told[6]["values"].append(told[4]["values"][0]), 6
    yield "indicator-reason", "indicators", put(5, "values", 0, "reason", to="nothing"), 5
    yield "indicator-order", "indicators", list_swap(3, 4), 4
    yield "head-digest", "heads", put(0, "digest", to="0"), 0
    yield "head-sequence", "heads", put(0, "sequence", to=0), 0
    yield "head-of-the-manifest", "heads", put(2, "chain", to="planning"), 2
    yield "head-order", "heads", list_swap(0, 1), 1


def of_measures(line: int) -> Fault:
    return ("indicator", of_lines("measures"), line)


def of_values(line: int | None) -> Fault:
    return ("indicator", of_lines("indicators"), line)


def of_table(name: str, row: int | None) -> Fault:
    return ("indicator", table(name), row)


def disagreements() -> Iterator[tuple[Any, ...]]:
    """What two files say: name, file, change, and the faults."""
    yield "line-unknown", "activities", put(2, 8, to="linea-9.9:10000"), of_table("activities", 2)
    yield "goal-of-nobody", "goals", put(9, 0, to="Z"), of_table("goals", 9), *due_without_b()
    yield "report-of-nobody", "reports", put(4, 0, to="Z"), of_table("reports", 4), of_table("reports", None)
    yield "report-lacks", "reports", lambda told: told.pop(4), of_table("reports", None)
    yield "money-of-nobody", "money", put(7, 1, to="Z"), of_table("money", 7)
    yield "achieved-without-report", "goals", put(9, 4, to="1"), of_table("goals", 9)
    yield "done-is-not-the-sum", "reports", put(2, 8, to="7001"), of_table("reports", 2)
    yield "done-is-not-the-last", "reports", cells(3, {8: "125000", 11: "2023-10-22"}), of_table("reports", 3)
    yield "due", "measures", put(1, "value", to="3"), of_measures(1), of_values(0), of_values(1)
    yield "due-no-data", "measures", nothing(2, "no-data"), of_measures(2)
    yield "due-private", "measures", nothing(2, "privacy"), of_measures(2)
    yield "fulfilled", "measures", put(5, "value", to="2"), of_measures(5)
    yield "goal-is-not-the-sum", "reports", put(2, 7, to="6999"), of_table("reports", 2)
    yield "goal-is-not-the-last", "reports", put(3, 7, to="130000"), of_table("reports", 3)
    yield "last-month-without-a-goal", "goals", last_month_of_nothing
    yield "done-is-not-that-of-the-goal", "goals", last_month_first, of_table("reports", 3)
    yield "fulfilled-late", "reports", put(2, 11, to="2023-10-21"), of_measures(4), of_measures(5)
    yield "fulfilled-by-a-correction-alone", "reports", put(2, 11, to="2023-11-23"), of_measures(4), of_measures(5)
    yield "fulfilled-on-the-last-day", "reports", put(2, 11, to="2023-10-20")
    yield "fulfilled-without-evidence", "reports", cells(2, {9: "", 11: ""}), of_measures(4), of_measures(5)
    yield "fulfilled-in-the-term-of-a-return", "reports", cells(2, {2: "2023-11-02", 11: "2023-11-01"})
    yield "achieved", "measures", put(8, "value", to="4"), of_measures(8), of_values(2)
    yield "adjusted", "goals", put(3, 3, to=""), of_measures(10), of_table("reports", 2)
    yield "programmed", "goals", put(7, 2, to="79999"), of_measures(11), of_table("reports", 3)
    yield "programmed-no-data", "measures", put(12, "period", to="2023-Q3"), of_measures(12)
    yield "months-that-tell-the-whole", "measures", put(11, "period", to="2023-Q3"), of_measures(11)
    yield "months-that-tell-the-whole-summed", "measures", cell_of(11, {"activity": "A-2"}, "130"), of_measures(11)
    yield "months-that-tell-the-whole-private", "measures", cell_of(11, {"activity": "A-2"}, None, "privacy"), of_measures(11)
    yield "months-that-tell-the-whole-untold", "measures", cell_of(11, {"activity": "A-2"}, None, "no-data")
    yield "activity-of-nobody", "measures", cell_of(11, {"activity": "A-3"}, "0")
    yield "goals-of-several", "measures", cell_of(12, {"programme": "P2"}, "10"), of_measures(12)
    yield "goals-of-several-of-a-month", "measures", cell_of(12, {"programme": "P2"}, "10", period="2023-M09"), of_measures(12)
    yield "goals-of-several-untold", "measures", cell_of(12, {"programme": "P2"}, None, "no-data")
    yield "accrued", "money", put(3, 6, to="50026"), of_measures(15)
    yield "approved", "money", put(1, 6, to="1000001"), of_measures(17)
    yield "modified", "money", put(5, 6, to="-30001"), of_measures(18), of_measures(19)
    yield "attested-alone", "measures", put(14, "value", to="58")
    yield "other-year-is-not-recounted", "measures", put(0, "period", to="2022-Q1"), of_values(1)
    yield "value", "indicators", put(0, "values", 0, "value", to="51"), of_values(0)
    yield "value-of-a-month", "indicators", put(2, "values", 1, "value", to="11/9"), of_values(2)
    yield "value-for-a-reason", "indicators", put(3, "values", 0, to=told_of("3", None)), of_values(3)
    yield "reason-for-a-value", "indicators", put(4, "values", 0, to=told_of(None, "no-data")), of_values(4)
    yield "other-reason", "indicators", put(2, "values", 2, "reason", to="no-data"), of_values(2)
    yield "cell-lacks", "measures", lambda told: told.pop(20), of_values(5)
    yield "cell-of-both-lacks", "measures", lambda told: told.pop(3), of_values(1)
    yield "line-of-a-sheet", "indicators", put(0, "line", to="linea-3.1"), of_values(0)
    yield "unit", "indicators", put(0, "unit", to="pesos"), of_values(0), of_values(1)
    yield "unit-of-a-variable", "indicators", put(3, "variables", "pesos", "unit", to="Pesos"), of_values(3)
    yield "text", "indicators", put(4, "formula", to="respuestas +"), of_values(4)
    yield "name", "indicators", put(4, "formula", to="otras"), of_values(4)
    yield "two-refused", "indicators", two_refused, of_values(4), of_values(5)
    yield "reads-nobody", "indicators", put(1, "variables", "este", "indicator", to="nadie"), of_values(1)
    yield "reads-another-grain", "indicators", put(1, "variables", "este", "indicator", to="meta-alcanzada"), of_values(1)
    yield "cycle", "indicators", cycle, of_values(None)
    yield "too-much", "indicators", too_much, of_values(None)


def cells(row: int, given: dict[int, str]) -> Change:
    return lambda told: [told[row].__setitem__(column, to) for column, to in given.items()]


def last_month_of_nothing(told: list[Any]) -> None:
    """A-2 had its goal in August and nothing to do in September: 0 was typed there, and August tells the quarter."""
    told[6:8] = [["A-2", "2023-08", "80000", "", "75000"], ["A-2", "2023-09", "80000", "0", "0"]]


def last_month_first(told: list[Any]) -> None:
    """75 in July, without a goal, and 0 in the month of the goal: the quarter comes to 0."""
    told[6:8] = [["A-2", "2023-07", "50000", "0", "75000"], ["A-2", "2023-09", "80000", "", "0"]]


def due_without_b() -> list[Fault]:
    """Without its goals B.1 is due in nothing: of linea-1.1 and of all one less, and the share of linea-1.1 is 100 then."""
    return [of_measures(1), of_measures(2)]


def cell_of(line: int, where: dict[str, str], value: str | None, reason: str | None = None, *, period: str = PERIOD) -> Change:
    return lambda told: told[line].update(where=where, period=period, value=value, reason=reason)


def nothing(line: int, reason: str) -> Change:
    return lambda told: told[line].update(value=None, reason=reason)


def told_of(value: str | None, reason: str | None) -> dict[str, Any]:
    return {"period": PERIOD, "reason": reason, "value": value}


def two_refused(told: list[Any]) -> None:
    told[4]["formula"], told[5]["formula"] = "", "1 1"


def cycle(told: list[Any]) -> None:
    told[0]["variables"]["cumplidas"] = {"indicator": "cumplidas-cambio", "unit": "1"}
    told[0]["formula"] = "cumplidas"


def too_much(told: list[Any]) -> None:
    """Forty months of forty months, and so on to the year 1900."""
    sheet = told[2]
    for number in range(7):
        copied = copy.deepcopy(sheet)
        before = {"indicator": f"meta-alcanzada{number - 1}" if number else "meta-alcanzada", "unit": "1"}
        formula = "ultimos(" + "a+" * 99 + "a, 40)"
        told.insert(3 + number, {**copied, "key": f"meta-alcanzada{number}", "formula": formula, "variables": {"a": before}})


def several() -> list[Case]:
    """A file with a fault is not compared with others; what remains is."""
    files = sound()
    broken = edit_lines(files[of_lines("measures")], put(0, "value", to="x"))
    lost = files["data/lines.csv"].replace(b"Dar seguimiento.", b"Dar otra cosa.")
    goals = csv([*GOALS[:2], ["A-1", "2023-07", "9000", "", "x"], *GOALS[3:]])
    strange = csv([*ACTIVITIES[:3], [*ACTIVITIES[3][:8], "linea-9.9:10000", "no"]])
    return [
        case(
            "year-no-measures-no-values",
            resealed(files, {of_lines("measures"): broken, table("money"): csv([*MONEY[:1], *MONEY[2:]])}, key(1)),
            ("malformed", of_lines("measures"), 0),
        ),
        case(
            "year-no-goals-no-recount-of-them",
            resealed(files, {table("goals"): goals}, key(1)),
            ("record", table("goals"), 2),
        ),
        case(
            "year-no-lines-no-identifiers",
            resealed(files, {"data/lines.csv": lost, table("activities"): strange}, key(1)),
            ("record", "data/lines.csv", 2),
            of_measures(1),
        ),
        case(
            "year-unattested",
            resealed(files, {of_lines("heads"): b""}, key(1), attested=False),
            ("ledger", "data/facts.jsonl", 1),
        ),
    ]
