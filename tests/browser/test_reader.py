"""The page that reads a handover, opened from its folder as a stranger would: no server, no network, no script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import looks
from tests.browser.sites import copied_state, run

if TYPE_CHECKING:
    from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def handed(server: Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entregas") / "entrega"
    name, state = "calpulli_handed", copied_state(server, tmp_path_factory.mktemp("state"))
    server.copy(template, name)
    run(server, name, state, "handover", str(folder))
    server.drop(name)
    return folder


@pytest.fixture
def page(chromium: Browser) -> Page:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, offline=True)
    return context.new_page()


@pytest.mark.parametrize(
    "name", ["index.html", "tablas/lineas-de-accion-1.html", "tablas/hechos-1.html", "tablas/registros-1.html"]
)
def test_a_page_is_sound_without_anything_else(page: Page, handed: Path, name: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((handed / name).as_uri())
    assert page.locator("h1").count() == 1
    faults = [*looks.frame(page), *looks.overflow(page), *looks.focus(page)]
    assert set(asked) == {(handed / name).as_uri(), (handed / "lector.css").as_uri()}
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"  # its own sheet is let in
    assert not said, said
    assert page.locator("script").count() == 0
    faults += looks.accessibility(page)
    assert not faults, "\n".join(faults)


def test_one_reads_a_table_from_the_first_page(page: Page, handed: Path) -> None:
    page.goto((handed / "index.html").as_uri())
    page.get_by_role("link", name="Leer Líneas de acción").click()
    table = page.get_by_role("table")
    assert table.get_by_role("row").count() == 51
    assert "linea-1.3" in table.inner_text()
    page.get_by_role("link", name="Todas las tablas").click()
    assert page.url == (handed / "index.html").as_uri()


def test_every_link_leads_to_a_file_of_the_folder(page: Page, handed: Path) -> None:
    page.goto((handed / "index.html").as_uri())
    links = page.eval_on_selector_all("a[href]", "(found) => found.map((one) => one.getAttribute('href'))")
    assert len(links) > 40
    assert [link for link in links if not (handed / link).is_file()] == []
