"""The data sets of the catalogue, to be searched by what they are about."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.answerers import answerer_named
from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable

from .. import queries


def _documents() -> Iterator[Document]:
    for one in DATASETS:
        body = "\n".join([str(one.description), *map(str, one.words)])
        url = reverse("dataset", kwargs={"key": one.key})
        yield Document(one.key, _("Conjunto de datos"), str(one.title), url, body, str(one.topic), Precedence.SURROUNDING)


def _about(key: str) -> Iterator[AnswerFact]:
    dataset = queries.dataset_named(key)
    if dataset is None:
        return
    yield AnswerFact(_("Qué trae"), str(dataset.description))
    yield AnswerFact(_("Cada cuándo cambia"), str(dataset.cadence))
    if area := queries.responsible_for(dataset):
        found = answerer_named(area)
        yield AnswerFact(_("Quién responde"), area, found.url if found else "")
    yield AnswerFact(_("Archivos"), _("CSV, JSON y hoja de cálculo"), reverse("dataset", kwargs={"key": key}) + "#descargas")


SEARCHABLES.add(
    "transparency.dataset",
    Searchable("transparency.dataset", gettext_lazy("Datos abiertos"), _documents, lambda key: tuple(_about(key))),
)
