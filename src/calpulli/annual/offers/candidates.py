"""The activities that measures of reports might count, one by one: what was asked of each, what came, why it does not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.registries.measures import Candidate, Candidates
from calpulli_core.indicators.moments import Grain, Moment

from ..actions.saying import done_words
from ..inputs.amounts import amount_words
from ..models import Report
from ..queries import ActivityView, QuarterView, activity_page, find_exercise, months_within, published_years, quarter_of

Where = Mapping[str, str]


def fulfilled(where: Where, moment: Moment) -> Candidates:
    """Those that were due, and why each is not fulfilled."""
    return _candidates(where, moment, _unfulfilled)


def accounted(where: Where, moment: Moment) -> Candidates:
    """Those that were due, and why each is not accounted for."""
    return _candidates(where, moment, _unaccounted)


def _candidates(where: Where, moment: Moment, why: Callable[[QuarterView], str]) -> Candidates:
    headers = (_("Meta"), _("Se hizo"), _("Enviado"), _("Plazo"), _("Evidencias"))
    found = (_candidate(view, one, why(one)) for view, one in _due(where, moment))
    return Candidates(headers, tuple(sorted(found, key=lambda one: (one.period, one.name))))


def _due(where: Where, moment: Moment) -> Iterator[tuple[ActivityView, QuarterView]]:
    """Each activity and quarter of the period with something to do, of approved exercises."""
    quarters = sorted({quarter_of(month + 1) for month in months_within(moment)})
    for plan_key, year in sorted(published_years()):
        exercise = find_exercise(plan_key, year) if year == moment.year else None
        for view in exercise.activities if exercise else ():
            if _is_of(view, where):
                yield from ((view, one) for one in map(view.quarter, quarters) if one.is_due)


def _is_of(view: ActivityView, where: Where) -> bool:
    one = view.activity
    has = {
        "line": {share.line for share in one.shares.all()},
        "area": {one.area},
        "programme": {one.programme.key},
        "activity": {one.key},
    }
    return all(value in has[name] for name, value in where.items())


def _candidate(view: ActivityView, quarter: QuarterView, why: str) -> Candidate:
    activity, report = view.activity, quarter.counting
    moment = Moment(Grain.QUARTER, quarter.year * 4 + quarter.quarter - 1)
    goal = f"{amount_words(report.goal if report else quarter.goal)} {activity.unit}"
    facts = (goal, *(_told(report) if report else ("", "", _day(quarter.due_on), "")))
    return Candidate(f"{activity.key} {activity.name}", activity_page(activity.key, moment), quarter.label, facts, why)


def _told(report: Report) -> tuple[str, str, str, str]:
    """What was done, when it was sent (where it meets its goal, what met it first), until when, and how much it shows."""
    sent = report.met_on or clock.day_of(report.submitted_at)
    done = done_words(report.activity, report.quarter, report.done)  # of few people, no number
    return done, _day(sent), _day(report.due_on), str(len(report.evidence.all()))


def _day(on: dt.date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""


def _unaccounted(one: QuarterView) -> str:
    """Why nobody accounted for it; empty where somebody did."""
    if one.counting:
        return "" if one.counting.evidence.all() else _("no lleva evidencia")
    if one.last is None:
        return _("no hay reporte") if one.ended else _("el trimestre no ha terminado")
    if one.last.state == Report.State.SUBMITTED:
        return _("se envió, y otra persona aún no lo aprueba")
    return _("se devolvió, y no se ha vuelto a enviar")


def _unfulfilled(one: QuarterView) -> str:
    """Why it is not fulfilled; empty where it is."""
    report = one.counting
    if one.is_fulfilled:
        return ""
    if report is None:
        return _unaccounted(one)
    if report.met_on:
        return (
            _("lo que faltaba llegó en una corrección, después del plazo") if report.on_time else _("se envió después del plazo")
        )
    short = _("no alcanza la meta") if report.done < report.goal else ""
    return _(" y ").join(filter(None, (_unaccounted(one), short)))
