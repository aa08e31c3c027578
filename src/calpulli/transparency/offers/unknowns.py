"""What is not known of the data sets: grounds that nobody confirmed, terms and areas that nobody gave."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.datasets import DATASETS, Dataset
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource

from .. import queries


def _unknowns() -> Iterator[Unknown]:
    for one in DATASETS:
        if one.legal and not one.legal_confirmed:
            remedy = _("Que alguien coteje el fundamento con el texto de la ley y lo anote junto al conjunto.")
            yield _of(one, _("Fundamento: %(legal)s") % {"legal": one.legal}, Mark.UNCONFIRMED, remedy)
        if not queries.licence_of(one):
            remedy = _("Que el instituto diga con qué licencia da sus datos y se anote en los suyos.")
            yield _of(one, _("Licencia"), Mark.NO_LICENCE, remedy)
        if not queries.responsible_for(one):
            remedy = _("Que el instituto diga qué área responde por el conjunto y se anote en los suyos.")
            yield _of(one, _("Quién responde"), Mark.NO_AREA, remedy)


def _of(dataset: Dataset, what: str, mark: Mark, remedy: str) -> Unknown:
    url, place = reverse("dataset", kwargs={"key": dataset.key}), _("Datos: %(title)s") % {"title": dataset.title}
    return Unknown(what, mark, url, place, queries.responsible_for(dataset) or institutes.current().name, remedy)


UNKNOWNS.add("transparency.datasets", UnknownSource("transparency.datasets", _unknowns))
