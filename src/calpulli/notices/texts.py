"""The words of a mail: its template, and what may not be in a line of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from jinja2 import Environment, FileSystemLoader

from calpulli.commons import institutes, page_parts
from calpulli.commons.registries.messages import MessageKind

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Text:
    """What is sent: one line, and the lines below."""

    subject: str
    body: str


@cache
def environment() -> Environment:
    """As for pages, without escaping: what is written is plain text and no program reads it as markup."""
    made = page_parts.environment(loader=FileSystemLoader(settings.TEMPLATE_FOLDERS))
    made.autoescape = False
    made.globals.update(address=address, whole=whole)
    return made


def address(name: str, **kwargs: object) -> str:
    """The whole address of the view `name`, since a mail is read elsewhere."""
    return whole(page_parts.url(name, **kwargs))


def whole(path: str) -> str:
    """A path of the site with where the site is."""
    return settings.SITE_ADDRESS + path


def write(kind: MessageKind, context: Mapping[str, Any]) -> Text:
    """Fills the template. The subject is written apart, so that no value of the context can begin a second line in it."""
    first, _, rest = _source(kind.template).partition("\n")
    known = dict(context) | {"institute": institutes.current()}
    return Text(subject=one_line(_fill(first, known)), body=plain(_fill(rest, known)).strip() + "\n")


def _source(template: str) -> str:
    for folder in settings.TEMPLATE_FOLDERS:
        file = folder / template
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise LookupError(f"no template is called {template}")


def _fill(source: str, context: Mapping[str, Any]) -> str:
    return environment().from_string(source).render(context)


def one_line(text: str) -> str:
    """A text as a header can carry it: no breaks, no controls, not endless."""
    line = " ".join(plain(text).split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def plain(text: str) -> str:
    """Without controls, nor marks that turn the direction of writing; breaks of line as one kind."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in whole if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
