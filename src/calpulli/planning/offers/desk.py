"""Planning on the desk: the steps of each record, when each is due and why, and what was done, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Step, Task
from calpulli.people.doors import Role, area_holding

from .. import policies, queries
from ..models import Edition
from ..queries import EditionView, PeriodView, named
from .deeds import deed_of

State = Edition.State
WAITING = (State.OPEN, State.IN_REVIEW, State.SEALED)
SHOWN_PUBLISHED = 5


def tasks(actor: Actor) -> list[Task]:
    """Every step that waits, for whoever has a part in the record; periods to open, for whoever opens them."""
    if not policies.see_desk(actor):
        return []
    states = [state for state in WAITING if policies.see_edition(actor, state)]
    found = [_step_for(view, actor) for view in queries.waiting(*states)]
    openings = (replace(_opening(period), mine=_opens(period, actor)) for period in queries.to_open())
    # One that is overdue concerns everyone who waits for it, with who must act.
    return found + [task for task in openings if task.mine or task.is_late(clock.today())]


def load() -> list[Task]:
    """Every step that waits, whoever asks."""
    return [*map(_step, queries.waiting(*WAITING)), *map(_opening, queries.to_open())]


def _opens(period: PeriodView, actor: Actor) -> bool:
    return policies.open_period(actor) and policies.in_scope(actor, Role.AUTHOR, queries.scope_of(period.plan_key))


def _step_for(view: EditionView, actor: Actor) -> Task:
    """The step as that person sees it: whether it is hers, and whether she can take it back."""
    task = replace(_step(view), mine=_is_for(view, actor))
    if _began(view, actor):
        sealed = _("%(plan)s. Usted lo aprobó y selló: falta publicarlo.") % {"plan": named(view.plan_key)}
        return replace(task, begun=task.mine, about=sealed if view.state == State.SEALED else task.about)
    if view.state != State.IN_REVIEW or str(view.edition.author_id) != actor.account:
        return task
    return replace(task, about=_("%(about)s Mientras nadie lo revise, puede retirarlo.") % {"about": task.about})


def _began(view: EditionView, actor: Actor) -> bool:
    """Whoever sealed it has to publish it, and whoever sent it, to correct it: her own last step waits for this one."""
    by = {State.SEALED: view.edition.reviewer_id, State.OPEN: view.edition.author_id if view.was_returned else None}
    return actor.account is not None and str(by.get(State(view.state))) == actor.account


def _is_for(view: EditionView, actor: Actor) -> bool:
    area = queries.scope_of(view.plan_key)
    if view.state == State.OPEN:
        return policies.in_scope(actor, Role.AUTHOR, area)
    if view.state == State.IN_REVIEW:
        return policies.in_scope(actor, Role.REVIEWER, area) and str(view.edition.author_id) != actor.account
    return policies.publish_edition(actor)


def _step(view: EditionView) -> Task:
    return Task(
        key=_key(view.plan_key, view.code, view.number),
        what=_title(view) % {"label": view.label},
        about=_about(view),
        step=Step(reverse("edition", args=[view.id])),
        state="returned" if view.was_returned else view.state,
        state_label=view.state_label,
        standing=view.standing,
        due_on=view.deadline.due_on if view.is_bound else None,
        proof_url=_proof(view.plan_key, view.code) if view.is_bound else "",
        area=_area(view),
        since=clock.day_of(view.waiting_since),
    )


def _key(plan_key: str, code: str, number: int = 1) -> str:
    """Of the record of a period, whatever its next step; an erratum is another obligation."""
    return f"planning.record.{plan_key}.{code}" + (f".{number}" if number > 1 else "")


def _proof(plan_key: str, code: str) -> str:
    return reverse("deadline", kwargs={"plan_key": plan_key, "code": code})


def _title(view: EditionView) -> str:
    if view.was_returned:
        return _("Corregir el %(label)s")
    if view.state == State.OPEN:
        return _("Capturar la corrección del %(label)s") if view.number > 1 else _("Capturar el %(label)s")
    return _("Revisar el %(label)s") if view.state == State.IN_REVIEW else _("Publicar el %(label)s")


def _about(view: EditionView) -> str:
    plan = f"{named(view.plan_key)}."
    if view.was_returned:
        return _("%(plan)s Se devolvió: «%(reason)s»") % {"plan": plan, "reason": view.edition.returned_because}
    if view.state == State.IN_REVIEW:
        return _("%(plan)s %(name)s lo capturó.") % {"plan": plan, "name": view.author_name}
    if view.state == State.SEALED:
        return _("%(plan)s %(name)s lo aprobó y selló.") % {"plan": plan, "name": view.reviewer_name}
    return plan


def _area(view: EditionView) -> str:
    """Who captured goes on with it; before anyone did, the area that the programme names; the review is where its role is."""
    if view.state == State.IN_REVIEW:
        return area_holding(Role.REVIEWER)
    return view.author_area or queries.responsible_area(view.plan_key)


def _opening(period: PeriodView) -> Task:
    return Task(
        key=_key(period.plan_key, period.code),
        what=_("Abrir el %(label)s") % {"label": period.label},
        about=_("%(plan)s. Nadie lo ha empezado.") % {"plan": named(period.plan_key)},
        step=Step(reverse("open_period"), _("Abrir"), period.label, {"plan": period.plan_key, "period": period.code}),
        state="unopened",
        state_label=_("Sin abrir"),
        standing=period.standing,
        due_on=period.deadline.due_on,
        proof_url=_proof(period.plan_key, period.code),
        area=queries.responsible_area(period.plan_key),
        since=period.span.ends_on + dt.timedelta(days=1),
    )


def coming(actor: Actor, since: dt.date) -> Iterator[DueDate]:
    """When the next records of the plan in force are due, also of periods that still run or have not begun."""
    if not policies.see_desk(actor):
        return
    yield from map(date_of, queries.due_from(since))


def date_of(period: PeriodView) -> DueDate:
    """When the record of a period is due, for a calendar."""
    label, ends_on = period.label, f"{period.span.ends_on:%d/%m/%Y}"
    about = _("El periodo termina el %(date)s; desde el día siguiente se puede enviar a revisión.") % {"date": ends_on}
    return DueDate(
        key=_key(period.plan_key, period.code),
        on=period.deadline.due_on,
        what=_("Vence el registro del %(label)s") % {"label": label},
        about=about,
        url=reverse("record", kwargs={"plan_key": period.plan_key, "code": period.code}),
        proof_url=_proof(period.plan_key, period.code),
    )


def deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    """What an act on a record says to whoever did it."""
    return deed_of(name, details)


def panels(actor: Actor) -> Iterator[Panel]:
    """What was published lately, and the way in for a record that comes in a file."""
    if policies.see_edition(actor, State.PUBLISHED):
        published = queries.published_editions()[:SHOWN_PUBLISHED]
        text = "" if published else _("Todavía nada.")
        yield Panel(_("Publicado hace poco"), text, tuple(map(_shortcut, published)))
    if policies.import_record(actor):
        told = _(
            "Puede traerlo de un CSV, un JSON o un XLSX. Primero se revisa completo y le decimos todo lo que haya que corregir."
        )
        way = Shortcut(_("Importar un registro"), reverse("import_record"))
        yield Panel(_("¿Tiene el registro en un archivo?"), told, (way,))


def _shortcut(view: EditionView) -> Shortcut:
    label = view.label.capitalize()
    if view.number > 1:
        label = _("%(label)s, edición %(number)s") % {"label": label, "number": view.number}
    return Shortcut(label, reverse("edition", args=[view.id]), f"{named(view.plan_key)} · {view.published_on:%d/%m/%Y}")


SOURCES.add("planning", Source(tasks=tasks, load=load, coming=coming, deed=deed, panels=panels))
