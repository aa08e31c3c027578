"""What the numbers of the organisation mean."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons import institutes
from calpulli.commons.registries.meanings import Check, Counted, Meaning, explain

from .. import queries
from ..models import Area


def _page() -> str:
    return reverse("organisation")


def _owner() -> str:
    """The area that answers for the data of the organisation."""
    return institutes.open_data().areas.get("organisation", "") or gettext("sin área registrada")


def _today() -> tuple[Counted, ...]:
    return tuple(
        Counted(str(Area.Kind(kind).label), str(len(areas)), f"{_page()}#{kind}")
        for kind, areas in queries.areas_by_kind().items()
        if areas
    )


explain(
    Meaning(
        key="areas-del-instituto",
        name=_("Áreas del instituto"),
        counts=_("Las áreas, las oficinas de distrito y los órganos colegiados que hoy existen."),
        formula=_("Se cuenta cada área que ya empezó y no se ha cerrado, en el grupo que dice su documento de origen."),
        rows=_("La lista de áreas"),
        rows_url=_page,
        check=Check.RECOUNTED,
        proof=_("Están todas en la misma página, y en el conjunto de datos «Áreas del instituto» con las que se cerraron."),
        since=_("Desde que la organización se cargó en este sitio."),
        owner=_owner,
        today=_today,
    )
)
