"""The browser of the tests starts, draws, and finds accessibility faults."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import AXE, browser

pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**asdict(browser()))
        yield chromium.new_page(viewport={"width": 320, "height": 200})
        chromium.close()


def test_it_draws_a_page(page: Page) -> None:
    page.goto("data:text/html;charset=utf-8,<body style='background:rgb(1,2,3)'><h1>Año</h1>")
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (320, 200)
    assert page.inner_text("h1") == "Año"


def test_axe_finds_a_field_without_a_name(page: Page) -> None:
    page.goto("data:text/html;charset=utf-8,<html lang=es><title>t</title><main><h1>t</h1><input></main>")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id)")
    assert found == ["label"]
