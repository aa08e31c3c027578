"""What every page has to hold, each as a function that names the faults that it finds; none is good."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import AXE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])"

FRAME = r"""() => {
  const faults = [], count = (what) => document.querySelectorAll(what).length;
  if (count("h1") !== 1) faults.push(`${count("h1")} h1`);
  if (count("main") !== 1) faults.push(`${count("main")} main`);
  const language = /^\/en(\/|$)/.test(location.pathname) ? /^en$/ : /^es(-|$)/;
  if (!language.test(document.documentElement.lang)) faults.push("lang");
  if (document.title.trim().length < 5) faults.push("title");
  for (const element of document.querySelectorAll("[hidden]"))
    if (element.checkVisibility()) faults.push(`hidden and drawn: ${element.outerHTML.slice(0, 100)}`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  if (twice.length) faults.push(`ids twice: ${twice}`);
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.hash.slice(1))) faults.push(`no place ${link.hash}`);
  return faults;
}"""

# What would make a page differ where scripts do not run.
SCRIPTS = """(but) => {
  const known = (element) => but && element.matches("script[src]") && new RegExp(but).test(element.getAttribute("src"))
    && element.getAttributeNames().sort().join() === "defer,src" && !element.textContent;
  return [...document.querySelectorAll("script, noscript, [style]"),
    ...[...document.querySelectorAll("*")].filter((element) => [...element.attributes].some((one) => one.name.startsWith("on"))),
    ...document.querySelectorAll("a[href^='javascript:']")]
    .filter((element) => !known(element)).map((element) => element.outerHTML.slice(0, 100));
}"""

# A part that scrolls within itself may be wider than the screen; the page may not.
# Judged in the site's own letters: until they arrive, those of the machine stand for them, and are as wide as they are.
OVERFLOW = """async () => {
  await document.fonts.ready;
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 1);
  return [`the page, ${scrollWidth} px`, ...wide.map((element) => element.outerHTML.slice(0, 120))];
}"""

FOCUS = """async (focusable) => {
  const faults = [];
  const drawn = (element) => { const s = getComputedStyle(element);
    return [s.outlineStyle === "none" ? "" : s.outlineWidth + s.outlineColor, s.boxShadow].join(); };
  for (const element of document.querySelectorAll(focusable)) {
    if (!element.checkVisibility() || element.disabled) continue;
    document.activeElement.blur();
    const before = drawn(element);
    element.focus();
    const box = element.getBoundingClientRect(), told = element.outerHTML.slice(0, 100);
    if (document.activeElement !== element) faults.push(`takes no focus: ${told}`);
    else if (drawn(element) === before) faults.push(`focus not seen: ${told}`);
    else if (box.width < 1 || box.left < 0 || box.right > innerWidth + 1) faults.push(`out of the page: ${told}`);
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  return faults;
}"""

# Grounds vanish in forced colours: what is told by a ground alone needs a border too, and icons the text's colour.
FORCED = """() => [...document.querySelectorAll(".button, .input, .tag, .warning, .notification, .error-summary, .number")]
  .filter((element) => element.checkVisibility() && !element.closest(".hidden-text")).filter((element) => {
    const style = getComputedStyle(element);
    return !["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0
      && style[`border${side}Style`] !== "none");
  }).map((element) => element.outerHTML.slice(0, 100))"""


def frame(page: Page) -> list[str]:
    return list(page.evaluate(FRAME))


def scripts(page: Page, *, but: str = "") -> list[str]:
    """What runs in the page, but for scripts of the site at that address (a regular expression), which add to it."""
    return [f"needs a script: {told}" for told in page.evaluate(SCRIPTS, but)]


def overflow(page: Page) -> list[str]:
    return [f"wider than the screen: {told}" for told in page.evaluate(OVERFLOW)]


def focus(page: Page) -> list[str]:
    """As with the keyboard: the first Tab makes the browser draw what it draws for a keyboard."""
    page.keyboard.press("Tab")
    return list(page.evaluate(FOCUS, FOCUSABLE))


def forced_colours(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active")
    found = [f"no edge in forced colours: {told}" for told in page.evaluate(FORCED)]
    page.emulate_media(forced_colors="none")
    return found


def accessibility(page: Page) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("options => axe.run(document, {...options, resultTypes: ['violations', 'passes']})", options)
    assert len(found["passes"]) > 5, "axe looked at nothing"
    return [f"axe {fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]]
