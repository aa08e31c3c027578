"""The annual programme on the desk: what each area has to report, what waits for review, adjustments, and the way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Step, Task
from calpulli.people import doors as people
from calpulli.people.doors import Role
from calpulli.planning import doors as planning

from .. import policies, queries, tallies
from ..actions import saying
from ..actions.deciding import decides
from ..models import Adjustment, Exercise, Report
from ..queries import ActivityView, QuarterView

DONE = {
    "annual.exercise_opened": (
        gettext_lazy("Usted abrió el programa anual"),
        gettext_lazy("Escriba sus actividades."),
    ),
    "annual.exercise_submitted": (
        gettext_lazy("Usted envió a revisión el programa anual"),
        gettext_lazy("Ahora le toca a otra persona."),
    ),
    "annual.exercise_returned": (gettext_lazy("Usted devolvió el programa anual"), gettext_lazy("Quien planea verá el motivo.")),
    "annual.exercise_approved": (gettext_lazy("Usted aprobó el programa anual"), gettext_lazy("Ya lo ve cualquier persona.")),
    "annual.adjustment_proposed": (gettext_lazy("Usted propuso un ajuste de metas"), gettext_lazy("Otra persona lo decide.")),
    "annual.adjustment_approved": (gettext_lazy("Usted aprobó un ajuste de metas"), gettext_lazy("Las metas ya son las nuevas.")),
    "annual.adjustment_refused": (gettext_lazy("Usted no aprobó un ajuste de metas"), gettext_lazy("Las metas siguen igual.")),
    "annual.report_submitted": (gettext_lazy("Usted envió el reporte"), gettext_lazy("Ahora le toca a otra persona revisarlo.")),
    "annual.report_corrected": (
        gettext_lazy("Usted corrigió el reporte"),
        gettext_lazy("El anterior vale mientras no lo aprueben."),
    ),
    "annual.report_returned": (gettext_lazy("Usted devolvió el reporte"), gettext_lazy("El área verá el motivo y lo corregirá.")),
    "annual.report_approved": (gettext_lazy("Usted aprobó el reporte"), gettext_lazy("Ya lo puede leer cualquier persona.")),
    "annual.deliveries_recorded": (gettext_lazy("Usted registró entregas"), gettext_lazy("Ya cuentan.")),
    "annual.deliveries_withdrawn": (gettext_lazy("Usted retiró un registro de entregas"), gettext_lazy("Ya no cuenta.")),
}


def tasks(actor: Actor) -> list[Task]:
    """Every step that waits in the areas of whoever asks; others' only when they are late."""
    if not policies.see_exercise(actor):
        return []
    concerned = _concerned(actor)
    return [task for task in _waiting(actor) if task.mine or (task.is_late(clock.today()) and task.area in concerned)]


def _concerned(actor: Actor) -> set[str]:
    """The areas whose delay concerns the actor: where she reviews; of who plans, all."""
    cards = people.area_cards()
    plans = any(policies.open_exercise(actor) and policies.holds(actor, Role.AUTHOR, card.scope) for card in planning.own_plans())
    return {card.name for card in cards if plans or actor.may(Role.REVIEWER, card.key)}


def load() -> list[Task]:
    """Every step that waits, whoever asks."""
    return list(_waiting(None))


def _waiting(actor: Actor | None) -> Iterator[Task]:
    for exercise in queries.exercise_list(public=False):
        if exercise.state == Exercise.State.APPROVED:
            changed = tallies.changed_quarters(exercise.pk)
            for view in queries.view_of(exercise).activities:
                yield from _of_activity(view, actor)
                yield from _to_correct(view, changed, actor)
        elif exercise.state == Exercise.State.IN_REVIEW:
            yield _review(exercise, actor)
        elif exercise.returned_because:
            yield _correct(exercise, actor)


def _of_activity(view: ActivityView, actor: Actor | None) -> Iterator[Task]:
    for quarter in view.quarters:
        if quarter.waits_for_area:
            yield _to_report(view, quarter, actor)
        elif quarter.last and quarter.last.state == Report.State.SUBMITTED:
            yield _to_review(view, quarter, quarter.last, actor)
        elif quarter.counting and quarter.last and quarter.last.state == Report.State.RETURNED:
            yield _to_report(view, quarter, actor)
    if view.waiting_adjustment:
        yield _adjustment(view, view.waiting_adjustment, actor)


