"""Charts: where things are drawn, worked by hand; what is missing stays missing; a drawing and its table say the same."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons.charts import (
    Area,
    Bar,
    Figure,
    Series,
    area_map,
    areas_of_geojson,
    bars,
    lines,
    multiples,
    number_words,
)
from calpulli.commons.charts.scale import scale_of

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)
SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
HOSTILE = "<script>alert('x')</script>"


def shown(figure: Figure) -> str:
    page = '{% import "commons/charts.jinja" as charts %}{{ charts.figure(figure) }}'
    return str(engines["jinja2"].env.from_string(page).render(figure=figure))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (1234.5, None, "1,234.5"),
        (1234567, None, "1,234,567"),
        (0, None, "0"),
        (-24, None, "\u221224"),
        (2.5, 0, "3"),
        (0.1 + 0.2, None, "0.30"),
        (1000, 2, "1,000.00"),
        (Decimal("99.995"), 2, "100.00"),
        (-0.004, 2, "0.00"),
    ],
)
def test_numbers_are_written_as_in_mexico(value: float, places: int | None, words: str) -> None:
    assert number_words(value, places) == words


@given(values=st.lists(st.one_of(st.none(), FINITE), max_size=12))
def test_a_scale_holds_every_value_and_zero(values: list[float | None]) -> None:
    scale = scale_of(values)
    known = [value for value in values if value is not None]
    assert scale.low <= 0 <= scale.high
    slack = 1e-6 * max(1.0, *(abs(value) for value in known)) if known else 0
    assert all(scale.low - slack <= value <= scale.high + slack for value in known)
    assert 2 <= len(scale.ticks) <= 12


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_not_drawn(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        scale_of([value])


def test_bars_worked_by_hand() -> None:
    # From -20 to 10: steps of 10 (30 / 4 = 7.5 goes up to 10), zero two thirds along.
    drawn = bars([Bar("a", -20), Bar("b", 10), Bar("c", None), Bar("d", 0)])
    assert drawn.zero == "66.67%"
    assert [(row.x, row.width) for row in drawn.rows] == [
        ("0%", "66.67%"),
        ("66.67%", "33.33%"),
        ("66.67%", "0%"),
        ("66.67%", "0%"),
    ]


def test_a_target_and_a_whole_widen_the_scale() -> None:
    drawn = bars([Bar("a", 30)], target=80, whole=100)
    assert (drawn.rows[0].width, drawn.target, drawn.zero) == ("30%", "80%", "0%")


def test_a_missing_value_breaks_the_line_and_leaves_a_gap() -> None:
    drawn = lines(["1", "2", "3", "4"], [Series("a", (0, None, 10, 20))])
    only = drawn.series[0]
    assert [(dot.x, dot.y) for dot in only.dots] == [("12.5%", "100%"), ("62.5%", "50%"), ("87.5%", "0%")]
    assert [(one.x, other.x) for one, other in only.pieces] == [("62.5%", "87.5%")]
    assert [(gap.x, gap.width) for gap in drawn.gaps] == [("25%", "25%")]
    assert [words for words, _ in drawn.ticks] == ["20", "15", "10", "5", "0"]


@given(values=st.lists(st.one_of(st.none(), FINITE), min_size=1, max_size=15))
def test_nothing_missing_is_ever_a_dot(values: list[float | None]) -> None:
    drawn = lines([str(place) for place in range(len(values))], [Series("a", tuple(values))])
    missing = sum(value is None for value in values)
    assert len(drawn.series[0].dots) == len(values) - missing
    assert len(drawn.gaps) == missing
    assert len([label for label in drawn.labels if label]) <= 6


def test_a_band_is_where_its_ends_are() -> None:
    assert lines(["1"], [Series("a", (100,))], band=(25, 75)).band == ("25%", "50%")


def test_series_that_could_not_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="small multiples"):
        lines(["1"], [Series(str(place), (1,)) for place in range(5)])
    with pytest.raises(ValueError, match="each label"):
        lines(["1", "2"], [Series("a", (1,))])


def test_small_multiples_share_one_scale() -> None:
    drawn = multiples(["1"], [Series("a", (10,)), Series("b", (100,))])
    assert drawn.plots[0].ticks == drawn.plots[1].ticks
    assert (drawn.plots[0].series[0].dots[0].y, drawn.plots[1].series[0].dots[0].y) == ("90%", "0%")


def test_a_map_worked_by_hand() -> None:
    # Two squares of 2 by 2 degrees around the equator: 4 wide and 2 high, so 320 by 160 units but for the squeeze of one degree.
    east = tuple((x + 2, y) for x, y in SQUARE)
    areas = [Area("a", "Poniente", "P", (shifted(SQUARE),)), Area("b", "Oriente", "O", (shifted(east),))]
    drawn = area_map(areas, {"a": 1.0, "b": 9.0})
    assert drawn.height == pytest.approx(160, abs=0.1)
    assert [(shape.x, shape.y) for shape in drawn.shapes] == [(80.0, 80.0), (240.0, 80.0)]
    assert [shape.step for shape in drawn.shapes] == [1, 4]
    assert drawn.steps == ("1 a 3", "3 a 5", "5 a 7", "7 a 9")
    assert drawn.shapes[0].path == "M0.0,160.0L160.0,160.0L160.0,0.0L0.0,0.0L0.0,160.0Z"


def shifted(ring: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Centred on the equator, where a degree is as wide as it is high."""
    return tuple((x, y - 1) for x, y in ring)


