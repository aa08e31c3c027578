"""What a page says of a value that was sealed: the number, its bundle, and why today's is another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.page_parts import period_words
from calpulli_core.indicators.moments import Moment

from ..queries.sealed import SealedValue, sealed_of, sealed_value
from ..queries.sheets import SheetView
from ..queries.values import Shown
from ..queries.words import cause_words, exact_words, value_words


@dataclass(frozen=True)
class SealedWords:
    """A sealed value in words. `why`: what changed since, where today's is another."""

    value: str
    period: str
    number: int
    url: str
    differs: bool
    is_readable: bool
    why: tuple[str, ...]


def sealed_words(shown: Shown) -> SealedWords | None:
    """What the published edition says of what is shown; None where none tells it."""
    found = sealed_value(shown.result)
    return _words(found, shown.sheet, tuple(_why(found, shown)) if found.differs else ()) if found else None


def sealed_before(sheet: SheetView, moment: Moment) -> SealedWords | None:
    """What the published edition says of an indicator that is computed no more."""
    found = sealed_of(sheet, moment)
    return _words(found, sheet, ()) if found else None


def _words(found: SealedValue, sheet: SheetView, why: tuple[str, ...]) -> SealedWords:
    edition = found.edition
    place = {"plan_key": edition.plan_key, "code": str(edition.period), "number": edition.number}
    url, period = reverse("published_edition", kwargs=place), period_words(str(edition.period))
    return SealedWords(_value(found, sheet), period, edition.number, url, found.differs, found.is_readable, why)


def _value(found: SealedValue, sheet: SheetView) -> str:
    if not found.is_readable:
        return _("no se puede leer aquí")
    if found.number is None:
        return _("sin datos")
    return value_words(found.number, percentage=sheet.is_percentage)


def _why(found: SealedValue, shown: Shown) -> Iterator[str]:
    if found.version != shown.sheet.version:
        told = {"then": found.version, "now": shown.sheet.version}
        yield _("Se selló con la versión %(then)s de la ficha, y hoy rige la %(now)s.") % told
    if found.changed is None:
        yield _("El archivo sellado con lo que entró falta o está dañado en este sitio: no se puede decir qué cambió.")
    for name, then, now in found.changed or ():
        yield _("«%(name)s» era %(then)s y hoy es %(now)s.") % {"name": name, "then": _cell(then), "now": _cell(now)}
    if found.version == shown.sheet.version and found.changed == ():
        yield _("Cambió algo de lo que otro indicador le da.")


def _cell(text: str) -> str:
    return exact_words(Fraction(text)) if text else cause_words("no-data")
