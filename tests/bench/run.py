"""Measures what the house promises: `make bench`. Prints a table, writes `build/bench.json`, exits 1 when a limit is broken.

Absolute limits are judged on CPU seconds (of the processes and their children); ratios compare two sides measured in
turns within the same run. docs/medidas/ keeps what was seen.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "bench.json"
if not __package__:
    # Run as a file: what is beside it must be importable as what it is, and not shadow anything.
    sys.path[0] = str(ROOT)

from tests.bench import (  # noqa: E402
    annual_files,
    budget_entries,
    bundles,
    canonical_json,
    charts,
    commands,
    formats,
    ledgers,
    openness,
    pages,
    scale,
    signatures,
)
from tests.bench.measure import Measure, compared, here  # noqa: E402
from tests.bench.stage import Stage  # noqa: E402

MEASURES: list[Measure[Stage]] = [
    measure
    # The last ones leave millions of rows behind them.
    for area in (
        *(canonical_json, charts, signatures, formats, annual_files, bundles, commands, pages, openness, ledgers),
        *(budget_entries, scale),
    )
    for measure in area.MEASURES
]
HEADINGS = ("medida", "nuestro", "par", "razón", "límite", "unidad", "CPU s", "n", "", "qué se mide")
NUMBERS = frozenset({1, 2, 3, 4, 6, 7})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table and one object of `bench.json`."""

    id: str
    what: str
    ours: float
    peer: float | None
    ratio: float | None
    limit: float | None
    unit: str
    cpu_s: float
    n: int

    @property
    def holds(self) -> bool:
        """Whether it is within its limit: that of the ratio if there is one, else of our figure."""
        return self.limit is None or (self.ours if self.ratio is None else self.ratio) <= self.limit

    def cells(self) -> tuple[str, ...]:
        """What the table shows."""
        told = (self.ours, self.peer, self.ratio, self.limit)
        verdict = "bien" if self.holds else "FALLA"
        return (self.id, *map(shown, told), self.unit, f"{self.cpu_s:.2f}", str(self.n), verdict, self.what)


def shown(value: float | None) -> str:
    """Three figures that mean something; a dash for nothing."""
    if value is None:
        return "—"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def taken(measure: Measure[Stage], stage: Stage) -> Line:
    """Measures one."""
    figures = measure.take(stage)
    return Line(
        id=measure.id,
        what=measure.what,
        ours=figures.ours,
        peer=figures.peer,
        ratio=figures.ratio,
        limit=measure.limit,
        unit=measure.unit,
        cpu_s=figures.cpu_s,
        n=figures.n,
    )


def run(chosen: list[Measure[Stage]], *, quick: bool) -> tuple[list[Line], list[str]]:
    """The lines, and the identifiers of what could not be measured; what failed does not stop the rest."""
    lines, broken = [], []
    with Stage(quick=quick) as stage:
        for measure in chosen:
            print(f"· {measure.id}", file=sys.stderr, flush=True)
            try:
                lines.append(taken(measure, stage))
            except Exception as error:
                print(f"  no se pudo medir: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
                broken.append(measure.id)
    return lines, broken


def table(lines: list[Line]) -> str:
    """The lines as a table that is read in a terminal and as Markdown."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(3, *map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * (width - 1) + (":" if place in NUMBERS else "-") for place, width in enumerate(widths)]
    return "\n".join(_row(row, widths) for row in (rows[0], rule, *rows[1:]))


def _row(row: Sequence[str], widths: list[int]) -> str:
    cells = (cell.rjust(widths[n]) if n in NUMBERS else cell.ljust(widths[n]) for n, cell in enumerate(row))
    return f"| {' | '.join(cells)} |"


def conditions(*, quick: bool) -> str:
    """The machine in general words, and how busy it was: what a fixed piece of work cost, load at the end."""
    machine = f"{os.cpu_count()} núcleos {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    reference = compared(here(lambda: sum(range(1_000_000))), rounds=5, scale=1e3).ours
    size = ". Medición corta (--quick)" if quick else ""
    return f"{machine}; carga {os.getloadavg()[0]:.1f} al terminar; sumar un millón de números: {reference:.0f} ms CPU{size}."


def options(arguments: list[str] | None) -> tuple[list[Measure[Stage]], bool]:
    """What to measure, and whether less of it."""
    parser = argparse.ArgumentParser(prog="make bench", description="Mide lo que la casa promete.")
    parser.add_argument("--only", action="append", metavar="MEDIDA", help="solo las que empiezan así (se puede repetir)")
    parser.add_argument("--quick", action="store_true", help="menos vueltas y datos, los mismos límites")
    given = parser.parse_args(arguments)
    chosen = [measure for measure in MEASURES if not given.only or measure.id.startswith(tuple(given.only))]
    if not chosen:
        known = ", ".join(measure.id for measure in MEASURES)
        parser.error(f"ninguna medida empieza con {' ni '.join(given.only)}. Las que hay: {known}")
    return chosen, given.quick


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, writes; the exit code."""
    chosen, quick = options(arguments)
    began = time.monotonic()
    lines, broken = run(chosen, quick=quick)
    print(f"\n{conditions(quick=quick)}\n\n{table(lines)}\n")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(lines)} medidas en {time.monotonic() - began:.0f} s; build/bench.json escrito.")
    over = [line.id for line in lines if not line.holds]
    for told, ids in (("Fuera de su límite", over), ("No se pudieron medir", broken)):
        if ids:
            print(f"{told}: {', '.join(ids)}.")
    return 1 if over or broken else 0


if __name__ == "__main__":
    sys.exit(main())
