"""An English page marks what it says in Spanish (programme, norms, names) with `lang="es"`; the rest is English."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.site.test_access import EXPECTED, PUBLIC, evidence_document, kept_document, numbers

# Words of every Spanish sentence that no English one has.
SPANISH = re.compile(r"\b(el|los|las|del|que|para|una|por|según|esta|este|está|cada|más|sin|fue|hay|y)\b", re.I)
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
WORDLESS = {"style", "script", "code", "pre", "svg"}
# Written in the language of whoever checks; it has its own tests.
APART = {"verifier"}
PAGES = sorted(name for name, (_, expected) in EXPECTED.items() if expected[0] == PUBLIC[0] and name not in APART)


class Unmarked(HTMLParser):
    """Collects the texts that are read as English."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._languages = ["en"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            given = dict(attrs).get("lang") or self._languages[-1]
            self._languages.append("none" if tag in WORDLESS else given)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        if self._languages[-1] == "en" and data.strip():
            self.found.append(" ".join(data.split()))


def unmarked(page: str) -> list[str]:
    read = Unmarked()
    read.feed(page[page.index("<body") :])
    return [text for text in read.found if SPANISH.search(text)]


def test_what_stays_spanish_is_found() -> None:
    page = '<body><p>The term</p><p>El plazo del registro</p><p lang="es">El programa</p><pre>los datos</pre></body>'
    assert unmarked(page) == ["El plazo del registro"]


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_is_english(client: Client, db: None, name: str) -> None:
    answer = client.get("/en" + EXPECTED[name][0].format(kept=kept_document(), **numbers(), evidence=evidence_document()))
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        found = unmarked(answer.content.decode())
        assert not found, "\n".join(found)
