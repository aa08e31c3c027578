"""Paper: what a page says is all on it, and what only a screen can do is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Site
from tests.browser.test_states import SHOTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# A4 within its margins, in the pixels of print (96 to the inch).
PAPER = {"width": 672, "height": 940}
PAGES = {
    "home": "/",
    "records": "/registros",
    "record": "/registros/iecm-2023/2023-Q1",
    "deadline": "/registros/iecm-2023/2023-Q1/plazo",
    "swot": "/programas/demo-2026/foda",
    "ledger": "/libro",
    "meaning": "/que-significa/dias-respecto-del-plazo",
    "design": "/diseno",
}
SEEN = (
    "(what) => [...document.querySelectorAll(what)].filter((e) => e.getClientRects().length).map((e) => e.outerHTML.slice(0, 90))"
)


@pytest.fixture
def paper(chromium: Browser) -> Page:
    page = chromium.new_context(viewport=PAPER).new_page()
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("name", sorted(PAGES))
def test_on_paper(paper: Page, busy: Site, name: str) -> None:
    paper.goto(busy.url(PAGES[name]))
    SHOTS.mkdir(parents=True, exist_ok=True)
    paper.screenshot(path=SHOTS / f"print--{name}.png", full_page=True)
    assert paper.evaluate(SEEN, ".site-nav, .site-search, .account, .crumbs:not(main *), main .button, summary, .meaning") == []
    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    # What is folded on a screen is open on paper: the tables of figures, the lines of objectives.
    folded = paper.evaluate(
        "() => [...document.querySelectorAll('main details > :not(summary)')].filter((e) => !e.checkVisibility()).length"
    )
    assert folded == 0
    figures, tables = (paper.locator(f"main {what}").count() for what in ("figure", "figure table"))
    assert figures == tables
    assert len(paper.pdf(format="A4", print_background=False)) > 5_000
    paper.context.close()
