"""All that section 10 asks of one bundle of version 2, in its order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from calpulli_core.board import layout
from calpulli_core.verify.opening import Bundle, open_contents
from calpulli_core.verify.reading import UnreadableError, check_limits
from calpulli_core.verify.report import Fault
from calpulli_core.verify.year.agreement import Year, check_agreement, line_identifiers
from calpulli_core.verify.year.recompute import check_values
from calpulli_core.verify.year.recount import check_recount
from calpulli_core.verify.year.tables import read_table


@dataclass(slots=True)
class YearChecked:
    """What was found; how many indicators were recomputed, how many lines of measures recounted, and how many only attested."""

    faults: list[Fault] = field(default_factory=list)
    indicators: int = 0
    recounted: int = 0
    attested: int = 0

    @property
    def told(self) -> str | None:
        """In words, where nothing was wrong with them."""
        if self.faults or not self.indicators:
            return None
        many = "indicador recalculado: da" if self.indicators == 1 else "indicadores recalculados: todos dan"
        return (
            f"{self.indicators} {many} lo que el paquete dice. De las {self.recounted + self.attested} celdas que trae, "
            f"{self.recounted} se contaron otra vez en sus tablas; {self.attested} son palabra del instituto, que firma."
        )


def check_year(bundle: Bundle, wrong: Collection[str | None]) -> YearChecked:
    """Nothing of a bundle of version 1. `wrong`: files with a fault `record` so far."""
    made = YearChecked()
    if bundle.version == 2:
        year = _year(bundle, wrong, made.faults)
        made.faults += check_agreement(year)
        _recount(bundle, year, made)
        _recompute(bundle, year, made)
    return made


def check_sealed(files: Mapping[str, bytes], *, period: str, chain: str) -> tuple[Fault, ...]:
    """What section 10 finds wrong with the files about to be sealed for a period, under the head of that chain."""
    try:
        check_limits(files)
    except UnreadableError as error:
        return (Fault("unreadable", None, None, str(error)),)
    bundle = open_contents(files, {"period": period, "ledger": {"chain": chain}, "spec": layout.SPEC_2})
    return (*bundle.faults, *check_year(bundle, ()).faults)


def _year(bundle: Bundle, wrong: Collection[str | None], faults: list[Fault]) -> Year:
    period = bundle.manifest["period"]
    read = {path: read_table(path, bundle.rows[path], period) for path in layout.YEAR_TABLES if path in bundle.rows}
    faults += [fault for table in read.values() for fault in table.faults]
    has_lines = layout.LINES in bundle.rows and layout.LINES not in wrong
    sound = {path: table.rows for path, table in read.items() if not table.faults}
    return Year(period, sound, line_identifiers(bundle) if has_lines else None)


def _recount(bundle: Bundle, year: Year, made: YearChecked) -> None:
    measures = bundle.records.get(layout.MEASURES, [])
    found = list(check_recount(year, measures))
    made.faults += [one for one in found if isinstance(one, Fault)]
    made.recounted = sum(not isinstance(one, Fault) for one in found)
    made.attested = len(measures) - len(found)


def _recompute(bundle: Bundle, year: Year, made: YearChecked) -> None:
    indicators, measures = bundle.records.get(layout.INDICATORS), bundle.records.get(layout.MEASURES)
    for number, line in enumerate(indicators or []):
        if year.lines is not None and line["line"] is not None and line["line"] not in year.lines:
            why = f"es de la línea «{line['line']}», que data/lines.csv no tiene"
            made.faults.append(Fault("indicator", layout.INDICATORS, number, why))
    if indicators is not None and measures is not None:
        found = list(check_values(measures, indicators))
        made.faults += found
        made.indicators = 0 if found else len(indicators)
