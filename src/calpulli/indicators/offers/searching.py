"""Indicators, to be searched by their names, definitions and formulas in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Searchable
from calpulli_core.indicators.moments import Grain

from ..queries.board import now_of
from ..queries.sheets import sheets_in_force
from ..queries.values import last_ended, values_of
from ..queries.words import standing_words


def _documents() -> Iterator[Document]:
    for key, sheet in sheets_in_force().items():
        row = sheet.row
        body = " ".join((row.definition, row.formula_words, row.get_dimension_display(), row.get_mark_display(), row.source))
        of = row.line.removeprefix("linea-")
        place = _("Línea %(number)s") % {"number": of} if of else _("Objetivo %(number)s") % {"number": row.objective}
        yield Document(key, _("Indicador"), row.name, reverse("indicator", args=[key]), body=body, context=place)


def _answer(key: str) -> tuple[AnswerFact, ...]:
    """Its last number, or why there is none."""
    sheet = sheets_in_force().get(key)
    if sheet is None:
        return ()
    moment = now_of(sheet, last_ended(Grain.QUARTER))
    shown = values_of([key], [moment])[key, moment]
    url = reverse("indicator_value", args=[key, str(moment)])
    unit = f" {shown.unit_words}" if shown.unit_words else ""
    value = _("sin datos: %(why)s") % {"why": shown.why} if shown.value is None else f"{shown.words}{unit}"
    return (
        AnswerFact(shown.period_words.capitalize(), value, url),
        AnswerFact(_("Meta"), shown.target_words or _("sin meta")),
        AnswerFact(_("Cómo está"), standing_words(shown.standing)),
    )


SEARCHABLES.add("indicators.indicator", Searchable("indicators.indicator", gettext_lazy("Indicadores"), _documents, _answer))
