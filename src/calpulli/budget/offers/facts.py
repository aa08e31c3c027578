"""The facts of the budget in words, and of which year or activity each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.facts import About, tell

from ..models import BudgetBatch

KIND = str(BudgetBatch.Kind.APPROVED)


def _about(details: Mapping[str, Any]) -> About | None:
    year = details.get("year")
    if year is None:
        return None
    label = gettext("Presupuesto %(year)s") % {"year": year}
    note = str(details.get("document", ""))
    if details.get("kind") == KIND:
        note = gettext("cambio de lo aprobado %(document)s") % {"document": note}
    return About(label, reverse("budget_year", args=[year]), note=note)


tell(
    "budget",
    _("Presupuesto"),
    {
        "entries_imported": _("Se importaron movimientos del presupuesto"),
        "spending_recorded": _("Se registró un movimiento del presupuesto"),
        "adecuacion_proposed": _("Se propuso una adecuación"),
        "adecuacion_approved": _("Se aprobó un cambio del presupuesto"),
        "adecuacion_refused": _("No se aprobó un cambio del presupuesto"),
    },
    _about,
)
