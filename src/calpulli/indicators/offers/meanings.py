"""What the numbers of indicators mean."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calpulli.commons import institutes
from calpulli.commons.registries.meanings import Check, Meaning, explain


def _owner() -> str:
    return institutes.open_data().areas.get("indicators") or institutes.current().name


def _board() -> str:
    return reverse("board")


def _people() -> str:
    return reverse("people_tables")


def _measures() -> str:
    return reverse("measures")


explain(
    Meaning(
        key="valor-de-indicador",
        name=_("Valor de un indicador"),
        counts=_("Lo que da la fórmula de un indicador en un periodo, con lo que este sitio tiene registrado."),
        formula=_(
            "La de su ficha, que está en la página de cada indicador con sus datos y sus pasos. "
            "Es exacta: solo se redondea al mostrarla."
        ),
        rows=_("El tablero, y de ahí cada indicador"),
        rows_url=_board,
        check=Check.RECOMPUTED,
        proof=_("Cada página trae una hoja para volver a hacer la cuenta a mano, y cada dato lleva a los renglones que cuenta."),
        since=_("Desde que su ficha se aprobó; de lo que no se registraba antes no hay número."),
        owner=_owner,
    )
)
explain(
    Meaning(
        key="personas-contadas",
        name=_("Personas contadas"),
        counts=_("Cuántas personas hubo en un periodo y un lugar, como se dijo en una edición; quien fue dos veces cuenta dos."),
        formula=_("Se suman las personas de los renglones. Las cuentas muy pequeñas, y las que las dirían por resta, se callan."),
        rows=_("Las ediciones de cada tabla de personas"),
        rows_url=_people,
        check=Check.STATED,
        proof=_("Cada edición es un lote con su huella en el libro de hechos; los renglones son de personas y no se publican."),
        since=_("Desde el primer trimestre que se registró completo."),
        owner=_owner,
    )
)
explain(
    Meaning(
        key="valor-de-medida",
        name=_("Valor de una medida"),
        counts=_("Lo que da contar o sumar los renglones de una medida en un periodo, con los filtros que se piden."),
        formula=_("La que dice su página: cuenta, suma, valores distintos, parte o valor de en medio."),
        rows=_("Las medidas, cada una con sus renglones"),
        rows_url=_measures,
        check=Check.RECOUNTED,
        proof=_(
            "Cuente los renglones de su página. Donde hablan de personas, o son de muy pocas, no se muestran y la página lo dice."
        ),
        since=_("Desde el primer mes que registra cada medida."),
        owner=_owner,
    )
)