def _key(view: ActivityView, quarter: QuarterView) -> str:
    return f"annual.report.{view.activity.exercise.plan_key}.{view.year}.{view.activity.key}.{quarter.quarter}"


def _to_report(view: ActivityView, quarter: QuarterView, actor: Actor | None) -> Task:
    returned = quarter.last
    about = f"{view.activity.name}."
    if returned:
        about = _("%(name)s. Se devolvió: «%(reason)s»") % {"name": view.activity.name, "reason": returned.returned_because}
    what = _("Corregir el reporte de %(key)s, %(label)s") if returned else _("Reportar %(key)s, %(label)s")
    return Task(
        key=_key(view, quarter),
        what=what % {"key": view.activity.key, "label": period_words(quarter.label)},
        about=about,
        step=Step(_address(view, quarter)),
        state="returned" if returned else "open",
        state_label=quarter.words,
        standing=quarter.standing.rstrip(".").lower() or _("sin plazo en las normas"),
        due_on=quarter.due_on if quarter.counting is None else None,
        area=view.area_name,
        mine=actor is not None and policies.submit_report(actor) and policies.holds(actor, Role.AUTHOR, view.activity.area),
        since=clock.day_of(returned.decided_at) if returned else quarter.ends_on + dt.timedelta(days=1),
    )


def _to_correct(view: ActivityView, changed: set[tuple[int, int]], actor: Actor | None) -> Iterator[Task]:
    """Approved reports whose deliveries are no longer those that they tell."""
    for quarter in view.quarters:
        report, activity = quarter.counting, view.activity
        if report is None or report is not quarter.last or (activity.pk, quarter.quarter) not in changed:
            continue
        now = saying.counted_as_told(activity, quarter.quarter, view.goals)
        done = queries.of_quarter(now, quarter.quarter, cumulative=activity.cumulative, goals=view.goals)
        if done != report.done or not activity.tells_people:  # of people the whole alone is told
            yield _task_to_correct(view, quarter, report, done, actor)


def _task_to_correct(view: ActivityView, quarter: QuarterView, report: Report, done: int, actor: Actor | None) -> Task:
    said = partial(saying.done_words, view.activity, quarter.quarter)
    told = {"name": view.activity.name, "told": said(report.done), "now": said(done), "unit": view.activity.unit}
    about = _("%(name)s. Se reportaron %(told)s %(unit)s y hoy sus entregas dan %(now)s.")
    if done == report.done:
        about = _("%(name)s. Siguen siendo %(told)s %(unit)s, pero cambió cuándo, en qué distrito o a quiénes se entregaron.")
    return Task(
        key=_key(view, quarter),
        what=_("Corregir el reporte de %(key)s, %(label)s") % {"key": view.activity.key, "label": period_words(quarter.label)},
        about=about % told,
        step=Step(_address(view, quarter)),
        state="returned",
        state_label=_("La cuenta cambió"),
        standing=_("sin plazo en las normas"),
        area=view.area_name,
        mine=actor is not None and policies.submit_report(actor) and policies.holds(actor, Role.AUTHOR, view.activity.area),
        since=clock.day_of(report.submitted_at),
    )


def _to_review(view: ActivityView, quarter: QuarterView, report: Report, actor: Actor | None) -> Task:
    return Task(
        key=_key(view, quarter),
        what=_("Revisar el reporte de %(key)s, %(label)s") % {"key": view.activity.key, "label": period_words(quarter.label)},
        about=f"{view.activity.name}. {view.area_name}.",
        step=Step(_address(view, quarter)),
        state="in_review",
        state_label=quarter.words,
        standing=_("enviado el %(date)s") % {"date": f"{clock.day_of(report.submitted_at):%d/%m/%Y}"},
        area=view.area_name,
        mine=actor is not None and decides(actor, report),
        since=clock.day_of(report.submitted_at),
    )


def _adjustment(view: ActivityView, waiting: Adjustment, actor: Actor | None) -> Task:
    until = queries.approvable_until(waiting)
    over = clock.today() > until
    standing = _("ya no puede aprobarse: era hasta el %(date)s") if over else _("puede aprobarse hasta el %(date)s")
    return Task(
        key=f"annual.adjustment.{waiting.pk}",
        what=_("Decidir el ajuste de metas de %(key)s") % {"key": view.activity.key},
        about=waiting.reason,
        step=Step(reverse("annual_adjustment", args=[waiting.pk])),
        state="in_review",
        state_label=_("Propuesto"),
        standing=standing % {"date": f"{until:%d/%m/%Y}"},
        due_on=until,
        area=planning_area(view.activity.exercise),
        mine=_decides(view.activity.exercise, waiting.author_id, actor),
        since=waiting.proposed_on,
    )


