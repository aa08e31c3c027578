"""A quarter's report as people walk it: sent, returned, corrected and approved, while a stranger watches a number.

Activity 12-02 of the demonstration, alone with 12-03 in line 4.4: by hand, one of two fulfilled, and then two of two.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.sites import Site
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE: ViewportSize = {"width": 360, "height": 740}
MOST_TYPED = 5
REASON = "Falta decir en qué sede se hizo cada mes: agréguelo a la explicación."
BEFORE, AFTER = "50 %", "100 %"
INDICATOR, NUMBER = "/indicador/linea-4.4-en-termino", ".board-value .stat-value"


@dataclass
class Road:
    """Who walks it; the tests of this file follow one another."""

    area: Person
    reviewer: Person
    stranger: Person
    report: str = ""
    watched: str = ""

    def number(self) -> str:
        """What the page that the stranger watches says, read again."""
        self.stranger.page.reload()
        return " ".join(self.stranger.reads(".board-value.is-large").split())


@pytest.fixture(scope="module")
def road(chromium: Browser, walked: Site) -> Iterator[Road]:
    contexts = [
        chromium.new_context(java_script_enabled=scripts, viewport=PHONE, locale="es-MX") for scripts in (True, False, False)
    ]
    people = [Person(context.new_page(), walked) for context in contexts]
    for person in people:
        person.page.set_default_timeout(15_000)
    yield Road(people[0], people[1], people[2])
    for context in contexts:
        context.close()


def test_a_stranger_watches_the_number_of_a_line(road: Road) -> None:
    stranger = road.stranger
    stranger.goes("/programas/demo-2026/linea/4.4")
    stranger.touches('main a[href*="/indicador/linea-4.4-en-termino/"]')
    road.watched = stranger.page.url
    assert road.number().startswith(BEFORE)


def test_the_area_finds_its_report_and_sends_it_typing_five_values_at_most(road: Road) -> None:
    area = road.area
    area.signs_in("participacion")
    area.follows("Corregir el reporte de 12-02")
    road.report = area.page.url
    assert "Se envió a tiempo y se devolvió el" in area.reads()
    area.start()
    fields = area.page.locator("#reportar .months input")
    for place in range(fields.count()):
        name = fields.nth(place).get_attribute("name") or ""
        area.types(name, area.page.input_value(f"#id_{name}"))
    area.types("narrative", "Se hizo lo programado en las dos sedes.")
    area.page.locator("[data-kept]").get_by_text("Se guardó a las").wait_for()
    area.presses("Enviar a revisión")
    assert len(area.typed) <= MOST_TYPED
    assert "Usted envió el reporte" in area.reads()


def test_who_sent_it_may_not_approve_it_and_the_number_stays(road: Road) -> None:
    road.area.page.goto(road.report)
    assert "Otra persona debe revisarlo" in road.area.reads()
    assert road.area.page.locator("main").get_by_role("button", name="Aprobar el reporte").count() == 0
    assert road.number().startswith(BEFORE)


def test_the_reviewer_returns_it_with_a_reason(road: Road) -> None:
    reviewer = road.reviewer
    reviewer.signs_in("seguimiento")
    reviewer.follows("Revisar el reporte de 12-02")
    assert "Se hizo lo programado en las dos sedes." in reviewer.reads()
    reviewer.unfolds("Hay algo que corregir: devolverlo")
    reviewer.types("reason", REASON)
    reviewer.presses("Devolver para corregir")
    assert "Usted devolvió el reporte" in reviewer.reads()
    assert road.number().startswith(BEFORE)


def test_the_area_corrects_what_was_asked_and_retypes_nothing_else(road: Road) -> None:
    area = road.area
    area.goes("/mesa")
    area.follows("Corregir el reporte de 12-02")
    assert REASON in area.reads()
    area.start()
    area.types("narrative", "Se hizo lo programado: en la sede norte los tres meses, en la sur dos.")
    area.presses("Enviar a revisión")
    assert area.typed == ["narrative"]


def test_approved_the_number_is_another_at_the_next_look(road: Road) -> None:
    reviewer = road.reviewer
    reviewer.goes("/mesa")
    reviewer.follows("Revisar el reporte de 12-02")
    assert "Qué cambió desde que se devolvió" in reviewer.reads()
    assert road.number().startswith(BEFORE)
    reviewer.presses("Aprobar el reporte")
    approved = time.monotonic()
    number, waited = road.number(), time.monotonic() - approved
    assert number.startswith(AFTER)
    assert "Se acaba de calcular" in road.stranger.reads()
    assert waited < 10, "of which the page may take its second"


def test_the_line_and_the_board_say_the_same(road: Road) -> None:
    road.stranger.goes("/programas/demo-2026/linea/4.4")
    assert AFTER in road.stranger.reads()
    road.stranger.goes("/tablero")
    row = road.stranger.page.locator(
        "main li, main tr, main article", has=road.stranger.page.locator('a[href*="linea-4.4-en-termino"]')
    )
    assert AFTER in (row.last.text_content() or ""), "folded or not"


def test_behind_the_number_is_the_row_of_that_report(road: Road) -> None:
    stranger = road.stranger
    stranger.page.goto(road.watched)
    stranger.touches('#entra a[href*="annual.activities_fulfilled"], main a[href*="annual.activities_fulfilled"]')
    told = stranger.reads("#renglones")
    assert "2 renglones." in told
    assert "Adaptar los sitios de contacto" in told, "what 12-02 does"
    stranger.page.goto(road.watched)
    assert "Persona de demostración" not in stranger.reads(), "who reported and who approved is of nobody else"


def test_what_the_report_says_is_now_for_anyone(road: Road) -> None:
    stranger = road.stranger
    year = road.watched.rsplit("/", 1)[1].split("-")[0]
    stranger.goes(f"/poa/demo-2026/{year}/actividad/12-02")
    told = stranger.reads()
    assert "en la sede norte los tres meses, en la sur dos." in told
    assert "Se envió a tiempo; se devolvió y volvió a enviarse en su propio plazo." in told
    assert "Cuenta como cumplida." in told
    assert REASON not in told, "why it was returned is of whoever wrote it"
