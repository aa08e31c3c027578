"""The money of each activity, to be searched; simulations are not."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import clock
from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable
from calpulli_core.budget import pesos_words

from .. import queries
from ..queries.words import MOMENTS, reason_words


def _documents() -> Iterator[Document]:
    years = queries.years()
    running = max((year for year in years if year <= clock.today().year), default=None)
    for year in years:
        programme = queries.published(year)
        precedence = Precedence.IN_FORCE if running in (year, None) else Precedence.EARLIER
        with_money = {one.activity for one in queries.purses(year)}
        for key, one in (programme.activities if programme else {}).items():
            if key in with_money:
                url = reverse("budget_activity", args=[year, key])
                name, context = (
                    _("Presupuesto de la actividad %(key)s") % {"key": key},
                    _("Presupuesto %(year)s") % {"year": year},
                )
                yield Document(f"{year}/{key}", name, one.name, url, context=context, precedence=precedence)


def _answer(key: str) -> tuple[AnswerFact, ...]:
    year, _slash, activity = key.partition("/")
    if not year.isdigit():
        return ()
    found = [one for one in queries.purses(int(year)) if one.activity == activity]
    balance = queries.total(found)
    return tuple(
        AnswerFact(str(MOMENTS[name]), pesos_words(balance.at(name))) for name in ("modified", "accrued", "paid") if found
    )


def _changes() -> Iterator[Document]:
    """Adecuaciones and changes of the approved budget, those that were approved."""
    for year in queries.years():
        for one in queries.decided(year):
            if one.is_approved:
                words = _("Adecuación %(document)s") if one.is_adecuacion else _("Cambio de lo aprobado %(document)s")
                name, context = words % {"document": one.document}, _("Presupuesto %(year)s") % {"year": year}
                url = reverse("budget_change", args=[year, one.key])
                yield Document(f"{year}/{one.key}", name, reason_words(one.reason), url, context=context)


def _change(key: str) -> tuple[AnswerFact, ...]:
    year, _slash, number = key.partition("/")
    found = queries.find_decided(int(year), int(number)) if year.isdigit() and number.isdigit() else None
    if found is None:
        return ()
    moved = found.increased if found.is_adecuacion else found.increased + found.reduced
    return (AnswerFact(_("Cambió de lugar") if found.is_adecuacion else _("Cambió lo aprobado"), pesos_words(moved)),)


SEARCHABLES.add("budget.adecuacion", Searchable("budget.adecuacion", gettext_lazy("Adecuaciones"), _changes, _change))
SEARCHABLES.add("budget.activity", Searchable("budget.activity", gettext_lazy("Presupuesto"), _documents, _answer))
