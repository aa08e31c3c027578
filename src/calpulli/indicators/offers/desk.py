"""Sheets and targets on the desk: those that wait for a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Step, Task
from calpulli.people.doors import Role, area_holding

from .. import policies
from ..models import Sheet, Target
from ..models.sheets import RETIRE
from ..queries.sheets import area_of_target, areas_of, last_held
from ..queries.waiting import waiting_sheets, waiting_targets

DEEDS = {
    "indicators.sheets_proposed": lambda: _("Propuso una ficha de indicador"),
    "indicators.sheets_approved": lambda: _("Aprobó una ficha de indicador"),
    "indicators.sheets_refused": lambda: _("No aprobó una ficha de indicador"),
    "indicators.retirement_proposed": lambda: _("Propuso retirar un indicador"),
    "indicators.sheet_retired": lambda: _("Retiró un indicador"),
    "indicators.targets_proposed": lambda: _("Propuso una meta"),
    "indicators.targets_approved": lambda: _("Aprobó una meta"),
    "indicators.targets_refused": lambda: _("No aprobó una meta"),
}


def tasks(actor: Actor) -> list[Task]:
    """What waits, for staff; `mine` for whoever reviews there and did not propose it."""
    if not policies.see_sheets(actor):
        return []
    sheets = [replace(_of_sheet(row), mine=_is_for(row, areas_of(row), actor)) for row in waiting_sheets()]
    return sheets + [replace(_of_target(row), mine=_is_for(row, [area_of_target(row)], actor)) for row in waiting_targets()]


def _is_for(row: Sheet | Target, areas: Iterable[str], actor: Actor) -> bool:
    return all(actor.may(Role.REVIEWER, area) for area in areas) and str(row.author_id) != actor.account


def load() -> list[Task]:
    """The same, whoever asks."""
    return [*map(_of_sheet, waiting_sheets()), *map(_of_target, waiting_targets())]


def _of_sheet(row: Sheet) -> Task:
    what = (_("Decidir el retiro de «%(name)s»") if row.asks == RETIRE else _("Decidir la ficha de «%(name)s»")) % {
        "name": row.name
    }
    about = _("Versión %(number)s.") % {"number": row.version}
    return _task(f"indicators.sheet.{row.pk}", what, about, Step(reverse("sheet", args=[row.pk])), row.proposed_on)


def _of_target(row: Target) -> Task:
    held = last_held(row.indicator)
    what = _("Decidir la meta de «%(name)s»") % {"name": held.name if held else row.indicator}
    about = _("%(value)s en %(period)s.") % {"value": row.value, "period": row.period}
    return _task(f"indicators.target.{row.pk}", what, about, Step(reverse("targets")), row.proposed_on)


def _task(key: str, what: str, about: str, step: Step, since: dt.date) -> Task:
    return Task(
        key=key,
        what=what,
        about=about,
        step=step,
        state="in_review",
        state_label=_("En revisión"),
        standing=_("Sin plazo: ninguna regla lo fija."),
        area=area_holding(Role.REVIEWER),
        since=since,
    )


def coming(actor: Actor, since: dt.date) -> Iterator[DueDate]:
    """Nothing of indicators is due by a rule."""
    yield from ()


def deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    """What an act says to whoever did it."""
    words = DEEDS.get(name)
    return Deed(words(), url=reverse("sheets"), link=_("Ver las fichas")) if words else None


def panels(actor: Actor) -> Iterator[Panel]:
    """The way to the sheets."""
    if policies.see_sheets(actor):
        links = (Shortcut(_("Fichas y metas"), reverse("sheets")), Shortcut(_("Tablero público"), reverse("board")))
        yield Panel(_("Indicadores"), _("Lo que se propone y lo que rige."), links)


SOURCES.add("indicators", Source(tasks=tasks, load=load, coming=coming, deed=deed, panels=panels))
