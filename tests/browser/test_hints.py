"""Hints while one writes: the addition in a browser with scripts, and the same page without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import looks
from tests.browser.sites import Site
from tests.browser.states import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICE = "Con la finalidad de corregir la nota del trimestre, el área cambió la dirección del documento en el registro."
FIELD, STATUS, HINTS = "#id_note", "#id_note_status", "#id_note_hints"


@pytest.fixture(scope="module")
def session(chromium: Browser, busy: Site) -> Iterator[dict[str, object]]:
    context = chromium.new_context()
    sign_in(context.new_page(), busy, "area")
    yield dict(context.storage_state())
    context.close()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without"])
def page(request: pytest.FixtureRequest, chromium: Browser, busy: Site, session: dict[str, object]) -> Iterator[Page]:
    """The capture of a quarter; complaints of the browser fail the test."""
    context = chromium.new_context(storage_state=session, java_script_enabled=request.param)  # type: ignore[arg-type]
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(busy.url("/mesa/edicion/{open}"))
    yield opened
    context.close()
    # The browser complains by itself of an answer that says to wait.
    assert [told for told in complaints if "status of 429" not in told] == []


with_scripts = pytest.mark.parametrize("page", [True], indirect=True)


def test_the_button_gives_the_text_back_with_its_hints(page: Page) -> None:
    page.fill(FIELD, OFFICE)
    page.get_by_role("button", name="Ver consejos de redacción").click()
    assert page.input_value(FIELD) == OFFICE
    assert page.inner_text(STATUS).startswith("1 pista para que se lea mejor.")
    assert "«Con la finalidad de» es una expresión de oficina." in page.inner_text(HINTS)
    assert "Escriba «para»" in page.inner_text(HINTS)


def test_enter_in_a_field_keeps_the_draft_though_the_review_comes_before(page: Page) -> None:
    page.press("#id_poa_url", "Enter")
    page.wait_for_url("**/mesa")
    assert "Usted guardó el borrador" in page.inner_text("main")


@with_scripts
def test_hints_come_by_themselves_after_a_pause(page: Page) -> None:
    assert page.inner_text(STATUS) == ""
    page.fill(FIELD, OFFICE)
    page.locator(HINTS).get_by_text("expresión de oficina").wait_for(timeout=10_000)
    assert page.inner_text(STATUS).startswith("1 pista para que se lea mejor.")
    assert page.input_value(FIELD) == OFFICE
    assert page.evaluate("document.activeElement.id") == "id_note", "who writes is not moved from her place"
    page.fill(FIELD, OFFICE.replace("Con la finalidad de", "Para"))
    page.get_by_text("No encontramos nada que cambiar").wait_for(timeout=10_000)
    assert "expresión de oficina" not in page.inner_text(HINTS)
    assert looks.accessibility(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert looks.overflow(page) == []


@with_scripts
def test_what_the_script_shows_is_what_the_button_shows(page: Page) -> None:
    page.fill(FIELD, OFFICE)
    page.locator(HINTS).get_by_text("expresión de oficina").wait_for(timeout=10_000)
    shown = [page.inner_text(place) for place in (STATUS, HINTS)]
    page.get_by_role("button", name="Ver consejos de redacción").click()
    assert [page.inner_text(place) for place in (STATUS, HINTS)] == shown


@with_scripts
def test_it_is_said_politely_and_only_when_it_changes(page: Page) -> None:
    assert page.locator(STATUS).get_attribute("role") == "status"
    page.evaluate(
        "() => { window.said = 0; new MutationObserver(() => { window.said += 1; })"
        ".observe(document.querySelector('#id_note_status'), { childList: true }); }"
    )
    page.fill(FIELD, "Corto.")
    page.get_by_text("Escriba un poco más").wait_for(timeout=10_000)
    page.fill(FIELD, "Muy corto.")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.said") == 1


@with_scripts
def test_one_pause_asks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/texto/pistas" in request.url else None)
    page.locator(FIELD).press_sequentially("Con la finalidad de ver", delay=30)
    page.locator(HINTS).get_by_text("expresión de oficina").wait_for(timeout=10_000)
    assert len(asked) == 1


@with_scripts
def test_when_the_site_does_not_answer_writing_goes_on(page: Page) -> None:
    page.route("**/texto/pistas", lambda route: route.fulfill(status=429))
    page.fill(FIELD, OFFICE)
    page.wait_for_timeout(2500)
    assert page.inner_text(STATUS) == ""
    page.unroute("**/texto/pistas")
    page.get_by_role("button", name="Ver consejos de redacción").click()
    assert "expresión de oficina" in page.inner_text(HINTS)
