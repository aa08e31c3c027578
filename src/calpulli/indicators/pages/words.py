"""How pages say what queries found."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..queries.bands import Standing

STANDINGS: dict[Standing, Callable[[], str]] = {
    Standing.MET: lambda: ngettext("cumple su meta", "cumplen su meta", 1),
    Standing.RISK: lambda: _("en riesgo"),
    Standing.MISSED: lambda: ngettext("no cumple su meta", "no cumplen su meta", 1),
    Standing.BEYOND: lambda: _("pasó por mucho su meta: estaba mal puesta"),
    Standing.NO_TARGET: lambda: _("sin meta"),
    Standing.NO_BANDS: lambda: _("con meta, sin bandas"),
    Standing.NO_VALUE: lambda: _("sin datos"),
}
COUNTED: dict[Standing, Callable[[int], str]] = {
    Standing.MET: lambda count: ngettext("cumple su meta", "cumplen su meta", count),
    Standing.RISK: lambda count: ngettext("está en riesgo", "están en riesgo", count),
    Standing.MISSED: lambda count: ngettext("no cumple su meta", "no cumplen su meta", count),
    Standing.BEYOND: lambda count: ngettext("pasó por mucho su meta", "pasaron por mucho su meta", count),
    Standing.NO_TARGET: lambda count: ngettext("tiene número y no meta", "tienen número y no meta", count),
    Standing.NO_BANDS: lambda count: ngettext("tiene meta, sin bandas", "tienen meta, sin bandas", count),
    Standing.NO_VALUE: lambda count: ngettext("no tiene datos", "no tienen datos", count),
}
CRITERIA: dict[str, Callable[[], str]] = {
    "claro": lambda: _("Claro"),
    "relevante": lambda: _("Relevante"),
    "economico": lambda: _("Económico"),
    "monitoreable": lambda: _("Monitoreable"),
    "adecuado": lambda: _("Adecuado"),
    "aportacion": lambda: _("Con aportación marginal"),
}


def counted_words(standing: Standing, count: int) -> str:
    """What so many lines do, after their number."""
    return COUNTED[standing](count)


def standing_words(standing: Standing) -> str:
    """Where a value stands, in few words."""
    return STANDINGS[standing]()
