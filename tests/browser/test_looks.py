"""What looks at the pages finds a fault where there is one, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import looks

pytestmark = pytest.mark.browser
SOUND = """<!doctype html><html lang="es-MX"><head><title>Página sana</title><style>
  :focus-visible {{ outline: 3px solid #000 }} .button {{ border: 1px solid #000; padding: 1rem }} {style}</style></head>
  <body><main id="contenido"><h1>Título</h1><p><a href="#contenido">Un enlace</a></p><button class="button">Un botón</button>
  {body}</main></body></html>"""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


def show(tab: Page, body: str = "", style: str = "") -> None:
    tab.set_content(SOUND.format(body=body, style=style))


@pytest.mark.parametrize(
    "look", [looks.frame, looks.scripts, looks.overflow, looks.focus, looks.forced_colours, looks.accessibility]
)
def test_a_sound_page_has_no_fault(tab: Page, look: Callable[[Page], list[str]]) -> None:
    show(tab)
    assert look(tab) == []


@pytest.mark.parametrize(
    ("look", "body", "style", "words"),
    [
        (looks.frame, "<h1>Otro</h1>", "", "2 h1"),
        (looks.frame, "<p id='contenido'>", "", "ids twice"),
        (looks.frame, "<a href='#falta'>a</a>", "", "no place #falta"),
        (looks.frame, "<p hidden class=f>Falló</p>", ".f { display: flex }", "hidden and drawn: <p"),
        (looks.scripts, "<script>1</script>", "", "<script>"),
        (lambda tab: looks.scripts(tab, but="/uno[.]js$"), "<script src='/otro.js' defer></script>", "", "otro.js"),
        (lambda tab: looks.scripts(tab, but="/uno[.]js$"), "<script src='/uno.js' defer>1</script>", "", "uno.js"),
        (looks.scripts, "<script src='/uno.js' defer></script>", "", "uno.js"),
        (looks.scripts, "<p onclick='1'>a</p>", "", "onclick"),
        (looks.scripts, "<a href='javascript:1'>a</a>", "", "javascript:"),
        (looks.overflow, f"<p id=ancho>{'a' * 200}</p>", "", "ancho"),
        (looks.focus, "", ".button:focus-visible { outline: none }", "focus not seen: <button"),
        (looks.focus, "", "a { position: absolute; left: -900px }", "out of the page: <a"),
        (looks.forced_colours, "", ".button { border: 0; background: green }", "no edge in forced colours: <button"),
        (looks.accessibility, "<input>", "", "axe label"),
        (looks.accessibility, "<p style='color: #aaa'>Pálido</p>", "", "axe color-contrast"),
        (
            looks.accessibility,
            "<a href='#a' class=t>1</a><a href='#b' class=t>2</a>",
            ".t { font-size: 9px; float: left }",
            "axe target-size",
        ),
    ],
)
def test_a_planted_fault_is_found(tab: Page, look: Callable[[Page], list[str]], body: str, style: str, words: str) -> None:
    show(tab, body, style)
    assert [fault for fault in look(tab) if words in fault]
