"""How pages are written: the Jinja2 environment, its filters, and what every page knows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from calpulli_core.budget import pesos_words
from calpulli_core.calendars.periods import Period

from .charts import number_words
from .registries.answerers import answerer_named
from .registries.facts import chain_words, fact_about, fact_words
from .registries.meanings import meaning_of

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LITTLE_IN_COMMON = 0.4
MOST_PIECES = 800  # words and spaces: comparing costs up to the cube of them
Opcode = tuple[str, int, int, int, int]
MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def environment(**options: Any) -> Environment:
    """The environment of all pages: escaped by default, and an unknown name is an error, not an empty string."""
    made = Environment(**options | {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701 - autoescape is on
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals.update(url=url, static=static, meaning_of=meaning_of, answerer_named=answerer_named, page_language=page_language)
    made.globals.update(verifier_url=verifier_url, chain_words=chain_words, fact_words=fact_words, fact_about=fact_about)
    made.filters.update(
        date_short=date_short,
        date_long=date_long,
        spanish=spanish,
        here=here,
        mark_words=mark_words,
        instant=instant,
        hash_groups=hash_groups,
        word_changes=word_changes,
        number=number_words,
        pesos=pesos_words,
        period_words=period_words,
    )
    return made


def here(address: str) -> str:
    """An address that was kept for everyone, in the language of the page."""
    return get_script_prefix().rstrip("/") + address


def page_language() -> str:
    """The language of the page, as the attribute `lang` wants it."""
    return "es-MX" if get_language() == "es-mx" else "en"


def url(name: str, **kwargs: object) -> str:
    """The address of the view `name`."""
    told = tuple((key, str(value)) for key, value in kwargs.items())
    return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, told)


@lru_cache(maxsize=4096)
def _address(_urlconf: str, _prefix: str, name: str, told: tuple[tuple[str, str], ...]) -> str:
    """A page has a hundred links, and the address of a view is the same while the site runs: by table of addresses and prefix."""
    return reverse(name, kwargs=dict(told) or None)


def verifier_url(files: Mapping[str, str], back: str, **more: object) -> str:
    """The verifier, with what it needs to tell one of these files (name -> SHA-256) from any other, and the way back.

    `back` is the path of the page that carries the link: from another, the verifier takes it for anyone's.
    `more`: `edicion`, and `hecho` or `paquete`, the path of what holds the hashes; with `paquete` its own hash, `manifiesto`.
    All goes after the `#`, which no browser sends; verifier/src/visit.js says what it takes.
    """
    told: list[tuple[str, object]] = []
    for name, digest in files.items():
        told += [("archivo", name), ("huella", digest)]
    told += [("vuelta", back), *more.items()]
    return f"{url('verifier')}#{urlencode(told, safe='/')}"


def spanish(text: object) -> Markup:
    """What is said in Spanish whatever the page's language (a programme, a norm, a name), marked so for who listens to it."""
    said = escape(text)
    return said if get_language() == "es-mx" else Markup('<span lang="es">{}</span>').format(said)


def mark_words(text: str) -> str:
    """A quiet mark in the language of the page: those that the core writes are known, any other comes translated already."""
    known = {
        "sin dato en la fuente": gettext("sin dato en la fuente"),
        "no reportado": gettext("no reportado"),
        "fuente por confirmar": gettext("fuente por confirmar"),
        "sin datos": gettext("sin datos"),
        "nadie registrado en este sitio": gettext("nadie registrado en este sitio"),
        "sin evidencia": gettext("sin evidencia"),
        "sin edición publicada": gettext("sin edición publicada"),
        "sin licencia declarada": gettext("sin licencia declarada"),
        "sin área registrada": gettext("sin área registrada"),
    }
    return known.get(text, text)


def date_short(value: dt.date | None) -> str:
    """15/05/2023; empty for None."""
    return value.strftime("%d/%m/%Y") if value else ""


def date_long(value: dt.date | None) -> str:
    """15 de mayo de 2023, or 15 May 2023 in English; empty for None."""
    if value and get_language() == "en":
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day} de {MONTHS[value.month - 1]} de {value.year}" if value else ""


def instant(value: dt.datetime | None) -> str:
    """15/05/2023, 14:03 h, in the institute's time zone; empty for None."""
    return timezone.localtime(value).strftime("%d/%m/%Y, %H:%M h") if value else ""


def period_words(code: str) -> str:
    """`tercer trimestre de 2026` for `2026-Q3`; the code itself if it is none."""
    try:
        return period_label(Period.parse(code))
    except ValueError:
        return code


def period_label(period: Period) -> str:
    """`primer trimestre de 2026` or `año 2026`, in the language of the page."""
    if period.quarter is None:
        return gettext("año %(year)s") % {"year": period.year}
    names = (gettext("primer trimestre"), gettext("segundo trimestre"), gettext("tercer trimestre"), gettext("cuarto trimestre"))
    return gettext("%(quarter)s de %(year)s") % {"quarter": names[period.quarter - 1], "year": period.year}


def hash_groups(value: str) -> str:
    """A hash in groups of four, to be read aloud or compared with paper."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Pieces (kind, text) of two texts: kinds `same` and `gone` make up `before`, `same` and `new` make up `after`.

    Texts with little in common come as two whole pieces: a mosaic of chance words would not help to read them.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) > MOST_PIECES:
        return _pieces(("gone", before), ("new", after)) if before != after else [("same", before)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LITTLE_IN_COMMON:
        return _pieces(("gone", before), ("new", after))
    found: list[tuple[str, str]] = []
    for changed, run in groupby(matcher.get_opcodes(), key=lambda code: _is_change(code[0], old[code[1] : code[2]])):
        (_, i, _, k, _), (_, _, j, _, m) = _ends(list(run))
        gone, arrived = "".join(old[i:j]), "".join(new[k:m])
        found += _pieces(("gone", gone), ("new", arrived)) if changed else [("same", gone)]
    return found


def _is_change(tag: str, words: list[str]) -> bool:
    """A space between two changed words counts as changed, so that a changed phrase is one piece."""
    return tag != "equal" or not "".join(words).strip()


def _ends(run: list[Opcode]) -> tuple[Opcode, Opcode]:
    return run[0], run[-1]


def _pieces(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in pairs if text]


def account_context(request: HttpRequest) -> dict[str, Any]:
    """The account of the request, or None, for the layout."""
    user = getattr(request, "user", None)
    return {"account": user if user is not None and user.is_authenticated else None}
