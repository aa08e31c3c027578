"""Why there is no value, in words that a planner understands."""

from __future__ import annotations

from .computing import Missing, Reason
from .moments import Grain, Moment

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
QUARTERS = ("el primer", "el segundo", "el tercer", "el cuarto")


def period_in_words(moment: Moment) -> str:
    """As it stands after «en»: `marzo de 2026`, `el primer trimestre de 2026`, `2026`."""
    if moment.grain is Grain.MONTH:
        return f"{MONTHS[moment.within - 1]} de {moment.year}"
    if moment.grain is Grain.QUARTER:
        return f"{QUARTERS[moment.within - 1]} trimestre de {moment.year}"
    return str(moment.year)


def why(missing: Missing) -> str:
    """One sentence: what was missing, where and when, and what would mend it."""
    when, part = period_in_words(missing.moment), missing.part if len(missing.part) <= 60 else f"{missing.part[:59]}…"
    told = {
        Reason.NO_DATA: f"No hay dato de «{part}» en {when}. Se podrá calcular cuando lo haya.",
        Reason.ZERO: f"En {when} se divide entre «{part}», que vale 0. Si eso es normal, prevéalo con «si».",
        Reason.RANGE: f"En {when} «{part}» tiene más de 616 cifras. Revise las multiplicaciones y los datos.",
    }[missing.reason]
    if missing.reason is Reason.NO_DATA and not missing.moment.exists:
        told = f"La fórmula pide {when}, y antes de 1900 no se calcula nada. Pida menos periodos hacia atrás."
    return f"Indicador «{missing.indicator}»: {told}" if missing.indicator else told
