"""What the numbers of the open data mean."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons import institutes
from calpulli.commons.registries.meanings import Check, Meaning, explain


def _page() -> str:
    return reverse("datasets")


def _owner() -> str:
    """The area that answers for what is open."""
    return institutes.open_data().areas.get("transparency", "") or gettext("sin área registrada")


explain(
    Meaning(
        key="renglones-de-un-conjunto",
        name=_("Renglones de un conjunto de datos"),
        counts=_("Cuántos renglones tiene hoy un conjunto de datos abiertos, sin contar el de los nombres de las columnas."),
        formula=_(
            "Se cuenta un renglón por cada cosa que el conjunto describe. El de los hechos del libro suma todas sus cadenas; "
            "el número de hecho al pie de las páginas es el último de una sola, y por eso no coinciden."
        ),
        rows=_("Los conjuntos de datos, con sus archivos"),
        rows_url=_page,
        check=Check.RECOUNTED,
        proof=_("Baje el archivo CSV y cuente sus renglones con una hoja de cálculo."),
        since=_("Desde que el sitio se puso en marcha."),
        owner=_owner,
    )
)
