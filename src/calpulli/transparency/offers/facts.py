"""The facts of transparency in words, and of which data set or term each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.facts import About, tell


def _about(details: Mapping[str, Any]) -> About | None:
    if "dataset" in details:
        key, number = details["dataset"], details["edition"]
        dataset = DATASETS.get(key)
        label = f"{dataset.title if dataset else key}, " + gettext("edición %(number)s") % {"number": number}
        return About(label, reverse("dataset_edition", kwargs={"key": key, "number": number}))
    terms = details.get("terms") or ()
    return About("«{}»".format("», «".join(terms))) if 0 < len(terms) <= MOST_TERMS else None


MOST_TERMS = 3  # an import brings hundreds: then none says what it was about
tell(
    "transparency",
    _("Datos"),
    {
        "dataset_published": _("Se publicó una edición de un conjunto de datos"),
        "synonyms_set": _("Se dijeron los sinónimos de un término de la búsqueda"),
        "term_removed": _("Se quitó un término de la búsqueda"),
        "thesaurus_imported": _("Se cargó el tesauro de la búsqueda"),
    },
    _about,
)
