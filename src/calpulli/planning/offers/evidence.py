"""What planning counts of its own work: punctuality, bundles, open files, corrections, facts, ease of reading."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from calpulli.commons.registries.evidence import Evidence, offer
from calpulli.ledger import doors as ledger
from calpulli_core.text.readability import decimals, measure

from .. import queries
from ..queries import EditionView, PlanView


def records_on_time() -> str | None:
    """Of the periods whose due date is behind us, opened or not, how many were published by then."""
    plan = queries.find_plan()
    kept = queries.kept_of(plan) if plan else None
    if kept is None or not kept.due:
        return None
    return _("%(kept)s de %(due)s a tiempo") % {"kept": kept.on_time, "due": len(kept.due)}


def bundles() -> str | None:
    """How many signed bundles of the programme in force can be taken away and checked."""
    kept = [one for one in _published() if one.bundle_bytes is not None]
    return ngettext("%(num)s paquete firmado", "%(num)s paquetes firmados", len(kept)) % {"num": len(kept)} if kept else None


def open_formats() -> str | None:
    """How many published records can be had as CSV and JSON."""
    periods = {one.code for one in _published()}
    text = ngettext("%(num)s registro en CSV y JSON", "%(num)s registros en CSV y JSON", len(periods))
    return text % {"num": len(periods)} if periods else None


def corrections() -> str | None:
    """How many published editions correct an earlier one, with their reason in sight."""
    published = _published()
    if not published:
        return None
    count = sum(one.number > 1 for one in published)
    return _("Ediciones publicadas: %(all)s. De ellas, correcciones: %(count)s.") % {"count": count, "all": len(published)}


def facts() -> str | None:
    """How many facts the ledger holds, over all chains."""
    count = sum(head.sequence for head in ledger.heads())
    return ngettext("%(num)s hecho", "%(num)s hechos", count) % {"num": count} if count else None


def reading_ease() -> str | None:
    """The index and the band of the programme's own text."""
    plan = queries.find_plan()
    found = measure("\n".join(_texts(plan))) if plan else None
    if found is None or found.index is None:
        return None
    return _("%(index)s puntos: «%(band)s»") % {"index": decimals(found.index, places=1), "band": found.band}


def _texts(plan: PlanView) -> list[str]:
    lines = [line.text for one in plan.objectives for line in one.lines]
    return [plan.programme.mission, plan.programme.vision, *(one.text for one in plan.objectives), *lines]


def _published() -> list[EditionView]:
    """What is published of the programme in force."""
    plan = queries.find_plan()
    return [one for one in queries.published_editions() if plan and plan.is_own and one.plan_key == plan.key]


PIECES = (
    (
        "planning.records_on_time",
        _("Registros publicados dentro de su plazo"),
        _("Se cuentan los periodos del programa en vigor cuyo plazo ya venció, también los que nadie abrió."),
        records_on_time,
        "records",
    ),
    (
        "planning.bundles",
        _("Registros que cualquiera puede comprobar"),
        _("Se cuentan los paquetes firmados del programa en vigor que se pueden bajar hoy."),
        bundles,
        "verifying",
    ),
    (
        "planning.open_formats",
        _("Registros en formatos abiertos"),
        _("Se cuentan los periodos publicados del programa en vigor; cada uno se baja sin permiso de nadie."),
        open_formats,
        "records",
    ),
    (
        "planning.corrections",
        _("Errores corregidos a la vista"),
        _("Se cuentan las fes de erratas entre las ediciones publicadas del programa en vigor. Lo corregido no se borra."),
        corrections,
        "records",
    ),
    (
        "planning.facts",
        _("Actos que quedaron en el libro de hechos"),
        _("Se suman los hechos de todas las cadenas del libro, que solo crece."),
        facts,
        "ledger",
    ),
    (
        "planning.reading_ease",
        _("Qué tan fácil es de leer el programa"),
        _(
            "Índice de Szigriszt-Pazos y escala INFLESZ sobre misión, visión, objetivos y líneas: de 0 a 40 es muy difícil; "
            "de 55 a 65, normal. Los textos se bajan en Datos (programas, objetivos, líneas); con ellos en ese orden, la orden "
            "«calpulli text» hace la misma cuenta."
        ),
        reading_ease,
        "datasets",
    ),
)
for key, words, how, value, address in PIECES:
    offer(Evidence(key, words, how, value, address))