def test_an_area_without_data_has_a_step_of_its_own() -> None:
    areas = [Area(key, key, key, (SQUARE,)) for key in "abc"]
    drawn = area_map(areas, {"a": 5.0, "b": 5.0, "c": None})
    assert [shape.step for shape in drawn.shapes] == [1, 1, 0]
    assert (drawn.steps, drawn.has_missing) == (("5",), True)
    assert [shape.step for shape in area_map(areas, {}).shapes] == [0, 0, 0]


def test_geojson_of_one_and_of_many_polygons_is_read() -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    told = [("Polygon", [ring]), ("MultiPolygon", [[ring], [ring]])]
    features = [
        {"type": "Feature", "properties": {"clave": place, "nombre": "x"}, "geometry": {"type": kind, "coordinates": places}}
        for place, (kind, places) in enumerate(told)
    ]
    areas = areas_of_geojson({"type": "FeatureCollection", "features": features}, key="clave", name="nombre")
    assert [(area.key, len(area.rings)) for area in areas] == [("0", 1), ("1", 2)]


FIGURES = {
    "bars": bars([Bar("uno", 3, "tres"), Bar("dos", None)]),
    "lines": lines(["e", "f"], [Series("uno", (3, None))]),
    "multiples": multiples(["e", "f"], [Series("uno", (3, None)), Series("dos", (1, 2))]),
    "map": area_map([Area("a", "uno", "1", (SQUARE,)), Area("b", "dos", "2", (SQUARE,))], {"a": 3.0}),
}


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_every_figure_has_its_table_and_says_what_is_missing(kind: str) -> None:
    html = shown(Figure("f", "Título", "Lo que dice.", FIGURES[kind], ("Qué", "Cuánto"), (("uno", "3"), ("dos", None))))
    assert html.count("<table") == 1
    assert re.search(r"<details class=\"figure-table\"><summary>", html)
    assert html.count('role="row"') == 3
    assert "quiet-mark" in html
    assert 'aria-labelledby="f-titulo"' in html
    assert "style=" not in html
    # What is drawn is said in words too, so readers of screens skip the drawing.
    assert all("aria-hidden" in tag for tag in re.findall(r"<svg(?! class=\"dot-place)[^>]*>", html) if "plot-ground" not in tag)
    used, made = set(re.findall(r"url\(#([\w-]+)\)", html)), re.findall(r'<pattern id="([\w-]+)"', html)
    assert used <= set(made)
    assert len(set(made)) == len(made)


def test_words_of_a_figure_are_escaped() -> None:
    chart = bars([Bar(HOSTILE, 1, HOSTILE, HOSTILE)])
    html = shown(Figure("f", HOSTILE, HOSTILE, chart, (HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 6