def _review(exercise: Exercise, actor: Actor | None) -> Task:
    return _of_exercise(exercise, _("Revisar el programa anual %(year)s"), _decides(exercise, exercise.author_id, actor))


def _correct(exercise: Exercise, actor: Actor | None) -> Task:
    card = planning.find_card(exercise.plan_key)
    mine = actor is not None and card is not None and policies.submit_exercise(actor)
    holds = mine and actor is not None and card is not None and policies.holds(actor, Role.AUTHOR, card.scope)
    return _of_exercise(exercise, _("Corregir el programa anual %(year)s"), holds)


def _of_exercise(exercise: Exercise, what: str, mine: bool) -> Task:
    returned = exercise.state == Exercise.State.DRAFT
    about = (
        _("Se devolvió: «%(reason)s»") % {"reason": exercise.returned_because}
        if returned
        else f"{planning.named(exercise.plan_key)}."
    )
    return Task(
        key=f"annual.exercise.{exercise.plan_key}.{exercise.year}",
        what=what % {"year": exercise.year},
        about=about,
        step=Step(reverse("annual_exercise", args=[exercise.pk])),
        state="returned" if returned else "in_review",
        state_label=_("Devuelto") if returned else _("En revisión"),
        standing=_("sin plazo en las normas"),
        area=planning_area(exercise),
        mine=mine,
    )


def _decides(exercise: Exercise, author: object, actor: Actor | None) -> bool:
    card = planning.find_card(exercise.plan_key)
    if actor is None or card is None or not policies.approve_exercise(actor) or str(author) == actor.account:
        return False
    return policies.holds(actor, Role.REVIEWER, card.scope)


def planning_area(exercise: Exercise) -> str:
    """The area that answers for the plan."""
    card = planning.find_card(exercise.plan_key)
    return card.responsible_area if card else ""


def _address(view: ActivityView, quarter: QuarterView) -> str:
    return reverse("annual_report", args=[view.activity.pk, quarter.quarter])


def coming(actor: Actor, since: dt.date) -> Iterator[DueDate]:
    """When the reports of each quarter of the years under way are due."""
    if not policies.see_exercise(actor):
        return
    for exercise in queries.exercise_list(public=True):
        for quarter in (1, 2, 3, 4):
            deadline = queries.find_deadline(exercise.plan_key, exercise.year, quarter)
            if deadline and deadline.due_on >= since:
                label = period_words(f"{exercise.year}-Q{quarter}")
                yield DueDate(
                    key=f"annual.reports.{exercise.plan_key}.{exercise.year}.{quarter}",
                    on=deadline.due_on,
                    what=_("Vencen los reportes de actividades del %(label)s") % {"label": label},
                    about=_("Cada área reporta las suyas."),
                    url=reverse("poa_year", args=[exercise.plan_key, exercise.year]),
                )


def deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    """What an act says to whoever did it."""
    if name not in DONE or "year" not in details:
        return None
    title, follows = DONE[name]
    when = period_words(f"{details['year']}-Q{details['quarter']}") if "quarter" in details else str(details["year"])
    of = ", ".join(filter(None, (details.get("activity", ""), when)))
    exercise = Exercise.objects.filter(plan_key=details["plan"], year=details["year"]).first()
    url, link = (reverse("annual_exercise", args=[exercise.pk]), _("Ver el programa anual")) if exercise else ("", "")
    return Deed(f"{title}: {of}", str(follows), url, link)


def panels(actor: Actor) -> Iterator[Panel]:
    """The ways to the annual programme and to deliveries."""
    ways = []
    if policies.see_exercise(actor):
        ways.append(Shortcut(_("Ver los programas anuales"), reverse("annual_exercises")))
    if policies.import_poa(actor):
        ways.append(Shortcut(_("Traer el programa anual de un archivo"), reverse("import_poa")))
    if policies.record_deliveries(actor):
        ways.append(Shortcut(_("Registrar entregas"), reverse("annual_deliveries")))
    if ways:
        yield Panel(_("Programa anual"), _("Lo que se hará este año y lo que se entregó."), tuple(ways))


SOURCES.add("annual", Source(tasks=tasks, load=load, coming=coming, deed=deed, panels=panels))
