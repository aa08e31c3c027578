"""Invented data for the page of the design: nothing here is of any institute, and the page says so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from calpulli.commons.charts import Area, Bar, Figure, Legend, Series, area_map, bars, lines, multiples, number_words
from calpulli.commons.charts.lines import LineChart, Multiples

# Invented prose with something to mend in it, so that hints show.
PROSE = (
    "Se procederá a la realización de la implementación de las acciones correspondientes a la actualización de los "
    "documentos, a efecto de que la ciudadanía se encuentre en posibilidad de consultarlos en el momento en que lo requiera."
)
DIGEST = "0123456789abcdef" * 4
MEANING = "ejemplo-inventado"
COLUMNS = [
    {"number": 91, "name": "Columna inventada", "value": "PRIMERA PARTE\n1.1 Un renglón que cuelga de su número.", "mark": None},
    {"number": 92, "name": "Columna sin dato", "value": "", "mark": "sin dato en la fuente"},
]
OBJECTIVE = {
    "number": 9,
    "text": "Objetivo inventado para ver cómo se lee.",
    "lines": [{"number": "9.1", "text": "Una línea."}, {"number": "9.2", "text": "Otra."}],
}
QUARTERS = ("T1", "T2", "T3", "T4")


def figures() -> list[Figure]:
    """One of each kind, each with something missing."""
    return [_bars(), _progress(), _lines(), _multiples(), _map()]


def _figure(
    key: str, title: str, chart: object, headers: tuple[str, ...], rows: tuple[tuple[str | None, ...], ...], **more: Legend
) -> Figure:
    says = _("Ejemplo inventado.")
    return Figure(f"ejemplo-{key}", title, says, chart, headers, rows, MEANING, **more)  # type: ignore[arg-type]  # one of the four kinds


def _bars() -> Figure:
    told = [("Periodo A", -12), ("Periodo B", 4), ("Periodo C", None)]
    drawn = bars([Bar(name, days, "" if days is None else number_words(days), is_hatched=(days or 0) > 0) for name, days in told])
    legend = Legend(_("Antes"), _("Después"), _("Día del plazo"))
    rows = tuple((name, None if days is None else number_words(days)) for name, days in told)
    return _figure("barras", _("Barras a los dos lados de un día"), drawn, (_("Periodo"), _("Días")), rows, legend=legend)


def _progress() -> Figure:
    told = [("Área A", 82.5), ("Área B", 40.0), ("Área C", None)]
    drawn = bars(
        [Bar(name, value, "" if value is None else f"{number_words(value)} %") for name, value in told], target=75, whole=100
    )
    rows = tuple((name, None if value is None else number_words(value)) for name, value in told)
    return _figure(
        "avance", _("Avance frente a una meta"), drawn, (_("Área"), "%"), rows, legend=Legend(_("Avance"), target=_("Meta: 75 %"))
    )


def _lines() -> Figure:
    first, second = (12.0, 18.0, None, 25.0), (5.0, 9.0, 8.0, 14.0)
    drawn: LineChart = lines(QUARTERS, [Series("Serie A", first), Series("Serie B", second)], band=(10, 20))
    return _figure(
        "lineas",
        _("Líneas con un hueco y una banda"),
        drawn,
        (_("Trimestre"), "A", "B"),
        _rows(first, second),
        legend=Legend(band=_("Banda esperada")),
    )


def _multiples() -> Figure:
    first, second = (3.0, None, 6.0, 8.0), (1.0, 2.0, 2.0, 1.0)
    drawn: Multiples = multiples(QUARTERS, [Series("Distrito inventado 1", first), Series("Distrito inventado 2", second)])
    return _figure("varias", _("Varias pequeñas, con la misma escala"), drawn, (_("Trimestre"), "1", "2"), _rows(first, second))


def _rows(*series: tuple[float | None, ...]) -> tuple[tuple[str | None, ...], ...]:
    cells = [[None if value is None else number_words(value) for value in one] for one in series]
    return tuple((label, *values) for label, *values in zip(QUARTERS, *cells, strict=True))


def _map() -> Figure:
    """Six rectangles that are no place: a geometry that nobody could take for a real one."""
    areas = [
        Area(str(place), f"Zona inventada {place + 1}", str(place + 1), (_rectangle(place % 3, place // 3),))
        for place in range(6)
    ]
    values: dict[str, float | None] = dict(zip("012345", (4.0, 9.0, None, 16.0, 1.0, 12.0), strict=True))
    rows = tuple((area.name, None if (value := values[area.key]) is None else number_words(value)) for area in areas)
    return _figure("mapa", _("Mapa por zonas"), area_map(areas, values), (_("Zona"), _("Valor")), rows)


def _rectangle(column: int, row: int) -> tuple[tuple[float, float], ...]:
    west, south = column * 1.0, -row * 0.6
    return ((west, south), (west + 1, south), (west + 1, south + 0.6), (west, south + 0.6), (west, south))
