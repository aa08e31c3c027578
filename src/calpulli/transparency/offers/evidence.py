"""What transparency counts of its own work: the data that anyone can take away."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.evidence import Evidence, offer

from ..models import DatasetEdition


def open_datasets() -> str | None:
    """How many data sets there are, and how many editions of them were kept as they were published."""
    if not len(DATASETS):
        return None
    told = {"datasets": len(DATASETS), "editions": DatasetEdition.objects.count()}
    return _("Conjuntos de datos con diccionario: %(datasets)s. Ediciones que se conservan: %(editions)s.") % told


offer(
    Evidence(
        "transparency.datasets",
        gettext_lazy("Datos que cualquiera puede bajar"),
        gettext_lazy("Se cuentan los conjuntos del catálogo y las ediciones de cada uno que quedaron guardadas con su huella."),
        open_datasets,
        "datasets",
    )
)
