"""What the numbers of the budget mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calpulli.commons import institutes
from calpulli.commons.registries.meanings import Check, Counted, Meaning, explain
from calpulli_core.budget import pesos_words

from .. import queries


def _owner() -> str:
    return institutes.open_data().areas.get("budget") or institutes.current().name


def _page(name: str = "budget_year", **more: Any) -> Callable[[], str]:
    """A page of the newest year; before there is one, that of all years."""

    def found() -> str:
        years = queries.years()
        return reverse(name, kwargs={"year": years[0], **more}) if years else reverse("budget")

    return found


def _today() -> tuple[Counted, ...]:
    return tuple(
        Counted(str(year), pesos_words(queries.total(queries.purses(year)).modified), reverse("budget_year", args=[year]))
        for year in queries.years()
    )


COMMON: dict[str, Any] = {
    "rows": _("Los movimientos del presupuesto, uno por renglón"),
    "rows_url": lambda: reverse("dataset", args=["movimientos-del-presupuesto"]),
    "since": _("Desde el primer movimiento que el instituto importó; lo que se corrige se deshace con otro movimiento."),
    "owner": _owner,
}
SPEC = _("La cuenta exacta está escrita, con ejemplos hechos a mano, en docs/spec/budget.md.")

explain(
    Meaning(
        key="presupuesto-por-momento",
        name=_("Presupuesto por momento"),
        counts=_("Los pesos en cada punto de su camino: aprobado, modificado, comprometido, devengado, ejercido y pagado."),
        formula=_("Se suman los movimientos de cada momento. Lo modificado es lo aprobado, más ampliaciones, menos reducciones."),
        check=Check.RECOUNTED,
        proof=_("Baje los movimientos y súmelos por momento: deben dar lo mismo, al centavo."),
        today=_today,
        **COMMON,
    )
)
explain(
    Meaning(
        key="devengado-de-lo-modificado",
        name=_("Parte devengada de lo modificado"),
        counts=_("Qué parte del dinero con que se cuenta ya corresponde a algo que se recibió y se debe."),
        formula=_("Lo devengado entre lo modificado, con un decimal; sin dinero modificado no hay parte."),
        check=Check.RECOUNTED,
        proof=_("Divida las dos columnas de la misma tabla."),
        **COMMON,
    )
)
explain(
    Meaning(
        key="dinero-de-una-linea",
        name=_("Dinero de una línea de acción"),
        counts=_("La parte del dinero de cada actividad que sirve a la línea, según lo que dice el programa anual."),
        formula=_(
            "El saldo de la actividad se reparte por sus partes. Los centavos que sobran van a los restos mayores; en un "
            "empate, a la línea que va primero. Las partes siempre suman el todo."
        ),
        check=Check.RECOMPUTED,
        proof=SPEC,
        **COMMON | {"rows": _("Las actividades con su dinero"), "rows_url": _page("budget_by", by="actividad")},
    )
)
explain(
    Meaning(
        key="costo-por-unidad",
        name=_("Costo por unidad hecha"),
        counts=_("Cuánto se devengó, en promedio, por cada unidad que la actividad hizo."),
        formula=_("Lo devengado entre lo alcanzado, hasta el último mes con reporte aprobado. Se muestra al centavo."),
        check=Check.RECOMPUTED,
        proof=SPEC,
        **COMMON,
    )
)
explain(
    Meaning(
        key="avance-y-gasto",
        name=_("Avance y gasto"),
        counts=_("Qué parte de su dinero devengó una actividad y qué parte de su meta alcanzó, hasta el mismo mes."),
        formula=_("Devengado entre modificado del año, y alcanzado entre la meta del año; la diferencia va en puntos."),
        check=Check.RECOMPUTED,
        proof=SPEC,
        **COMMON,
    )
)
explain(
    Meaning(
        key="momentos-fuera-de-orden",
        name=_("Momentos fuera de orden"),
        counts=_("Las bolsas en que, al terminar algún mes, un momento pasa del que va antes o queda debajo de cero."),
        formula=_("Pagado, ejercido, devengado, comprometido, modificado: ninguno debería pasar del siguiente, mes por mes."),
        check=Check.RECOUNTED,
        proof=SPEC,
        **COMMON,
    )
)
explain(
    Meaning(
        key="simulacion-de-un-recorte",
        name=_("Simulación de un recorte"),
        counts=_("Lo que perdería cada actividad si hubiera menos dinero. Es una simulación: nadie lo ha decidido."),
        formula=_(
            "El porcentaje se aplica a lo modificado; solo se quita lo que nadie ha comprometido, a cada actividad en proporción "
            "a lo que tiene libre. Las metas en riesgo suponen que lo que falta cuesta lo que falta por gastar."
        ),
        check=Check.RECOMPUTED,
        proof=SPEC,
        **COMMON | {"rows": _("La simulación"), "rows_url": _page("budget_cut")},
    )
)
