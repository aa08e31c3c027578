"""Charts and maps as places in per cent: pure functions from numbers, drawn by `templates/commons/charts.jinja`.

Nothing here knows Django, a package or a colour. A value that is missing is None and is never drawn as zero.
"""

from .bars import Bar, BarChart, BarRow, bars
from .figure import Figure, Legend
from .lines import LineChart, Multiples, Series, lines, multiples
from .maps import Area, AreaMap, Shape, area_map, areas_of_geojson
from .sparks import Bullet, Spark, bullet, spark
from .words import number_words

__all__ = [
    "Area",
    "AreaMap",
    "Bar",
    "BarChart",
    "BarRow",
    "Bullet",
    "Figure",
    "Legend",
    "LineChart",
    "Multiples",
    "Series",
    "Shape",
    "Spark",
    "area_map",
    "areas_of_geojson",
    "bars",
    "bullet",
    "lines",
    "multiples",
    "number_words",
    "spark",
]
