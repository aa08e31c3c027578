"""Every value of indicators.jsonl computed again from its sheet and the cells (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calpulli_core.board import canonical, layout
from calpulli_core.verify.formulas import Bound, Reason, Recomputed, Sheet, TooMuchError, recompute
from calpulli_core.verify.report import Fault

Json = dict[str, Any]
Cell = tuple[str, bytes]
Given = str | Reason

MOST_WORK = 200_000
LACKS = "missing"  # no reason of a bundle: what a formula asked for is not there
_SAID = {
    "no-data": "no hay datos",
    "zero": "un divisor es cero",
    "range": "el número no cabe",
    "privacy": "se calla por privacidad",
}


def check_values(measures: list[Json], indicators: list[Json]) -> Iterator[Fault]:
    """The faults of the sheets as a whole; or those of the values that they do not give."""
    cells = _cells(measures)
    keys = {line["key"]: str(number) for number, line in enumerate(indicators)}
    sheets = [_sheet(str(number), line, keys) for number, line in enumerate(indicators)]
    asked = {str(number): [one["period"] for one in line["values"]] for number, line in enumerate(indicators)}
    try:
        found = recompute(sheets, _inputs(indicators, cells), asked, most_work=MOST_WORK)
    except TooMuchError:
        yield _fault(None, f"sus fórmulas piden más de {MOST_WORK} pasos: no se calculó ninguna")
        return
    yield from _refused(found, indicators) if found.refused else _compared(found, indicators)


def _fault(record: int | None, why: str) -> Fault:
    return Fault("indicator", layout.INDICATORS, record, why)


def _cells(measures: list[Json]) -> dict[Cell, dict[str, Given]]:
    cells: dict[Cell, dict[str, Given]] = {}
    for line in measures:
        given = Reason(line["reason"], line["period"]) if line["value"] is None else line["value"]
        cells.setdefault((line["measure"], canonical.encode(line["where"])), {})[line["period"]] = given
    return cells


def _sheet(number: str, line: Json, keys: Mapping[str, str]) -> Sheet:
    """Sheets go by the number of their line, so that no key can be taken for another thing."""
    names = {
        name: Bound(keys.get(one["indicator"], f"«{one['indicator']}»"))
        if "indicator" in one
        else Bound(cell=f"{number} {name}", unit=one["unit"])
        for name, one in line["variables"].items()
    }
    return Sheet(number, line["formula"], line["unit"], line["grain"], names)


class _Cells(dict[str, Given]):
    """The cells of a measure: one that is asked for and is not there cannot be read."""

    def get(self, period: str, _: Any = None) -> Given:
        return super().get(period) or Reason(LACKS, period)


def _inputs(indicators: list[Json], cells: Mapping[Cell, dict[str, Given]]) -> dict[str, Mapping[str, Given]]:
    inputs: dict[str, Mapping[str, Given]] = {}
    for number, line in enumerate(indicators):
        for name, one in line["variables"].items():
            if "measure" in one:
                inputs[f"{number} {name}"] = _Cells(cells.get((one["measure"], canonical.encode(one["where"])), {}))
            elif "target" in one:
                inputs[f"{number} {name}"] = one["target"]
    return inputs


def _refused(found: Recomputed, indicators: list[Json]) -> Iterator[Fault]:
    if found.cycle:
        told = " → ".join(indicators[int(number)]["key"] for number in found.cycle[:10])
        yield _fault(None, f"hay indicadores que se calculan uno con otro y vuelven al primero: {told}")
        return
    for number, error in found.refused.items():
        yield _fault(int(number), f"su fórmula no se puede calcular: en el carácter {error.place}, «{error.found}»: {error.rule}")


def _compared(found: Recomputed, indicators: list[Json]) -> Iterator[Fault]:
    for number, line in enumerate(indicators):
        for one in line["values"]:
            made = found.values[str(number)][one["period"]]
            if (why := _difference(one, made, indicators)) is not None:
                yield _fault(number, f"en {one['period']} {why}")


def _difference(one: Json, made: Given, indicators: list[Json]) -> str | None:
    said = one["value"] if one["reason"] is None else f"sin datos ({_SAID[one['reason']]})"
    if isinstance(made, str):
        return None if made == one["value"] else f"dice {said[:60]}, y de su fórmula sale {made[:60]}"
    if made.kind == LACKS:
        whose = indicators[int(made.indicator or 0)]["key"]
        return f"no se puede calcular: data/measures.jsonl no trae lo que «{whose}» lee en {made.period}"
    return None if made.kind == one["reason"] else f"dice {said[:60]}, y de su fórmula sale sin datos ({_SAID[made.kind]})"
