"""The budget on the desk: adecuaciones that wait for a decision, and what was done, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Step, Task
from calpulli.people.doors import Role, area_holding, area_of

from .. import policies, queries
from ..models import Adecuacion
from ..queries.words import reason_words

DONE = {
    "budget.spending_recorded": gettext_lazy("Usted registró un movimiento del presupuesto"),
    "budget.adecuacion_proposed": gettext_lazy("Usted propuso una adecuación"),
    "budget.adecuacion_approved": gettext_lazy("Usted aprobó un cambio del presupuesto"),
    "budget.adecuacion_refused": gettext_lazy("Usted no aprobó un cambio del presupuesto"),
    "budget.entries_imported": gettext_lazy("Usted importó movimientos del presupuesto"),
}
FOLLOWS = {
    "budget.spending_recorded": gettext_lazy("Ya se ve en público. Si algo está mal, se deshace con otro movimiento."),
    "budget.adecuacion_proposed": gettext_lazy("Ahora la decide otra persona. Mientras, no cambia nada."),
    "budget.adecuacion_approved": gettext_lazy("El presupuesto ya cambió, a la vista de todos."),
    "budget.adecuacion_refused": gettext_lazy("No cambió nada. Quien la propuso verá por qué."),
    "budget.entries_imported": gettext_lazy("Ya se ven en público; sus adecuaciones, si trae, esperan a otra persona."),
}


def tasks(actor: Actor) -> list[Task]:
    """What waits, for whoever has a part in the budget."""
    if not policies.see_budget_desk(actor):
        return []
    return [replace(_task(one), mine=_decides(actor, one)) for one in queries.waiting()]


def load() -> list[Task]:
    """All that waits."""
    return [_task(one) for one in queries.waiting()]


def _decides(actor: Actor, one: Adecuacion) -> bool:
    programme = queries.programme_of(one.year, one.plan_key)
    if programme is None or not actor.may(Role.REVIEWER) or str(one.author_id) == actor.account:
        return False
    return policies.answers_for(actor, Role.REVIEWER, programme.scope)


def _task(one: Adecuacion) -> Task:
    moves = one.moment == Adecuacion.Moment.CHANGE
    what = _("Decidir la adecuación %(document)s") if moves else _("Decidir el cambio de lo aprobado %(document)s")
    about = _("Presupuesto %(year)s. La propuso %(area)s: «%(reason)s»")
    if not moves:
        about = _("Presupuesto %(year)s. Lo propuso %(area)s: «%(reason)s»")
    return Task(
        key=f"budget.adecuacion.{one.pk}",
        what=what % {"document": one.document},
        about=about % {"year": one.year, "area": area_of(one.author_id), "reason": reason_words(one.reason)},
        step=Step(reverse("adecuacion", args=[one.pk])),
        state="in_review",
        state_label=str(Adecuacion.State.PROPOSED.label),
        standing=_("sin plazo fijado"),
        area=area_holding(Role.REVIEWER),
        since=clock.day_of(one.proposed_at),
    )


def coming(actor: Actor, since: dt.date) -> Iterable[DueDate]:
    """No term is known for an adecuación."""
    return ()


def deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    """An act of the budget, for whoever did it."""
    if name not in DONE:
        return None
    title = _("%(act)s: %(document)s") % {"act": DONE[name], "document": details.get("document", "")}
    url = _place(details)
    return Deed(title, str(FOLLOWS[name]), url, _("Ver dónde está") if url else "")


def _place(details: Mapping[str, Any]) -> str:
    if "adecuacion" in details:
        return reverse("adecuacion", args=[details["adecuacion"]])
    if "activity" in details:
        return reverse("budget_activity", args=[details["year"], details["activity"]])
    return reverse("budget_year", args=[details["year"]]) if "year" in details else ""


def panels(actor: Actor) -> Iterator[Panel]:
    """The ways to the budget, for whoever may change it or review its changes."""
    if not policies.see_budget_desk(actor) or not queries.open_years():
        return
    ways = [Shortcut(_("Adecuaciones y movimientos"), reverse("budget_desk"))]
    if policies.record_spending(actor):
        ways.append(Shortcut(_("Registrar un movimiento"), reverse("new_spending")))
    yield Panel(_("Presupuesto"), _("Lo que entra aquí se suma y se ve en público."), tuple(ways))


SOURCES.add("budget", Source(tasks=tasks, load=load, coming=coming, deed=deed, panels=panels))
