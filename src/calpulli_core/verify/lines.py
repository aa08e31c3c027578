"""Lines of measures, indicators and heads: each alone, and the order of those that follow one another (`malformed`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from calpulli_core.board import canonical, layout
from calpulli_core.verify.formulas import Moment, read_value
from calpulli_core.verify.formulas.moments import IN_A_YEAR, MONTH, QUARTER, YEAR
from calpulli_core.verify.shapes import Shape, array, fixed, hexadecimal, integer, nullable, structure, text

Json = dict[str, Any]
Span = tuple[str, int]  # the year of the bundle's period, and its last month

_OF_CELLS = (None, "no-data", "privacy")
_OF_VALUES = (*_OF_CELLS, "zero", "range")


def _value(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, str) or read_value(value) is None:
        yield f"{where} debe ser un valor: n, o n/d en su mínima expresión"


def _moment(value: Any, where: str) -> Iterator[str]:
    try:
        Moment.read(value if isinstance(value, str) else "")
    except ValueError:
        yield f"{where} debe ser un periodo: AAAA-M01 a M12, AAAA-Q1 a Q4 o AAAA"


def _each(name: Shape, said: Shape) -> Shape:
    """An object whose keys and values are of these shapes."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} debe ser un objeto"
            return
        for key, item in value.items():
            yield from name(key, where)
            yield from said(item, f"{where}.{key[:40]}")

    return check


def _said(keys: dict[str, Shape], reasons: tuple[str | None, ...]) -> Shape:
    """An object with these keys, a value and a reason, of which exactly one is null."""
    shape = structure({**keys, "reason": fixed(*reasons), "value": nullable(_value)})

    def check(value: Any, where: str) -> Iterator[str]:
        found = list(shape(value, where))
        yield from found
        if not found and (value["reason"] is None) == (value["value"] is None):
            yield f"{where or 'la línea'} debe tener o valor o razón"

    return check


_WHERE = _each(text, text)
_BINDINGS = {
    "measure": structure({"measure": text, "unit": text, "where": _WHERE}),
    "indicator": structure({"indicator": text, "unit": text}),
    "target": structure({"target": _each(_moment, _value), "unit": text}),
}


def _binding(value: Any, where: str) -> Iterator[str]:
    kind = next((name for name in _BINDINGS if isinstance(value, dict) and name in value), "measure")
    yield from _BINDINGS[kind](value, where)


SHAPES: Mapping[str, Shape] = {
    layout.MEASURES: _said({"measure": text, "period": _moment, "where": _WHERE}, _OF_CELLS),
    layout.INDICATORS: structure(
        {
            "formula": text,
            "grain": fixed(MONTH, QUARTER, YEAR),
            "key": text,
            "line": nullable(text),
            "mark": fixed("de gestión", "de resultado"),
            "name": text,
            "unit": text,
            "values": array(_said({"period": _moment}, _OF_VALUES)),
            "variables": _each(text, _binding),
            "version": integer(1),
        }
    ),
    layout.HEADS: structure({"chain": text, "digest": hexadecimal(64), "sequence": integer(1)}),
}


def span_of(period: str) -> Span:
    """Of the manifest's period."""
    return period[:4], 12 if len(period) == 4 else 3 * int(period[-1])


def periods_within(period: str, grain: str) -> list[str]:
    """Those of a grain that lie within the bundle's period, in order."""
    year, last = span_of(period)
    months = 12 // IN_A_YEAR[grain]
    first = 1 if len(period) == 4 else last - 2
    ends = [end for end in range(months, 13, months) if first + months - 1 <= end <= last]
    return [str(Moment(grain, int(year) * IN_A_YEAR[grain] + end // months - 1)) for end in ends]


def ends_in(moment: Moment) -> int:
    """The last month of a period, counted."""
    months = 12 // IN_A_YEAR[moment.grain]
    return (moment.count + 1) * months - 1


def _measure(line: Json, manifest: Json) -> str | None:
    year, last = span_of(manifest["period"])
    late = ends_in(Moment.read(line["period"])) > int(year) * 12 + last - 1
    return "es de un periodo que termina después del que se sella" if late else None


def _indicator(line: Json, manifest: Json) -> str | None:
    told = [one["period"] for one in line["values"]]
    wanted = periods_within(manifest["period"], line["grain"])
    return None if told == wanted else f"sus valores deben ser de {', '.join(wanted) or 'ningún periodo'}, en orden"


def _head(line: Json, manifest: Json) -> str | None:
    return "es la cadena que ya dice el manifiesto" if line["chain"] == manifest["ledger"]["chain"] else None


_ALONE: Mapping[str, Callable[[Json, Json], str | None]] = {
    layout.MEASURES: _measure,
    layout.INDICATORS: _indicator,
    layout.HEADS: _head,
}
_ORDER: Mapping[str, Callable[[Json], tuple[str | bytes, ...]]] = {
    layout.MEASURES: lambda line: (line["measure"], canonical.encode(line["where"]), line["period"]),
    layout.INDICATORS: lambda line: (line["key"],),
    layout.HEADS: lambda line: (line["chain"],),
}


def own_faults(path: str, lines: list[Json | None], manifest: Json) -> Iterator[tuple[int, str]]:
    """What else is wrong with the lines of a file, by number; None stands for one not of its shape. Other files have nothing."""
    if path not in _ALONE:
        return
    before: tuple[str | bytes, ...] | None = None
    for number, line in enumerate(lines):
        why = _ALONE[path](line, manifest) if line is not None else None
        if why:
            yield number, why
        here = None if line is None or why else _ORDER[path](line)
        if before is not None and here is not None and here <= before:
            yield number, "no va después de la anterior: las líneas van en orden y sin repetirse"
        before = here
