"""What the numbers of planning mean."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.meanings import Check, Meaning, explain

from .. import queries


def _owner() -> str:
    """The area that the programme in force names as responsible."""
    plan = queries.find_plan()
    return plan.programme.responsible_area if plan and plan.programme.responsible_area else str(_("sin dato en la fuente"))


def _plans() -> str:
    return reverse("plans")


def _records() -> str:
    return reverse("records")


PROGRAMME_PROOF = _("Ábralo y cuente: cada renglón está en la página del programa y en sus archivos.")
FROM_PROGRAMME = _("Desde que el programa se cargó en este sitio; un programa no se edita, se reemplaza por otro.")

explain(
    Meaning(
        key="objetivos-del-programa",
        name=_("Objetivos del programa"),
        counts=_("Los objetivos que el programa institucional enumera."),
        formula=_("Se cuenta un renglón por objetivo, tal como están numerados en el documento."),
        rows=_("La lista de objetivos del programa"),
        rows_url=_plans,
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="lineas-de-accion",
        name=_("Líneas de acción"),
        counts=_("Las líneas de acción de todos los objetivos: lo que el instituto dijo que haría para alcanzarlos."),
        formula=_("Se suman las líneas de cada objetivo. Una línea pertenece a un solo objetivo."),
        rows=_("Los objetivos con sus líneas"),
        rows_url=_plans,
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="puntos-del-diagnostico",
        name=_("Puntos del diagnóstico"),
        counts=_("Las fortalezas, oportunidades, debilidades y amenazas que el instituto reconoció."),
        formula=_("Se cuenta un renglón por punto en cada grupo, como los separa el documento."),
        rows=_("El diagnóstico del programa"),
        rows_url=_plans,
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="registros-publicados",
        name=_("Registros publicados"),
        counts=_("Los periodos del programa cuyo registro está sellado, firmado y a la vista de todos."),
        formula=_("Se cuenta cada periodo una vez, aunque después se haya corregido con otra edición."),
        rows=_("Los registros, con su estado"),
        rows_url=_records,
        check=Check.RECOUNTED,
        proof=_("Cada registro publicado tiene su paquete y su hecho en el libro: se pueden contar uno por uno."),
        since=_("Desde el primer periodo que el programa debe informar."),
        owner=_owner,
    )
)
explain(
    Meaning(
        key="registros-a-tiempo",
        name=_("Registros que se publicaron a tiempo"),
        counts=_("De los periodos cuyo plazo ya pasó, cuántos se publicaron a más tardar ese día y cuántos no."),
        formula=_(
            "Se cuenta cada periodo con el plazo vencido, también los que nadie abrió, por su primera edición: corregir después "
            "no cambia este número. Los días de lo que falta van del plazo a hoy."
        ),
        rows=_("Los registros, con la fecha en que vencía cada uno y cuándo se publicó"),
        rows_url=_records,
        check=Check.RECOMPUTED,
        proof=_(
            "El plazo de cada periodo se calcula paso a paso en su página, y la fecha en que se publicó está en el libro. "
            "En los datos abiertos, el conjunto «Periodos y plazos» tiene un renglón por periodo, abierto o no."
        ),
        since=_("Desde el primer periodo que el programa debe informar."),
        owner=_owner,
    )
)
explain(
    Meaning(
        key="dias-respecto-del-plazo",
        name=_("Días entre el plazo y la publicación"),
        counts=_("Cuántos días naturales pasaron entre el día en que vencía un registro y el día en que se publicó."),
        formula=_(
            "Fecha de publicación de la primera edición menos fecha en que vencía. Menos de cero: se publicó antes del plazo. "
            "De lo que venció y sigue sin publicarse, la fecha de hoy menos la del plazo. Corregir después no cambia este número."
        ),
        rows=_("Los registros, con la fecha en que vencía cada uno y su prueba"),
        rows_url=_records,
        check=Check.RECOMPUTED,
        proof=_(
            "La fecha en que vencía se calcula paso a paso en la página del plazo. La de publicación está en el hecho del libro "
            "que la atestigua, y ese hecho va en el paquete siguiente."
        ),
        since=_(
            "Desde el primer periodo que el programa debe informar. De un periodo sin publicar que no ha vencido no hay número."
        ),
        owner=_owner,
    )
)
explain(
    Meaning(
        key="textos-comparados",
        name=_("Textos comparados de dos programas"),
        counts=_("Cuántos textos de los dos programas dicen lo mismo, cuántos cambian y cuántos están en uno solo."),
        formula=_(
            "La misión, la visión, cada objetivo, cada línea y cada punto del diagnóstico se busca en el otro programa por su "
            "identificador, que no cambia aunque cambie su número, y se compara letra por letra."
        ),
        rows=_("La comparación, con los textos lado a lado"),
        rows_url=_plans,
        check=Check.RECOUNTED,
        proof=_("Los textos comparados están en la misma página, uno junto al otro."),
        since=FROM_PROGRAMME,
        owner=_owner,
    )
)
explain(
    Meaning(
        key="partes-de-la-vision",
        name=_("Partes de la visión con y sin evidencia"),
        counts=_("En cuántas partes de la visión hay hoy algo en este sitio que se pueda comprobar, y en cuántas no."),
        formula=_(
            "La visión se corta en partes. Una parte tiene evidencia si alguna medida del sitio le toca y hoy da un resultado. "
            "Que haya evidencia no quiere decir que se cumpla."
        ),
        rows=_("El programa, con su visión a prueba"),
        rows_url=_plans,
        check=Check.RECOUNTED,
        proof=_("Cada parte está en la misma página, con lo que se encontró o con la marca «sin evidencia»."),
        since=_("El corte en partes es una propuesta de quien mantiene el sitio, con su fecha; no viene del programa."),
        owner=_owner,
    )
)
