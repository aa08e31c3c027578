"""Values, periods and reasons in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from calpulli.commons.charts import number_words
from calpulli.commons.charts.words import MINUS
from calpulli.commons.page_parts import ENGLISH_MONTHS, MONTHS, period_words
from calpulli_core.indicators.computing import Reason, rounded
from calpulli_core.indicators.moments import Grain, Moment

from .bands import Standing
from .cells import Why

CAUSES: dict[str, Callable[[], str]] = {
    Why.NO_ROWS: lambda: _("no hubo nada que contar en el periodo"),
    Why.UNRECORDED: lambda: _("aún no se registraba en la plataforma"),
    Why.NOT_BEGUN: lambda: _("el periodo no ha empezado"),
    Why.NOT_DUE: lambda: _("aún no vence el plazo para reportarlo"),
    Why.NOT_ADDED: lambda: _("los meses de esta actividad no se suman, cada uno dice el total: pida un mes"),
    Why.MIXED: lambda: _("cada actividad se cuenta en su unidad y no se suman: elija una"),
    Why.PRIVACY: lambda: _("se calla para que no se sepa una cuenta de muy pocas personas"),
    Why.NOT_TOLD: lambda: _("de personas se dice al terminar el trimestre, y aún no se ha dicho"),
    Why.NO_MEASURE: lambda: _("este sitio ya no tiene la medida de la que sale"),
    Why.AWAITED: lambda: _("falta el módulo que lo mide"),
    Why.NO_TARGET: lambda: _("el instituto no ha fijado la meta"),
    Reason.NO_DATA: lambda: _("no hay datos del periodo"),
    Reason.ZERO: lambda: _("no hay entre qué dividir: el divisor es 0"),
    Reason.RANGE: lambda: _("un número del cálculo es demasiado largo"),
}
STANDINGS: dict[Standing, Callable[[], str]] = {
    Standing.MET: lambda: ngettext("cumple su meta", "cumplen su meta", 1),
    Standing.RISK: lambda: _("en riesgo"),
    Standing.MISSED: lambda: ngettext("no cumple su meta", "no cumplen su meta", 1),
    Standing.BEYOND: lambda: _("pasó por mucho su meta: estaba mal puesta"),
    Standing.EARLY: lambda: _("aún no se puede saber"),
    Standing.NO_TARGET: lambda: _("sin meta"),
    Standing.NO_BANDS: lambda: _("con meta, sin bandas"),
    Standing.NO_VALUE: lambda: _("sin datos"),
}
# What measures count, of one. Units are shown in Spanish in every language, as those of sheets, which are the institute's texts.
ONE_OF = {
    "actividades": "actividad",
    "entregas": "entrega",
    "unidades": "unidad",
    "distritos": "distrito",
    "personas": "persona",
    "pesos": "peso",
}
PLACES = 2


def cause_words(cause: str) -> str:
    """Why there is no value, in few words."""
    return CAUSES[cause]() if cause in CAUSES else cause


def value_words(value: Fraction, *, percentage: bool = False) -> str:
    """With two decimals at most, as people read it; what was rounded away stays in the exact value."""
    near = rounded(value, PLACES)
    told = number_words(Decimal(near.numerator) / Decimal(near.denominator))
    return f"{told} %" if percentage else told


def unit_words(unit: str, value: Fraction | None = None) -> str:
    """The unit of a number, in the singular of one; empty where it has none."""
    if unit == "1":
        return ""
    return ONE_OF[unit] if value == 1 and unit in ONE_OF else unit.replace("_", " ")


def exact_words(value: Fraction) -> str:
    """Exactly, with commas between thousands: as cents where it has them, otherwise one over another."""
    cents = value * 100
    if value.denominator > 1 and cents.denominator == 1:
        return number_words(Decimal(cents.numerator) / 100)
    sign, over = (MINUS if value < 0 else ""), ("" if value.denominator == 1 else f" / {value.denominator:,}")
    return f"{sign}{abs(value.numerator):,}{over}"


def figures(value: Fraction, places: int) -> str:
    """For a file: with so many decimals at most, and none that is 0 at the end; exact in all its figures, however many."""
    scaled = int(rounded(value, places) * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{places}}".rstrip("0").rstrip(".")


def is_rounded(value: Fraction) -> bool:
    """Whether what people read is not the whole value."""
    return rounded(value, PLACES) != value


def moment_words(moment: Moment) -> str:
    """`octubre de 2026`, `tercer trimestre de 2026`, `año 2026`."""
    if moment.grain is Grain.MONTH:
        names = ENGLISH_MONTHS if get_language() == "en" else MONTHS
        return _("%(month)s de %(year)s") % {"month": names[moment.within - 1], "year": moment.year}
    return period_words(str(moment))


def standing_words(standing: Standing) -> str:
    """Where a value stands, in few words."""
    return STANDINGS[standing]()
