"""A report that saves itself while one writes: with scripts, in two windows, and the page without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import looks
from tests.browser.sites import Site
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIELD, STATUS = "#id_narrative", "[data-kept]"
SAVED = "Se guardó a las"
# The window goes out of sight, which saves at once, and in the same breath the report is sent.
SENT_WHILE_IT_SAVES = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
  [...document.querySelectorAll("button")].find((one) => one.value === "send").click();
}"""


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, walked: Site) -> Iterator[dict[str, object]]:
    """The session of an area, and the address of a report that waits for it."""
    context = chromium.new_context()
    person = Person(context.new_page(), walked)
    person.signs_in("participacion")
    person.follows("Corregir el reporte de 12-02")
    yield {"state": context.storage_state(), "address": person.page.url}
    context.close()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without"])
def context(request: pytest.FixtureRequest, chromium: Browser, signed_in: dict[str, object]) -> Iterator[BrowserContext]:
    opened = chromium.new_context(storage_state=signed_in["state"], java_script_enabled=request.param)  # type: ignore[arg-type]
    yield opened
    opened.close()


with_scripts = pytest.mark.parametrize("context", [True], indirect=True)


def window(context: BrowserContext, signed_in: dict[str, object]) -> Page:
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(str(signed_in["address"]))
    return page


def saved(page: Page) -> None:
    page.locator(STATUS).get_by_text(SAVED).wait_for()


def test_the_button_keeps_it(context: BrowserContext, signed_in: dict[str, object]) -> None:
    page = window(context, signed_in)
    page.fill(FIELD, "Guardado con el botón.")
    page.get_by_role("button", name="Guardar y seguir después").click()
    assert "Se guardó su borrador" in page.inner_text("main")
    assert window(context, signed_in).input_value(FIELD) == "Guardado con el botón."


@with_scripts
def test_it_is_kept_after_a_pause_and_says_when(context: BrowserContext, signed_in: dict[str, object]) -> None:
    page = window(context, signed_in)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    assert page.inner_text(STATUS) == ""
    page.fill(FIELD, "Guardado solo.")
    saved(page)
    assert page.locator(STATUS).get_attribute("role") == "status"
    assert window(context, signed_in).input_value(FIELD) == "Guardado solo."
    page.fill(FIELD, "Guardado solo, otra vez.")
    page.wait_for_timeout(4_000)
    assert window(context, signed_in).input_value(FIELD) == "Guardado solo, otra vez."
    page.set_viewport_size({"width": 320, "height": 640})
    assert looks.overflow(page) == []
    assert looks.accessibility(page) == []
    assert complaints == []


@with_scripts
def test_of_two_windows_the_one_behind_loses_nothing_and_erases_nothing(
    context: BrowserContext, signed_in: dict[str, object]
) -> None:
    first, second = window(context, signed_in), window(context, signed_in)
    first.fill(FIELD, "De la primera ventana.")
    saved(first)
    second.fill(FIELD, "De la segunda ventana.")
    second.locator(STATUS).get_by_text("Hay algo más nuevo").wait_for()
    assert window(context, signed_in).input_value(FIELD) == "De la primera ventana."
    second.fill(FIELD, "De la segunda ventana, completo.")
    second.wait_for_timeout(4_000)
    assert window(context, signed_in).input_value(FIELD) == "De la primera ventana."
    second.get_by_role("button", name="Guardar y seguir después").click()
    assert "Hay algo más nuevo que esta ventana" in second.inner_text("main")
    assert "De la primera ventana." in second.inner_text("main")
    assert second.input_value(FIELD) == "De la segunda ventana, completo."
    second.get_by_role("button", name="Guardar y seguir después").click()
    assert "Se guardó su borrador" in second.inner_text("main")
    assert window(context, signed_in).input_value(FIELD) == "De la segunda ventana, completo."


@with_scripts
def test_sending_while_it_saves_is_not_behind_itself(context: BrowserContext, signed_in: dict[str, object]) -> None:
    page = window(context, signed_in)
    page.fill(FIELD, "Corto")
    page.fill(f"#{page.locator('#reportar .months input').first.get_attribute('id')}", "0")
    page.evaluate(SENT_WHILE_IT_SAVES)
    page.locator(".error-summary").wait_for()
    told = page.inner_text("main")
    assert "Hay algo más nuevo" not in told
    assert "Lo hecho no es lo programado" in told


@with_scripts
def test_when_the_site_does_not_answer_it_says_so_and_the_button_stays(
    context: BrowserContext, signed_in: dict[str, object]
) -> None:
    page = window(context, signed_in)
    page.route("**/trimestre/*", lambda route: route.abort())
    page.fill(FIELD, "Sin red.")
    page.locator(STATUS).get_by_text("No se pudo guardar solo").wait_for()
    page.unroute("**/trimestre/*")
    page.get_by_role("button", name="Guardar y seguir después").click()
    assert "Se guardó su borrador" in page.inner_text("main")
