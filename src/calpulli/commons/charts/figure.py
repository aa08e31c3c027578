"""A figure whole: what it is called, what it says, the drawing, and the table of the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

from .bars import BarChart
from .lines import LineChart, Multiples
from .maps import AreaMap

Cell = str | None


@dataclass(frozen=True)
class Legend:
    """What the parts of a bar chart are: words for the hatched ones, the zero line and the target; empty for what it has not."""

    plain: str = ""
    hatched: str = ""
    zero: str = ""
    target: str = ""
    band: str = ""


@dataclass(frozen=True)
class Figure:
    """`key` is unique in the page; `says` tells in a sentence what the drawing shows; a cell that is None has no data."""

    key: str
    title: str
    says: str
    chart: BarChart | LineChart | Multiples | AreaMap
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    meaning: str = ""
    legend: Legend = Legend()
