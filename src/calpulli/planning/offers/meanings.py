"""What the numbers of planning mean."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.meanings import Check, Counted, Meaning, Part, explain

from .. import queries
from ..queries import PlanView, named


def _owner() -> str:
    """The area that the programme in force names as responsible."""
    plan = queries.find_plan()
    return plan.programme.responsible_area if plan and plan.programme.responsible_area else str(_("sin dato en la fuente"))


def _address(view: str) -> Callable[[], str]:
    """The address of a page of the programme in force; before there is one, that of all programmes."""

    def found() -> str:
        plan = queries.find_plan()
        return reverse(view, args=[plan.key]) if plan else reverse("plans")

    return found


def _objectives_of(plan: PlanView) -> str:
    return f"{reverse('plan', args=[plan.key])}#objetivos"


def _objectives_page() -> str:
    plan = queries.find_plan()
    return _objectives_of(plan) if plan else reverse("plans")


def _comparison() -> str:
    """Of the first two programmes, if there are two."""
    keys = [plan.key for plan in queries.plan_views()][:2]
    chosen = f"?izquierda={keys[0]}&derecha={keys[1]}" if len(keys) > 1 else ""
    return f"{reverse('plans')}{chosen}#comparar"


def _records_of(plan: PlanView) -> str:
    return f"{reverse('records')}#{plan.key}"


def _records() -> str:
    plan = queries.find_plan()
    return _records_of(plan) if plan else reverse("records")


def _objectives_today() -> tuple[Counted, ...]:
    return tuple(Counted(named(plan.key), str(len(plan.objectives)), _objectives_of(plan)) for plan in queries.plan_views())


def _lines_today() -> tuple[Counted, ...]:
    return tuple(_added(plan, _objectives_of(plan), _lines_by_objective(plan)) for plan in queries.plan_views())


def _swot_today() -> tuple[Counted, ...]:
    return tuple(_added(plan, reverse("swot", args=[plan.key]), _items_by_group(plan)) for plan in queries.plan_views())


def _added(plan: PlanView, url: str, parts: tuple[Part, ...]) -> Counted:
    return Counted(named(plan.key), str(sum(part.value for part in parts)), url, parts)


def _lines_by_objective(plan: PlanView) -> tuple[Part, ...]:
    name = gettext("Objetivo %(number)s")
    return tuple(
        Part(name % {"number": one.number}, len(one.lines), reverse("objective", args=[plan.key, one.number]))
        for one in plan.objectives
    )


def _items_by_group(plan: PlanView) -> tuple[Part, ...]:
    url = reverse("swot", args=[plan.key])
    return tuple(
        Part(one.heading.capitalize(), len(one.items), f"{url}#{one.items[0].identifier}") for one in plan.swot if one.items
    )


def _published_today() -> tuple[Counted, ...]:
    published = queries.published_editions()
    codes = {plan.key: {one.code for one in published if one.plan_key == plan.key} for plan in queries.plan_views()}
    return tuple(Counted(named(plan.key), str(len(codes[plan.key])), _records_of(plan)) for plan in queries.plan_views())


def _kept_today() -> tuple[Counted, ...]:
    return tuple(
        Counted(named(plan.key), f"{kept.words} {kept.overdue_words}".strip(), _records_of(plan), in_words=True)
        for plan in queries.plan_views()
        if (kept := queries.kept_of(plan)).binds
    )


PROGRAMME_PROOF = _("Ábralo y cuente: cada renglón está en la página del programa y en sus archivos.")
FROM_PROGRAMME = _("Desde que el programa se cargó en este sitio; un programa no se edita, se reemplaza por otro.")

explain(
    Meaning(
        key="objetivos-del-programa",
        name=_("Objetivos del programa"),
        counts=_("Los objetivos que el programa institucional enumera."),
        formula=_("Se cuenta un renglón por objetivo, tal como están numerados en el documento."),
        rows=_("La lista de objetivos del programa"),
        rows_url=_objectives_page,
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
        today=_objectives_today,
    )
)
explain(
    Meaning(
        key="lineas-de-accion",
        name=_("Líneas de acción"),
        counts=_("Las líneas de acción de todos los objetivos: lo que el instituto dijo que haría para alcanzarlos."),
        formula=_("Se suman las líneas de cada objetivo. Una línea pertenece a un solo objetivo."),
        rows=_("Los objetivos con sus líneas"),
        rows_url=_objectives_page,
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
        today=_lines_today,
    )
)
explain(
    Meaning(
        key="puntos-del-diagnostico",
        name=_("Puntos del diagnóstico"),
        counts=_("Las fortalezas, oportunidades, debilidades y amenazas que el instituto reconoció."),
        formula=_("Se cuenta un renglón por punto en cada grupo, como los separa el documento."),
        rows=_("El diagnóstico del programa"),
        rows_url=_address("swot"),
        check=Check.RECOUNTED,
        proof=PROGRAMME_PROOF,
        since=FROM_PROGRAMME,
        owner=_owner,
        today=_swot_today,
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
        today=_published_today,
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
        today=_kept_today,
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
        rows_url=_comparison,
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
        rows_url=_address("vision"),
        check=Check.RECOUNTED,
        proof=_("Cada parte está en la misma página, con lo que se encontró o con la marca «sin evidencia»."),
        since=_("El corte en partes es una propuesta de quien mantiene el sitio, con su fecha; no viene del programa."),
        owner=_owner,
    )
)
