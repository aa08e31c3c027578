"""What a report says: counted where deliveries are counted, otherwise as it was typed, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.act import Problem
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.plain_text import text_fault

from .. import tallies
from ..inputs import SubmitReport
from ..inputs.amounts import amount_words
from ..models import Activity, Report
from ..queries import (
    FLOOR,
    WHOLE_UNIT,
    ActivityView,
    asked_months,
    causes,
    floor_of,
    months_of,
    of_quarter,
    told_before,
    told_people,
)
from .checks import MOST_AMOUNT
from .ground import reason_faults

LONGEST_NARRATIVE = 4_000


def too_early(activity: Activity, quarter: int) -> list[Problem]:
    """A quarter is reported once it has ended."""
    if quarter not in (1, 2, 3, 4):
        return [Problem("quarter", f"El trimestre {quarter} no existe: use 1, 2, 3 o 4.")]
    ends_on = Period(activity.exercise.year, quarter).ends_on
    if clock.today() > ends_on:
        return []
    return [Problem(None, f"El trimestre termina el {ends_on:%d/%m/%Y}: repórtelo a partir del día siguiente.")]


def achieved(activity: Activity, command: SubmitReport, goals: Mapping[int, int]) -> dict[int, int]:
    """Thousandths by month of the quarter: what deliveries add up to or, where they are not counted, what was typed."""
    if activity.counted:
        return counted_as_told(activity, command.quarter, goals)
    months = asked_months(activity, command.quarter, goals)
    return {month: command.achieved[month] for month in months if month in command.achieved}


def counted_as_told(activity: Activity, quarter: int, goals: Mapping[int, int]) -> dict[int, int]:
    """What the deliveries come to, as a report tells it: of people, one number that may be told."""
    months = asked_months(activity, quarter, goals)
    if activity.tells_people:
        return {months[0]: _told(activity, quarter, counted_whole(activity, quarter, goals))}
    found = counted(activity, quarter)
    return {month: found[month] for month in months}


def counted_whole(activity: Activity, quarter: int, goals: Mapping[int, int]) -> int:
    """What the deliveries of a quarter come to, as they stand now."""
    return of_quarter(counted(activity, quarter), quarter, cumulative=activity.cumulative, goals=goals)


def _told(activity: Activity, quarter: int, count: int) -> int:
    """What may be told of a count of people; without a floor nothing is, and `faults` says why."""
    floor = floor_of(activity, quarter)
    return told_people(count, told_before(activity, quarter), floor) if floor else 0


def counted(activity: Activity, quarter: int) -> dict[int, int]:
    """What the deliveries of each month of a quarter add up to, in thousandths; 0 where there are none."""
    first = activity.exercise.year * 12 - 1
    months = {first + month: month for month in months_of(quarter)}
    found = dict.fromkeys(months_of(quarter), 0)
    for (number, _district), (_times, units) in tallies.now(activity.pk, months).items():
        found[months[number]] += units * WHOLE_UNIT
    return found


def counted_quarters(activity: Activity, goals: Mapping[int, int]) -> dict[int, int]:
    """What the deliveries of each quarter come to now, in thousandths: a report keeps what they came to when it was sent."""
    return {quarter: counted_whole(activity, quarter, goals) for quarter in (1, 2, 3, 4)}


def done_words(activity: Activity, quarter: int, amount: int) -> str:
    """What was done in a quarter, as it is told: of people, 0 is fewer than the floor."""
    floor = floor_of(activity, quarter) if activity.tells_people and not amount else None
    return _("menos de %(floor)s") % {"floor": floor} if floor else amount_words(amount)


def year_done_words(view: ActivityView) -> str:
    """The same of the year so far: quarters of too few people to be told are never added up as if they were none."""
    few = [one.quarter for one in view.quarters if view.activity.tells_people and one.counting and not one.counting.done]
    told, floor = amount_words(view.year_done), floor_of(view.activity, few[-1]) if few else None
    if not floor or (view.year_done and not view.activity.cumulative):
        return told
    if view.year_done:
        return _("%(count)s o pocas más") % {"count": told}
    if len(few) == 1 or not view.activity.cumulative:
        return _("menos de %(floor)s") % {"floor": floor}
    return _("menos de %(floor)s en cada trimestre") % {"floor": floor}


def faults(
    activity: Activity, command: SubmitReport, goals: Mapping[int, int], *, achieved: Mapping[int, int], differs: bool
) -> list[Problem]:
    """What a report may not be sent with or without."""
    found = list(_of_people(activity, command.quarter, achieved)) if activity.tells_people else []
    if not activity.counted:
        months = asked_months(activity, command.quarter, goals)
        stray = sorted(set(command.achieved) - set(months))
        found += [Problem("achieved", f"Del mes {month} no se reporta: no es del trimestre, o no tiene meta.") for month in stray]
        lacking = [month for month in months if month not in achieved]
        found += [Problem(f"month_{month}", "Escriba cuánto se hizo en el mes; si no se hizo nada, 0.") for month in lacking]
        wrong = [month for month, amount in achieved.items() if not 0 <= amount <= MOST_AMOUNT]
        found += [Problem(f"month_{month}", "Escriba una cantidad de 0 a un billón.") for month in wrong]
    return [*found, *_of_words(command, differs=differs)]


def what_lacks(activity: Activity, command: SubmitReport, correction: str | None = None) -> list[Problem]:
    """All that stands in the way of a report as far as it is written, and of the reason of its correction, if it is one.

    While a month is not told nobody knows whether there is a variance, and its cause is not asked for.
    """
    goals = {goal.month: goal.holds for goal in activity.goals.all()}
    told = achieved(activity, command, goals)
    is_whole = all(month in told for month in asked_months(activity, command.quarter, goals))
    done, goal = (of_quarter(one, command.quarter, cumulative=activity.cumulative, goals=goals) for one in (told, goals))
    found = faults(activity, command, goals, achieved=told, differs=is_whole and done != goal)
    return [*found, *(reason_faults(correction, "correction") if correction is not None else ())]


def _of_people(activity: Activity, quarter: int, achieved: Mapping[int, int]) -> Iterator[Problem]:
    """People are told by the floor of the norms; what is typed otherwise is refused, never changed."""
    floor = floor_of(activity, quarter)
    if not floor:
        told = "Ninguna norma dice de cuántas personas en adelante se publica una cuenta"
        yield Problem(None, f"{told}: pida a quien lleva las normas que la agregue ({FLOOR}), y envíe después el reporte.")
        return
    for month, count in achieved.items():
        may = _told(activity, quarter, count)
        if may == count:
            continue
        if may:
            why = f"Ya se publicó {amount_words(may)}, y un cambio de menos de {floor} personas no se publica"
            yield Problem(f"month_{month}", f"{why}: deje {amount_words(may)}.")
        else:
            few = f"Son menos de {floor} personas, y así no se publican"
            yield Problem(f"month_{month}", f"{few}: escriba 0, que se lee «menos de {floor}».")


def _of_words(command: SubmitReport, *, differs: bool) -> list[Problem]:
    """A variance says its cause and tells what happened."""
    found, told = [], command.narrative.strip()
    if differs and command.cause not in causes():
        found.append(Problem("cause", "Lo hecho no es lo programado: elija por qué."))
    if differs and len(told) < 10:
        found.append(Problem("narrative", "Lo hecho no es lo programado: cuente qué pasó, en al menos 10 letras."))
    if len(told) > LONGEST_NARRATIVE:
        found.append(Problem("narrative", f"Son {len(told)} letras y caben {LONGEST_NARRATIVE}. Acorte el texto."))
    elif told and (fault := text_fault(told, breaks=True)):
        found.append(Problem("narrative", f"{fault} Escríbalo de nuevo."))
    return found


def unchanged(report: Report, corrects: Report) -> list[Problem]:
    """A correction says something else than what it corrects."""
    if _said(report) != _said(corrects):
        return []
    return [Problem(None, "Esta corrección dice lo mismo que el reporte aprobado: cambie lo que haya que corregir.")]


def _said(report: Report) -> tuple[object, ...]:
    months = tuple(report.achieved.values_list("month", "amount"))
    shown = frozenset(report.evidence.values_list("sha256", flat=True))
    return months, report.cause, report.narrative, shown
