"""Room: pages fold at twice the size of a phone, the head leaves them the screen, columns leave it to each other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import looks
from tests.browser.sites import Site
from tests.browser.states import State, Visitor, load

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HALF, PHONE, DESK = {"width": 195, "height": 320}, {"width": 320, "height": 640}, {"width": 1280, "height": 800}
TALLEST_HEAD_PX = 280
FOLDED = [
    "/",
    "/en/",
    "/programas",
    "/programas/demo-2026",
    "/programas/demo-2026/foda",
    "/programas/demo-2026/linea/1.1",
    "/registros",
    "/registros/iecm-2023/2023-Q1",
    "/datos",
    "/datos/registros",
    "/libro",
    "/libro/planning/1",
    "/verificar",
    "/organigrama",
    "/buscar?q=participacion",
    "/por-confirmar",
    "/entrar",
]


@pytest.fixture(scope="module")
def visitor(chromium: Browser, busy: Site) -> Visitor:
    return Visitor(chromium, {"busy": busy})


def state(name: str) -> State:
    [found] = [one for one in load() if str(one) == name]
    return found


@pytest.mark.parametrize("address", FOLDED)
def test_a_page_at_twice_its_size_folds(chromium: Browser, busy: Site, address: str) -> None:
    context = chromium.new_context(viewport=HALF)
    page = context.new_page()
    answer = page.goto(busy.url(address))
    assert answer is not None
    assert answer.ok
    faults = looks.overflow(page)
    context.close()
    assert not faults, "\n".join(faults)


def test_the_head_leaves_the_screen_to_whoever_signed_in(visitor: Visitor) -> None:
    desk = state("desk--success-author")
    context = visitor.context(desk, viewport=PHONE)
    page = visitor.visit(desk, context).page
    assert page.locator(".site-nav a").count() == 7
    assert page.locator(".site-header").bounding_box()["height"] <= TALLEST_HEAD_PX  # type: ignore[index]
    context.close()


def test_a_word_without_end_leaves_room_for_the_columns_after_it(visitor: Visitor) -> None:
    hostile = state("import_record--error-hostile")
    context = visitor.context(hostile, viewport=DESK)
    remedy = visitor.visit(hostile, context).page.get_by_role("columnheader", name="Qué hacer").bounding_box()
    context.close()
    assert remedy is not None
    assert remedy["x"] + remedy["width"] <= DESK["width"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_missing_tick_is_told_beside_its_form_and_leads_to_it(visitor: Visitor, scripts: bool) -> None:
    unseen = state("seal--error-unseen")
    context = visitor.context(unseen, viewport=PHONE, java_script_enabled=scripts)
    page = visitor.visit(unseen, context).page
    told = page.locator("#decision .error-summary")
    assert page.locator(".error-summary").count() == 1
    box = told.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE["height"], "the page opens where the error is"
    told.locator("a").click()
    tick = page.locator("#id_warned")
    place = tick.bounding_box()
    assert page.url.endswith("#id_warned")
    assert place is not None
    assert 0 <= place["y"] < PHONE["height"]
    context.close()
