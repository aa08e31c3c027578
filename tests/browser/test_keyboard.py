"""The road with the keyboard alone: Tab to get there, Enter or Space to act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_TABS = 60
# What has the focus: its words or its name, and whether a ring is drawn around it inside the window.
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    words: [element.id, element.name, element.textContent.replace(/\\s+/g, " ").trim()],
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


@dataclass
class Keyboard:
    """Someone without a mouse; after every Tab the focus has to be seen."""

    page: Page
    site: Site

    def reaches(self, wanted: str) -> int:
        """Presses Tab until the element of that name or with these words has the focus; how many times."""
        for tabs in range(1, MOST_TABS):
            self.page.keyboard.press("Tab")
            now = self.page.evaluate(FOCUSED)
            assert now["ring"] and now["inside"], f"the focus is not seen on {now['words']}"
            if wanted in now["words"][:2] or now["words"][2].startswith(wanted):
                return tabs
        raise AssertionError(f"«{wanted}» is not reached with {MOST_TABS} tabs")

    def presses(self, key: str) -> None:
        """Enter or Space, and waits for where it leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def writes(self, text: str) -> None:
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def signs_in(self, account: str) -> None:
        self.page.goto(self.site.url("/entrar"))
        self.reaches("username")
        self.writes(account)
        self.reaches("password")
        self.writes(self.site.passwords[account])
        self.presses("Enter")
        self.reaches("code")
        self.writes(self.site.code(account))
        self.presses("Enter")

    def reads(self) -> str:
        return self.page.inner_text("main")


@pytest.fixture
def keyboard(chromium: Browser, walked: Site) -> Iterator[Keyboard]:
    context = chromium.new_context(viewport={"width": 1024, "height": 700}, locale="es-MX")
    yield Keyboard(context.new_page(), walked)
    context.close()


def test_the_first_tab_skips_to_the_content(keyboard: Keyboard) -> None:
    for address in ("/", "/registros", "/libro", "/entrar"):
        keyboard.page.goto(keyboard.site.url(address))
        assert keyboard.reaches("Saltar al contenido") == 1
        keyboard.page.keyboard.press("Enter")
        assert keyboard.page.evaluate("document.activeElement.id") == "contenido"
        keyboard.page.keyboard.press("Tab")
        assert keyboard.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_quarter_is_closed_without_a_mouse(keyboard: Keyboard) -> None:
    keyboard.signs_in("area")
    keyboard.reaches("Capturar el")
    keyboard.presses("Enter")
    keyboard.reaches("poa_url")
    keyboard.writes("https://ejemplo.mx/poa.pdf")
    keyboard.presses("Enter")
    assert "Usted guardó el borrador" in keyboard.reads(), "Enter in a field sends nothing: it keeps the draft"
    keyboard.reaches("Capturar el")
    keyboard.presses("Enter")
    keyboard.reaches("updated_on")
    right = keyboard.page.input_value("#id_updated_on")
    keyboard.writes("mañana")
    keyboard.reaches("Enviar a revisión")
    keyboard.presses("Space")
    assert keyboard.page.evaluate("document.activeElement.className") == "error-summary"
    assert keyboard.reaches("Fecha de actualización") == 1
    keyboard.page.keyboard.press("Enter")
    assert keyboard.page.evaluate("document.activeElement.name") == "updated_on"
    keyboard.writes(right)
    keyboard.reaches("note")
    keyboard.writes("Escrita sin ratón.")
    keyboard.reaches("Enviar a revisión")
    keyboard.presses("Space")
    assert "Usted lo envió a revisión" in keyboard.reads()
    keyboard.reaches("Salir")
    keyboard.presses("Space")
    assert keyboard.page.get_by_role("link", name="Entrar", exact=True).count() == 1


def test_it_is_sealed_and_published_without_a_mouse(keyboard: Keyboard) -> None:
    keyboard.signs_in("revision")
    keyboard.reaches("Revisar el")
    keyboard.presses("Enter")
    keyboard.reaches("Ir a la decisión")
    keyboard.page.keyboard.press("Enter")
    assert keyboard.reaches("validated_on") == 2, "the link leads past the columns, to the address that was captured and the date"
    keyboard.reaches("warned")
    keyboard.page.keyboard.press("Space")
    keyboard.reaches("Aprobar y sellar el")
    keyboard.presses("Space")
    assert "Usted lo aprobó y selló" in keyboard.reads()
    keyboard.reaches("Publicar el")
    keyboard.presses("Enter")
    keyboard.reaches("Ver la página pública")
    keyboard.presses("Enter")
    assert "Escrita sin ratón." in keyboard.reads()


def test_what_is_folded_opens_with_space(keyboard: Keyboard) -> None:
    keyboard.page.goto(keyboard.site.url("/"))
    keyboard.reaches("Líneas de acción 1.1")
    keyboard.page.keyboard.press("Space")
    keyboard.page.keyboard.press("Tab")
    assert "/linea/1.1" in keyboard.page.evaluate("document.activeElement.href")
