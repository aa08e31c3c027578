"""What the numbers of the annual programme mean."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons import institutes
from calpulli.commons.registries.meanings import Check, Counted, Meaning, explain

from .. import queries
from ..models import Exercise


def _owner() -> str:
    return institutes.open_data().areas.get("annual", institutes.current().name)


def _url() -> str:
    newest = _newest()
    return reverse("poa_year", args=[newest.plan_key, newest.year]) if newest else reverse("poa")


def _newest() -> Exercise | None:
    return next(iter(queries.exercise_list(public=True)), None)


def _activities_today() -> tuple[Counted, ...]:
    return tuple(
        Counted(
            gettext("programa anual %(year)s") % {"year": one.year},
            str(one.activities.count()),
            reverse("poa_year", args=[one.plan_key, one.year]) + "#actividades",
        )
        for one in queries.exercise_list(public=True)
    )


SINCE = _("Desde que el programa anual se aprueba.")
PAGES = _("Cada actividad tiene su página, con sus metas, sus reportes y su evidencia.")

explain(
    Meaning(
        key="actividades-del-programa-anual",
        name=_("Actividades y programas del año"),
        counts=_("Las actividades institucionales del programa anual aprobado, y los programas que las agrupan."),
        formula=_("Se cuenta un renglón por actividad y uno por programa."),
        rows=_("El programa anual, con sus actividades"),
        rows_url=_url,
        check=Check.RECOUNTED,
        proof=PAGES,
        since=SINCE,
        owner=_owner,
        today=_activities_today,
    )
)
explain(
    Meaning(
        key="reportes-atrasados",
        name=_("Reportes atrasados"),
        counts=_(
            "Los reportes trimestrales que ya vencieron y que el área no ha enviado, o no ha corregido tras una devolución."
        ),
        formula=_(
            "De cada actividad con meta en un trimestre que terminó, se cuenta su reporte si pasó el plazo y no está en "
            "revisión ni aprobado. El plazo es una regla con fecha de las normas; otra da el de lo que llegó a "
            "tiempo y se devolvió."
        ),
        rows=_("La lista de reportes atrasados del año"),
        rows_url=_url,
        check=Check.RECOUNTED,
        proof=PAGES,
        since=SINCE,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="avance-de-actividades",
        name=_("Meta y avance de una actividad"),
        counts=_("Cuánto dijo el instituto que haría cada mes, en la unidad de la actividad, y cuánto se hizo."),
        formula=_(
            "La meta vigente es la programada o, si hubo un ajuste aprobado, la ajustada. Lo hecho sale del último reporte "
            "aprobado; donde la plataforma cuenta entregas, es la suma de ellas cuando se envió el reporte."
        ),
        rows=_("Las actividades del año"),
        rows_url=_url,
        check=Check.STATED,
        proof=_("La evidencia de cada reporte está en la página de la actividad, con su huella; otra persona la revisó."),
        since=SINCE,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="actividades-cumplidas",
        name=_("Actividades cumplidas en término con evidencia validada"),
        counts=_("De las actividades con meta en un trimestre, cuántas se cumplieron y cuántas eran."),
        formula=_(
            "Una actividad cuenta como cumplida si su reporte se envió dentro del plazo, otra persona lo aprobó, lleva evidencia "
            "y lo hecho alcanza la meta del trimestre. Corregirlo después del plazo puede quitarla de la cuenta, no agregarla. "
            "Lo que llegó a tiempo y se devolvió tiene un plazo propio, que dan las normas."
        ),
        rows=_("Las actividades del año, con sus reportes"),
        rows_url=_url,
        check=Check.RECOUNTED,
        proof=PAGES,
        since=SINCE,
        owner=_owner,
    )
)
