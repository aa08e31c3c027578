"""The four tables of the year: each row alone, and the order of rows that stand one after the other (faults `record`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from calpulli_core.board import layout
from calpulli_core.verify.lines import Span, span_of
from calpulli_core.verify.report import Fault
from calpulli_core.verify.rows import fields_of
from calpulli_core.verify.year import cells
from calpulli_core.verify.year.cells import Check, filled

Row = dict[str, str]
RowRule = Callable[[Row, Span], str | None]

STATES = ("aprobado", "en revisión", "devuelto", "sin enviar")
MOMENTS = ("approved", "change", "committed", "accrued", "exercised", "paid")
_SENT = ("version", "sent_on", "decided_on", "goal", "done")


@dataclass(frozen=True, slots=True)
class Form:
    """What the rows of a table are: its cells, what they say together, and by which cells they ascend."""

    cells: Callable[[str], Mapping[str, Check]]
    order: tuple[str, ...]
    together: RowRule = lambda _row, _span: None


def month_number(month: str) -> int:
    """1 to 12."""
    return int(month[5:])


def last_month(quarter: str) -> int:
    """Of the quarter, 1 to 12."""
    return 3 * int(quarter[-1])


def _activities(_: str) -> dict[str, Check]:
    answer = cells.one_of("sí", "no")
    return {
        "activity": cells.key,
        "kind": cells.one_of("institucional", "específico"),
        "cumulative": answer,
        "counted": answer,
        "lines": cells.shares,
        "people": answer,
    }


def _goals(year: str) -> dict[str, Check]:
    amounts = {"programmed": filled(cells.number), "adjusted": cells.number, "achieved": cells.number}
    return {"activity": cells.key, "month": cells.month_of(year)} | amounts


def _goal_together(row: Row, span: Span) -> str | None:
    late = month_number(row["month"]) > span[1] and row["achieved"]
    return "dice lo que se hizo en un mes posterior al periodo" if late else None


def _reports(year: str) -> dict[str, Check]:
    return {
        "activity": cells.key,
        "quarter": cells.quarter_of(year),
        "due_on": filled(cells.day),
        "state": cells.one_of(*STATES),
        "sent_on": cells.day,
        "decided_on": cells.day,
        "evidence": cells.hashes,
        "met_on": cells.day,
    } | dict.fromkeys(("version", "goal", "done"), cells.number)


def _report_together(row: Row, span: Span) -> str | None:
    if last_month(row["quarter"]) > span[1]:
        return "es de un trimestre que termina después del periodo"
    if row["state"] == "sin enviar" and any(row[name] for name in (*_SENT, "evidence")):
        return "no se envió, y dice cosas del envío"
    if row["state"] == "aprobado" and not all(row[name] for name in _SENT):
        return "está aprobado, y le falta una versión, una fecha, la meta o lo hecho"
    return _met_on(row)


def _met_on(row: Row) -> str | None:
    """`met_on` is there where an approved report has evidence and reaches its goal, and nowhere else."""
    met = row["state"] == "aprobado" and row["evidence"] != "" and int(row["done"]) >= int(row["goal"])
    if met != (row["met_on"] != ""):
        return "met_on va donde un reporte aprobado lleva evidencia y alcanza su meta, y en ningún otro"
    if met and row["met_on"] > row["sent_on"]:
        return "met_on es un día posterior al envío"
    if met and row["version"] == "1" and row["met_on"] != row["sent_on"]:
        return "es la primera versión, y met_on no es el día de su envío"
    return None


def _money(year: str) -> dict[str, Check]:
    return {
        "partida": cells.partida,
        "month": cells.month_of(year),
        "moment": cells.one_of(*MOMENTS),
        "cents": filled(cells.not_zero),
    }


def _money_together(row: Row, span: Span) -> str | None:
    return "es de un mes posterior al periodo" if month_number(row["month"]) > span[1] else None


FORMS: Mapping[str, Form] = {
    layout.ACTIVITIES: Form(_activities, ("activity",)),
    layout.GOALS: Form(_goals, ("activity", "month"), _goal_together),
    layout.REPORTS: Form(_reports, ("activity", "quarter"), _report_together),
    layout.MONEY: Form(_money, layout.YEAR_TABLES[layout.MONEY][:-1], _money_together),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table read: its rows below the header (each with its number in the file), if nothing is wrong, and what is."""

    rows: list[tuple[int, Row]]
    faults: list[Fault]


def read_table(path: str, records: list[bytes], period: str) -> Table:
    """The rows of one of the four, judged one by one and each against the one before."""
    header = list(layout.YEAR_TABLES[path])
    made = Table([], [])
    if not records or fields_of(records[0]) != header:
        made.faults.append(Fault("record", path, 0, f"el encabezado debe ser {','.join(header)}"))
    before: list[str] | None = None
    reader = _Reader(path, span_of(period))
    for number, record in enumerate(records[1:], 1):
        row, why = reader.read(record)
        here = None if why else [row[name] for name in FORMS[path].order]
        if before is not None and here is not None and here <= before:
            why = "no va después del anterior: los renglones van en orden y sin repetirse"
        if why:
            made.faults.append(Fault("record", path, number, why))
        made.rows.append((number, row))
        before = here
    return made


class _Reader:
    """The rules of one table for one period, made once."""

    def __init__(self, path: str, span: Span) -> None:
        self._header, self._form, self._span = layout.YEAR_TABLES[path], FORMS[path], span
        self._cells = self._form.cells(span[0])

    def read(self, record: bytes) -> tuple[Row, str | None]:
        """The row, and what is wrong with it alone."""
        fields = fields_of(record)
        if fields is None:
            return {}, "no está escrito como manda el formato: todos los campos entre comillas, separados por comas"
        if len(fields) != len(self._header):
            return {}, f"tiene {len(fields)} campos y debía tener {len(self._header)}"
        row = dict(zip(self._header, fields, strict=True))
        return row, next(self._problems(row), None) or self._form.together(row, self._span)

    def _problems(self, row: Row) -> Iterator[str]:
        for name, check in self._cells.items():
            if why := check(row[name]):
                yield f"{name}: «{row[name][:40]}» {why}"
