"""Charts against writing the same dots by hand, without scale, gaps or words: what the care costs."""

from __future__ import annotations

from calpulli.commons.charts import Series, lines
from tests.bench.measure import Figures, Measure, compared, here
from tests.bench.stage import Stage

LABELS = tuple(f"T{place}" for place in range(12))
VALUES = tuple(float(place * place % 17) for place in range(12))


def _by_hand() -> str:
    top = max(VALUES)
    return "".join(
        f'<circle cx="{100 * (place + 0.5) / 12:g}%" cy="{100 - 100 * value / top:g}%"/>' for place, value in enumerate(VALUES)
    )


def _lines(stage: Stage) -> Figures:
    series, times = [Series("a", VALUES)], 500
    assert len(lines(LABELS, series).series[0].dots) == _by_hand().count("<circle") == 12
    ours, peer = here(lambda: lines(LABELS, series), times=times), here(_by_hand, times=times)
    return compared(ours, peer, rounds=stage.rounds(7), units=times, scale=1e6)


# Both are single-threaded Python; the limit is about twice what was seen.
MEASURES: list[Measure[Stage]] = [
    Measure(
        id="charts.lines",
        what="Gráfica de 12 valores, con escala, huecos y marcas; par: los mismos puntos escritos a mano",
        unit="µs CPU",
        limit=20.0,
        take=_lines,
    ),
]
