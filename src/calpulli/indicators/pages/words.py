"""How pages say what queries found."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from ..queries.bands import Standing

STANDINGS: dict[Standing, Callable[[], str]] = {
    Standing.MET: lambda: _("cumple su meta"),
    Standing.RISK: lambda: _("en riesgo"),
    Standing.MISSED: lambda: _("no cumple su meta"),
    Standing.BEYOND: lambda: _("pasó por mucho su meta: estaba mal puesta"),
    Standing.NO_TARGET: lambda: _("sin meta"),
    Standing.NO_BANDS: lambda: _("con meta, sin bandas"),
    Standing.NO_VALUE: lambda: _("sin datos"),
}
CRITERIA: dict[str, Callable[[], str]] = {
    "claro": lambda: _("Claro"),
    "relevante": lambda: _("Relevante"),
    "economico": lambda: _("Económico"),
    "monitoreable": lambda: _("Monitoreable"),
    "adecuado": lambda: _("Adecuado"),
    "aportacion": lambda: _("Con aportación marginal"),
}


def standing_words(standing: Standing) -> str:
    """Where a value stands, in few words."""
    return STANDINGS[standing]()
