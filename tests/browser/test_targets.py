"""What a thumb touches is large enough: the menu, the way to what a number means, and a row whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 320, "height": 640}
LEAST_PX = 44
SIZES = """query => [...document.querySelectorAll(query)].map(one => {
  const box = one.getBoundingClientRect();
  return [one.textContent.trim(), box.width, box.height];
})"""
# The link that a touch in the middle of an element opens.
TOUCHED = """element => {
  element.scrollIntoView({block: "center"});
  const box = element.getBoundingClientRect();
  const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest("a");
  return found && found.getAttribute("href");
}"""


@pytest.fixture
def phone(chromium: Browser, busy: Site) -> Page:
    page = chromium.new_context(viewport=PHONE, java_script_enabled=True).new_page()
    page.goto(busy.url("/programas/demo-2026"))
    return page


def test_the_menu_is_as_tall_as_a_thumb(phone: Page) -> None:
    found = phone.evaluate(SIZES, ".site-nav a")
    assert len(found) >= 6
    assert [told for told in found if told[2] < LEAST_PX] == []


def test_the_way_to_what_a_number_means_is_as_large_as_a_thumb(phone: Page) -> None:
    found = phone.evaluate(SIZES, ".meaning")
    assert len(found) >= 6
    assert [told for told in found if min(told[1:]) < LEAST_PX] == []


def test_the_number_of_a_line_opens_it(phone: Page) -> None:
    phone.locator("summary").first.click()
    badge = phone.locator(".line-row .number").first
    number = badge.inner_text()
    assert badge.evaluate(TOUCHED) == f"/programas/demo-2026/linea/{number}"
    assert phone.locator(".objective-head .number").first.evaluate(TOUCHED) == "/programas/demo-2026/objetivo/1"


def test_the_head_leaves_the_screen_to_the_page(phone: Page) -> None:
    """On the smallest phone, less than a third of a screen of 780."""
    assert phone.locator(".site-header").bounding_box()["height"] <= 240  # type: ignore[index]
