"""An activity whose unit is people, as they walk it: few of them stay few for a stranger, and more are told once it is corrected.

Activity 12-03 of the demonstration: of the quarter before its last, the report says fewer than five.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ViewportSize

from calpulli_core.calendars.periods import Period
from tests.browser.sites import Site
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE: ViewportSize = {"width": 360, "height": 740}
FEW = "menos de 5"


@dataclass
class Road:
    """Who walks it; the tests of this file follow one another."""

    area: Person
    reviewer: Person
    stranger: Person
    told: Period

    @property
    def page(self) -> str:
        return f"/poa/demo-2026/{self.told.year}/actividad/12-03"

    def quarter(self) -> str:
        """What anyone reads of that quarter."""
        self.stranger.goes(self.page)
        return " ".join(self.stranger.reads(f"#trimestre-{self.told.quarter}").split())


@pytest.fixture(scope="module")
def road(chromium: Browser, walked: Site) -> Iterator[Road]:
    contexts = [chromium.new_context(java_script_enabled=False, viewport=PHONE, locale="es-MX") for _ in range(3)]
    people = [Person(context.new_page(), walked) for context in contexts]
    for person in people:
        person.page.set_default_timeout(15_000)
    today = dt.datetime.now(tz=dt.UTC).date()
    yield Road(*people, Period(today.year, (today.month + 2) // 3).previous().previous())
    for context in contexts:
        context.close()


def test_a_stranger_reads_that_they_were_few_wherever_it_is_told(road: Road) -> None:
    assert f"Se hicieron {FEW} de" in road.quarter()
    stranger = road.stranger
    assert "Personas. Lo hecho se dice una vez por trimestre" in stranger.reads()
    for address in (f"/poa/demo-2026/{road.told.year}", "/programas/demo-2026/linea/4.4"):
        stranger.goes(address)
        assert re.search("[0-9] o pocas más", stranger.page.text_content("main") or ""), address
    year, quarter = road.told.year, road.told.quarter
    stranger.goes(f"/medida/annual.goal_achieved?periodo={year}-Q{quarter}&activity=12-03")
    assert "se calla para que no se sepa una cuenta de muy pocas personas" in stranger.reads()


def test_two_more_alone_are_refused_and_several_in_one_record_are_not(road: Road) -> None:
    """Each record is a public fact: another one of few would say how few they were."""
    area = road.area
    area.signs_in("area")
    area.goes("/mesa/poa/entregas")
    assert "junte varias entregas en un archivo" in area.reads()
    record(road, 2)
    assert "ya tiene un registro de menos de 5" in area.reads()
    record(road, 7)
    assert "Se registraron entregas" in area.reads()
    assert FEW in road.quarter(), "what was published stays until it is corrected"


def record(road: Road, people: int) -> None:
    area = road.area
    chosen = area.page.locator("#id_activity option", has_text="12-03").first.get_attribute("value")
    area.page.select_option("#id_activity", chosen)
    area.types("on", f"{road.told.ends_on:%d/%m/%Y}")
    area.page.select_option("#id_district", index=1)
    for name, number in (("units", people), ("women", people), ("men", 0), ("unsaid", 0)):
        area.types(name, str(number))
    area.presses("Registrar la entrega")


def test_the_area_corrects_its_report_and_another_person_approves_it(road: Road) -> None:
    area, reviewer = road.area, road.reviewer
    area.goes("/mesa")
    assert f"Se reportaron {FEW} personas" in area.reads()
    area.follows("Corregir el reporte de 12-03")
    area.unfolds("Corregir este reporte aprobado")
    area.types("correction", "Faltaba una lista de asistencia.")
    area.presses("Enviar la corrección")
    assert "Usted corrigió el reporte" in area.reads()
    reviewer.signs_in("revision")
    reviewer.follows("Revisar el reporte de 12-03")
    reviewer.presses("Aprobar el reporte")
    assert "Usted aprobó el reporte" in reviewer.reads()


def test_a_stranger_reads_how_many_they_were(road: Road) -> None:
    assert re.search("Se hicieron [0-9]+ de", road.quarter()), "those of the few and the seven"
