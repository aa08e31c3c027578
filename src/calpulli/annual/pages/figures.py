"""The figures of the annual programme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from calpulli.commons.charts import Bar, Figure, Legend, Series, bars, lines
from calpulli.commons.page_parts import ENGLISH_MONTHS, MONTHS, page_language

from ..actions.saying import done_words
from ..inputs.amounts import amount_words
from ..queries import ActivityView, ExerciseView, quarter_of
from ..queries.views import MonthView


def month_names() -> list[str]:
    """January to December in the language of the page."""
    return ENGLISH_MONTHS if page_language() == "en" else MONTHS


def goals_figure(view: ActivityView) -> Figure:
    """What was to be done and what was done, month by month."""
    names, unit = month_names(), view.activity.unit
    holds = Series(_("Meta vigente"), tuple(month.holds / 1000 for month in view.months))
    done = Series(_("Lo que se hizo"), tuple(None if month.done is None else month.done / 1000 for month in view.months))
    adjusted = any(month.holds != month.programmed for month in view.months)
    headers = (_("Mes"), _("Programado"), *((_("Ajustado"),) if adjusted else ()), _("Hecho"))
    rows = tuple(
        (
            names[month.month - 1].capitalize(),
            amount_words(month.programmed),
            *((amount_words(month.holds),) if adjusted else ()),
            _done(view, month),
        )
        for month in view.months
    )
    return Figure(
        key="metas",
        title=_("Meta y avance por mes, en %(unit)s") % {"unit": unit},
        says=_says(view),
        chart=lines([name[:3] for name in names], [holds, done]),
        headers=headers,
        rows=rows,
        meaning="avance-de-actividades",
    )


def _done(view: ActivityView, month: MonthView) -> str | None:
    """What was done in a month, or why nothing stands there; None where it should be known and is not."""
    quarter = view.quarters[quarter_of(month.month) - 1]
    if month.done is not None:
        return done_words(view.activity, quarter.quarter, month.done)
    if quarter.is_untold:
        return None
    if not quarter.ended:
        return _("Aún no termina")
    return _("En su trimestre") if quarter.counting and view.activity.tells_people else _("Sin meta")


def _says(view: ActivityView) -> str:
    if view.activity.tells_people:
        return _("Son personas: lo hecho se dice una vez por trimestre, en uno de sus meses, y no cuando son muy pocas.")
    return _("Lo hecho sale de los reportes que otra persona aprobó. «Sin datos» es de lo que nadie ha dicho todavía.")


def counts_figure(view: ExerciseView, quarters: dict[int, str]) -> Figure | None:
    """How many of the activities of each quarter were fulfilled; None before one has ended."""
    if not view.counts:
        return None
    told = _("%(fulfilled)s de %(due)s")
    shares = [
        Bar(
            quarters[one.quarter],
            100 * one.fulfilled / one.due if one.due else None,
            told % {"fulfilled": one.fulfilled, "due": one.due},
        )
        for one in view.counts
    ]
    return Figure(
        key="cumplidas",
        title=_("Actividades cumplidas en término con evidencia validada"),
        says=_("De las actividades con meta en el trimestre, cuántas se cumplieron. La barra entera son todas."),
        chart=bars(shares, whole=100),
        headers=(_("Trimestre"), _("Con meta"), _("Cumplidas")),
        rows=tuple((quarters[one.quarter], str(one.due), str(one.fulfilled)) for one in view.counts),
        meaning="actividades-cumplidas",
        legend=Legend(_("Cumplidas")),
    )
