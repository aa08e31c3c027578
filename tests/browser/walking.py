"""A person at the site, by what the person sees: words on buttons and links. Counts what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.sites import Site


@dataclass
class Person:
    """Someone with a tab of one's own; `clicks` and `typed` since the last `start`."""

    page: Page
    site: Site
    clicks: int = 0
    typed: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Counts from here."""
        self.clicks, self.typed = 0, []

    def goes(self, address: str) -> None:
        """Writes an address of the site."""
        self.page.goto(self.site.url(address))

    def signs_in(self, account: str) -> None:
        self.goes("/entrar")
        self.types("username", account)
        self.types("password", self.site.passwords[account])
        self.presses("Entrar", within="main")
        if self.page.url.endswith("/entrar/codigo"):
            self.types("code", self.site.code(account))
            self.presses("Entrar", within="main")

    def types(self, field_name: str, text: str) -> None:
        self.page.fill(f"#id_{field_name}", text)
        self.typed.append(field_name)

    def presses(self, label: str, *, within: str = "body") -> None:
        """The one button of that name, or, of a label that ends in "…", the one that begins so."""
        name = re.compile(f"^{re.escape(label[:-1])}") if label.endswith("…") else label
        self._click(self.page.locator(within).get_by_role("button", name=name, exact=True))

    def follows(self, label: str, *, within: str = "main") -> None:
        """The first link of that name."""
        self._click(self.page.locator(within).get_by_role("link", name=label).first)

    def touches(self, place: str) -> None:
        """What the person knows by where it is, and not by its words alone: the first there."""
        self._click(self.page.locator(place).first)

    def chooses(self, place: str, content: bytes) -> None:
        """A file that she has, in the field at that place."""
        self.page.set_input_files(place, {"name": "paquete.zip", "mimeType": "application/zip", "buffer": content})
        self.clicks += 1

    def unfolds(self, label: str) -> None:
        self._click(self.page.locator("summary", has_text=label))

    def reads(self, within: str = "main") -> str:
        return self.page.inner_text(within)

    def column(self, number: int) -> str:
        """What a column of the record says on the page."""
        return self.page.inner_text(f"#columna-{number} dd").strip()

    def keeps(self, label: str, *, within: str = "main") -> bytes:
        """The file that a link of that name brings."""
        with self.page.expect_download() as coming:
            self.follows(label, within=within)
        return coming.value.path().read_bytes()

    def _click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
