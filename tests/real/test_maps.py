"""The map on real polygons: sixteen demarcations with borders of thousands of points. Skips where they are not at hand.

`CALPULLI_REAL_DATA` names the folder that holds `cdmx/alcaldias.geojson`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from calpulli.commons.charts import area_map, areas_of_geojson

FILE = Path(os.environ.get("CALPULLI_REAL_DATA", "no-hay")) / "cdmx" / "alcaldias.geojson"


@pytest.mark.skipif(not FILE.exists(), reason="CALPULLI_REAL_DATA does not name a folder with cdmx/alcaldias.geojson")
def test_sixteen_real_demarcations() -> None:
    areas = areas_of_geojson(json.loads(FILE.read_text(encoding="utf-8")), key="CVE_MUN", name="NOM_MUN")
    drawn = area_map(areas, {area.key: float(place) for place, area in enumerate(areas)})
    assert len(drawn.shapes) == 16
    assert {shape.step for shape in drawn.shapes} == {1, 2, 3, 4}
    # The city is higher than wide: about 48 km by 61 km.
    assert 1.1 < drawn.height / drawn.width < 1.5
    assert all(0 <= shape.x <= drawn.width and 0 <= shape.y <= drawn.height for shape in drawn.shapes)
    # Rounded to what a screen shows, the whole map is lighter than its source.
    assert sum(len(shape.path) for shape in drawn.shapes) < FILE.stat().st_size / 2
