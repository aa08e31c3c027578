"""The states of every page as states.toml tells them, and how a browser comes to one."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response

from calpulli.commons import clock
from tests.browser.sites import DIRECT, Site
from tests.browser.uploads import FILES

FILE = Path(__file__).with_name("states.toml")
NOWHERE = "nowhere"
FIELDS = {"state", "host", "address", "shows", "as", "site", "status", "steps", "file"}


@dataclass(frozen=True)
class State:
    """One state of the page of a route."""

    route: str
    name: str
    address: str
    shows: str = ""
    account: str = ""
    site: str = "busy"
    status: int = 200
    steps: tuple[dict[str, str], ...] = ()
    file: str = ""
    host: str = "127.0.0.1"

    def __str__(self) -> str:
        return f"{self.route}--{self.name}"


def load() -> list[State]:
    """Every state, in the order of the file; ValueError for a word that it does not know."""
    return [_state(route, told) for route, entries in tomllib.loads(FILE.read_text("utf-8")).items() for told in entries]


def _state(route: str, told: dict[str, Any]) -> State:
    if unknown := set(told) - FIELDS:
        raise ValueError(f"{route}: {unknown}")
    more = {name: told[name] for name in ("shows", "site", "status", "file", "host") if name in told}
    steps = tuple(told.get("steps", ()))
    return State(route, told["state"], told["address"], account=told.get("as", ""), steps=steps, **more)


@dataclass
class Visit:
    """A tab that came to a state, and what the browser complained of on the way."""

    page: Page
    answer: Response
    complaints: list[str] = field(default_factory=list)
    transferred: list[float] = field(default_factory=list)


@dataclass
class Visitor:
    """Opens states; each account signs in once per site."""

    chromium: Browser
    sites: dict[str, Site]
    _sessions: dict[tuple[str, str], Any] = field(default_factory=dict)
    _record: bytes = b""

    def context(self, state: State, **how: Any) -> BrowserContext:
        """A context of one's own, with an empty cache, signed in as the state asks."""
        session = self._session(state) if state.account else None
        return self.chromium.new_context(storage_state=session, locale="es-MX", **how)

    def visit(self, state: State, context: BrowserContext) -> Visit:
        """Opens the address and takes the steps."""
        page = context.new_page()
        # Without one, a page that cannot be operated would hold the run for half a minute.
        page.set_default_timeout(10_000)
        visit = Visit(page, None)  # type: ignore[arg-type]  # filled below: the listeners come before the first answer
        page.on("console", lambda message: visit.complaints.append(message.text))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        _weigh(context, page, visit.transferred)
        page.on("response", lambda answer: self._note(visit, answer))
        page.goto(self.sites[state.site].url(state.address).replace("127.0.0.1", state.host))
        for step in state.steps:
            if words := step.get("await"):
                page.get_by_text(words).first.wait_for()
            else:
                self._take(step, visit, self.sites[state.site])
        page.wait_for_load_state("load")
        return visit

    def _note(self, visit: Visit, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.status not in (301, 302, 303):
            visit.answer = answer

    def _take(self, step: dict[str, str], visit: Visit, site: Site) -> None:  # noqa: C901 - a table of the words of a step
        page = visit.page
        match step:
            case {"fill": name, "with": text}:
                page.fill(f"#id_{name}", _said(text, site))
            case {"ask": text}:
                page.fill("#buscar", text)
                page.locator("header form[role=search] button").click()
            case {"tick": name}:
                page.check(f"#id_{name}")
            case {"press": label}:
                page.locator(f"main button:has-text('{label}'), header button:has-text('{label}')").first.click()
            case {"follow": label}:
                page.locator(f"main a:has-text('{label}')").first.click()
            case {"unfold": summary}:
                page.locator(f"summary:has-text('{summary}')").first.click()
            case {"pick": name, "option": value}:
                page.select_option(f"#id_{name}", value)
            case {"choose": name, "file": file}:
                content = FILES[file](self._source(site))
                page.set_input_files(f"#id_{name}", {"name": file, "mimeType": "application/octet-stream", "buffer": content})
            case {"alter": element, "to": value}:
                attribute = "action" if element.startswith("form") else "value"
                wanted = value.format(**site.editions)
                page.locator(element).first.evaluate("(e, [name, value]) => e.setAttribute(name, value)", [attribute, wanted])
            case {"forget": "cookies"}:
                page.context.clear_cookies()
            case _:
                raise ValueError(step)

    def _source(self, site: Site) -> bytes:
        """A record as the site itself gives it."""
        if not self._record:
            with DIRECT.open(site.url("/registros/iecm-2023/2023-Q1/registro.json"), timeout=30) as answer:
                self._record = answer.read()
        return self._record

    def _session(self, state: State) -> Any:
        key = (state.site, state.account)
        if key not in self._sessions:
            site = self.sites[state.site]
            context = self.chromium.new_context()
            sign_in(context.new_page(), site, state.account)
            self._sessions[key] = context.storage_state()
            context.close()
        return self._sessions[key]


def sign_in(page: Page, site: Site, account: str) -> None:
    """As a person does it; the page after it is whatever that account may see."""
    page.goto(site.url("/entrar"))
    page.fill("#id_username", account)
    page.fill("#id_password", site.passwords[account])
    page.click("main button")
    if page.url.endswith("/entrar/codigo"):
        page.fill("#id_code", site.code(account))
        page.click("main button")
    assert page.locator("header button:has-text('Salir')").count() == 1, page.inner_text("main")


def _said(text: str, site: Site) -> str:
    """{tomorrow}, {password[ACCOUNT]} and {code[ACCOUNT]}, in what a step types."""
    tomorrow = f"{clock.today() + dt.timedelta(days=1):%d/%m/%Y}"
    return text.format(tomorrow=tomorrow, password=site.passwords, code=_Codes(site))


@dataclass(frozen=True)
class _Codes:
    """A code is asked for when it is typed: it is good once, and for seconds."""

    site: Site

    def __getitem__(self, account: str) -> str:
        return self.site.code(account)


def _weigh(context: BrowserContext, page: Page, transferred: list[float]) -> None:
    """Notes the bytes of every answer as they came over the wire, headers included; what a page carries in itself is in it."""
    carried: set[str] = set()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on(
        "Network.requestWillBeSent",
        lambda told: carried.add(told["requestId"]) if told["request"]["url"].startswith("data:") else None,
    )
    wire.on(
        "Network.loadingFinished",
        lambda told: transferred.append(told["encodedDataLength"]) if told["requestId"] not in carried else None,
    )
