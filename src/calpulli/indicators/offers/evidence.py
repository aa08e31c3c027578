"""What indicators count of their own work: numbers computed from what happened, and those kept to be checked."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.evidence import Evidence, offer
from calpulli.planning.doors import plan_in_force

from ..queries.reporting import reported
from ..queries.sheets import sheets_in_force


def lines_measured() -> str | None:
    """Of the lines of the plan in force, how many have an indicator that is computed."""
    plan = plan_in_force()
    if plan is None or not sheets_in_force():
        return None
    measured = {sheet.row.line for sheet in sheets_in_force().values() if sheet.row.plan_key == plan.key}
    told = {"lines": len(plan.lines), "measured": sum(line.identifier in measured for line in plan.lines)}
    return _("%(measured)s de %(lines)s líneas con un indicador que se calcula") % told


def computations_kept() -> str | None:
    """How many values are kept with what went into them, and of how many there was more than one computation."""
    found = reported()
    if not found:
        return None
    told = {"values": len(found), "again": sum(one.times > 1 for one in found)}
    return _("%(values)s valores guardados con sus pasos; %(again)s se volvieron a calcular y conservan lo de antes") % told


offer(
    Evidence(
        "indicators.lines",
        gettext_lazy("Líneas que se miden con lo que de verdad pasó"),
        gettext_lazy("Se cuentan las líneas del programa en vigor que tienen un indicador con ficha aprobada."),
        lines_measured,
        "board",
    )
)
offer(
    Evidence(
        "indicators.computations",
        gettext_lazy("Números que cualquiera puede volver a calcular"),
        gettext_lazy("Se cuentan los indicadores y periodos con un cómputo guardado, con lo que entró y cada paso."),
        computations_kept,
        "board",
    )
)
