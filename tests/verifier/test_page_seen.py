"""The page as it is seen and worked: on a phone, by keyboard, in other colours, on paper, without scripts, under a policy."""

from __future__ import annotations

from typing import Any

import pytest
from engine import PAGE, builder
from page_driver import (
    SOUND,
    accessibility_faults,
    altered,
    fits,
    give,
    noise,
    opened,
    with_markup,
)

from tests.core.verify.cases import K1, pack, row

pytestmark = pytest.mark.browser

STATES: dict[str, tuple[bytes, str]] = {
    "compared": (pack(row().second), SOUND),
    "good": (pack(row().erratum), SOUND),
    "altered": (pack(altered()), "Alterado"),
    "unreadable": (pack(row().first)[:-1], "No se pudo leer lo que eligió"),
    "loose": (b"hola", "Esta es la huella de su archivo"),
    "many-faults": (pack(noise()), "Alterado"),
    "hostile-text": (pack(with_markup()), SOUND),
}


@pytest.mark.parametrize("state", [None, *STATES])
def test_every_state_is_accessible_and_fits(tab: Any, state: str | None) -> None:
    if state:
        data, title = STATES[state]
        tab.fill("#key", K1 if state == "compared" else "")
        assert give(tab, data) == title
    assert accessibility_faults(tab) == []
    assert fits(tab)
    assert tab.title() == "Verificador"


def test_by_touch_nobody_is_asked_to_drop(chromium: Any) -> None:
    for tab in opened(chromium, viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True):
        told = tab.inner_text("#zone")
        assert "Suéltelo" not in told
        assert "soltarlo" not in told
        assert "Elija lo que bajó" in told


def test_by_keyboard_every_control_is_reached_and_seen(wide: Any) -> None:
    give(wide, pack(row().first))
    controls = ["file", "folder", "Opcional: compruebe también quién lo firmó", "key", "older", "Contrastar", "print"]
    reached = []
    for _ in range(20):
        wide.keyboard.press("Tab")
        reached.append(wide.evaluate("document.activeElement.id || document.activeElement.textContent"))
        if reached[-1] in controls:
            assert wide.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") == 3
    first = reached.index("file")
    assert reached[first : first + len(controls)] == controls


def test_without_javascript_it_says_what_to_do(chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(PAGE.as_uri())
    assert "python -m calpulli_core.verify" in tab.inner_text("main")
    assert not tab.locator("#tool").is_visible()
    context.close()


@pytest.mark.parametrize("how", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}], ids=["forced-colours", "still"])
def test_other_ways_of_seeing(chromium: Any, how: dict[str, str]) -> None:
    for tab in opened(chromium, viewport={"width": 320, "height": 800}, **how):
        assert give(tab, pack(altered())) == "Alterado"
        assert tab.evaluate("getComputedStyle(document.querySelector('.verdict')).borderTopStyle") in ("solid", "none")
        assert fits(tab)


def test_on_paper_the_tool_is_left_out(wide: Any) -> None:
    give(wide, pack(row().first))
    wide.emulate_media(media="print")
    assert not wide.locator("#zone").is_visible()
    assert not wide.locator("#compare").is_visible()
    assert wide.locator("#verdict h2").is_visible()
    assert wide.locator("#record-list").is_visible()


def test_it_runs_under_a_policy_from_its_hashes(chromium: Any) -> None:
    """As a site serves it: the policy in a header, from `csp_hashes`, and nothing looser."""
    html = PAGE.read_text("utf-8")
    policy = "default-src 'none'; img-src data:; font-src data:; " + "; ".join(
        " ".join(item) for item in builder().csp_hashes(html).items()
    )
    context = chromium.new_context()
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    served = {"body": html, "content_type": "text/html", "headers": {"Content-Security-Policy": policy}}
    tab.route("**/*", lambda route: route.fulfill(**served))
    tab.goto("https://verificador.example/")
    assert give(tab, pack(row().first)) == SOUND
    assert tab.evaluate("getComputedStyle(document.querySelector('.verdict')).display") == "flex"
    context.close()
    assert told == []
