"""How pages say what queries found."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..queries.bands import Standing
from ..queries.words import STANDINGS, standing_words

COUNTED: dict[Standing, Callable[[int], str]] = {
    Standing.MET: lambda count: ngettext("cumple su meta", "cumplen su meta", count),
    Standing.RISK: lambda count: ngettext("está en riesgo", "están en riesgo", count),
    Standing.MISSED: lambda count: ngettext("no cumple su meta", "no cumplen su meta", count),
    Standing.BEYOND: lambda count: ngettext("pasó por mucho su meta", "pasaron por mucho su meta", count),
    Standing.EARLY: lambda count: ngettext("aún no se puede saber cómo va", "aún no se puede saber cómo van", count),
    Standing.NO_TARGET: lambda count: ngettext("tiene número y no meta", "tienen número y no meta", count),
    Standing.NO_BANDS: lambda count: ngettext("tiene meta, sin bandas", "tienen meta, sin bandas", count),
    Standing.NO_VALUE: lambda count: ngettext("no tiene datos", "no tienen datos", count),
}
__all__ = ["COUNTED", "CRITERIA", "STANDINGS", "counted_words", "standing_words"]
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
