"""Every page in every state: accessible, fits a small phone, light, and the same without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser import looks
from tests.browser.sites import Site
from tests.browser.states import NOWHERE, State, Visit, Visitor, load

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
STATES = load()
PAGES = [state for state in STATES if not state.file]
# The verifier is made of a script. A passkey is asked of the device by one, and by nothing else: without scripts these two
# pages tell another way in instead, so that they are not the same (docs/decisions/0013; test_passkeys.py looks at both).
WITH_SCRIPTS = {"verifier", "passkey_sign_in", "new_passkey"}
HEAVIEST_B = 80_000
# Pages with a field of prose, and the one script that adds to them (docs/decisions/0015); test_hints.py tries it.
WRITING = ("edition", "seal", "withdraw", "send_back", "open_erratum", "open_period", "text_hints")
HINTS = r"/commons/pistas(\.[0-9a-f]{12})?\.js$"
# The page of a report, and the one script that saves it while one writes (docs/decisions/0024); test_keeping.py tries it.
KEEPING = {"annual_report": r"/commons/guardar(\.[0-9a-f]{12})?\.js$"}
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
KIND = re.compile(r"(success|empty|error|long)(-[a-z-]+)?")


@pytest.fixture(scope="module")
def visitor(chromium: Browser, busy: Site, empty: Site) -> Iterator[Visitor]:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return Visitor(chromium, {"busy": busy, "empty": empty})


def routes() -> set[str]:
    from django.urls import get_resolver

    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_every_address_has_its_states() -> None:
    told = {state.route for state in STATES} - {NOWHERE}
    assert routes() - told == set(), "write their states in states.toml"
    assert told - routes() == set(), "no such address any more"
    assert {str(state) for state in STATES if not KIND.fullmatch(state.name)} == set()
    assert len({str(state) for state in STATES}) == len(STATES)
    assert {route for route in told if not any(s.route == route and s.name.startswith("success") for s in STATES)} == set()


@pytest.mark.parametrize("state", PAGES, ids=str)
def test_a_page_is_sound(visitor: Visitor, state: State) -> None:
    context = visitor.context(state, viewport=PHONE)
    visit = visitor.visit(state, context)
    visit.page.evaluate("document.fonts.ready.then(() => 1)")
    faults = [*came_to(state, visit), *weight(state, visit), *looks.frame(visit.page)]
    if state.route not in WITH_SCRIPTS:
        faults += looks.scripts(visit.page, but=HINTS if state.route in WRITING else KEEPING.get(state.route, ""))
    for width in (PHONE, DESK):
        visit.page.set_viewport_size(width)
        faults += [f"{width['width']} px: {fault}" for fault in seen(visit, state, width["width"])]
    faults += looks.forced_colours(visit.page)
    faults += [f"console: {told}" for told in complaints(visit)]
    context.close()
    assert not faults, "\n".join(faults)


def came_to(state: State, visit: Visit) -> list[str]:
    text = visit.page.inner_text("body")
    wrong = [] if visit.answer.status == state.status else [f"answered {visit.answer.status}"]
    return wrong + ([] if state.shows.lower() in text.lower() else [f"does not show «{state.shows}»: {text[:300]}"])


def weight(state: State, visit: Visit) -> list[str]:
    """Of a first view: what came before any step was taken is the page itself."""
    total = sum(visit.transferred)
    return [f"{total:.0f} bytes"] if not state.steps and not 0 < total <= HEAVIEST_B else []


def seen(visit: Visit, state: State, width: int) -> list[str]:
    visit.page.screenshot(path=SHOTS / f"{state}-{width}.png", full_page=True)
    return [*looks.overflow(visit.page), *looks.focus(visit.page), *looks.accessibility(visit.page)]


def complaints(visit: Visit) -> list[str]:
    """All but that the page itself was answered with an error, which is what an error's state is."""
    return [told for told in visit.complaints if not (visit.answer.status >= 400 and f"status of {visit.answer.status}" in told)]


@pytest.mark.parametrize("state", [state for state in PAGES if not state.steps and state.route not in WITH_SCRIPTS], ids=str)
def test_without_scripts_it_is_the_same(visitor: Visitor, state: State) -> None:
    pictures = []
    for scripts in (True, False):
        context = visitor.context(state, viewport=PHONE, java_script_enabled=scripts)
        pictures.append(visitor.visit(state, context).page.screenshot())
        context.close()
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("state", [state for state in STATES if state.file], ids=str)
def test_a_download_is_one(visitor: Visitor, state: State) -> None:
    context = visitor.context(state)
    answer = context.request.get(visitor.sites[state.site].url(state.address))
    assert (answer.status, answer.headers["content-type"]) == (state.status, state.file)
    assert answer.body()
    if not state.file.endswith(("json", "utf-8", "svg+xml")):
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
    context.close()


def test_titles_tell_pages_apart(visitor: Visitor) -> None:
    """Two addresses share a title only where they show the same page, as a record and its newest edition do."""
    mains: dict[str, dict[str, str]] = {}
    for state in PAGES:
        if state.steps or state.status != 200 or state.site == "empty" or state.name == "success-sent-here":
            continue
        context = visitor.context(state)
        answer = context.request.get(visitor.sites[state.site].url(state.address))
        title, main = (re.search(f"<{tag}.*?</{tag}>", answer.text(), re.S)[0] for tag in ("title", "main"))
        # By the address that answered: one that asks who it is shows the page for signing in.
        # What differs by the request alone: the form's token, and the way back that a link to the verifier carries.
        # A private address is the same page for each who has one.
        path = re.sub(r"^(/avisos/\w+)/.+$", r"\1/…", urlsplit(answer.url).path)
        mains.setdefault(title, {})[path] = re.sub(r'name="csrf.*?>|vuelta=[^"&]*', "", main)
        context.close()
    shared = [f"{title}: {sorted(found)}" for title, found in mains.items() if len(set(found.values())) > 1]
    assert not shared, "\n".join(shared)
