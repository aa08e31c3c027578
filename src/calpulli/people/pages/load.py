"""Load by area: how much waits in each, how much of it is late, and, of one area, what this person may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from calpulli.commons import clock
from calpulli.commons.access import actor_of, staff
from calpulli.commons.registries.desk import SOURCES, Task
from calpulli_core.text.folding import order_key

from .. import policies
from . import gathering

NO_AREA = "sin-area"  # in the address; no area has this name


@dataclass(frozen=True)
class AreaLoad:
    """What waits in an area; `area` is empty for what no area has yet."""

    area: str
    tasks: int
    late: int
    oldest: dt.date | None  # since when the oldest waits
    next_due: dt.date | None  # the next due date that has not passed

    @property
    def word(self) -> str:
        """How addresses call it."""
        return self.area or NO_AREA


def load_by_area(tasks: Iterable[Task], *, today: dt.date) -> list[AreaLoad]:
    """One row an area: those with most late tasks first, then those with most tasks."""
    by_area: dict[str, list[Task]] = {}
    for task in tasks:
        by_area.setdefault(task.area, []).append(task)
    rows = [_row(area, found, today) for area, found in by_area.items()]
    return sorted(rows, key=lambda row: (-row.late, -row.tasks, order_key(row.area)))


def _row(area: str, tasks: list[Task], today: dt.date) -> AreaLoad:
    since = [task.since for task in tasks if task.since]
    ahead = [task.due_on for task in tasks if task.due_on and task.due_on >= today]
    late = sum(task.is_late(today) for task in tasks)
    return AreaLoad(area, len(tasks), late, min(since, default=None), min(ahead, default=None))


@staff(policies.see_load)
@never_cache
@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """Counts of every area; with `?area=`, that area's tasks as far as the person may see them."""
    today = clock.today()
    rows = load_by_area((task for source in SOURCES for task in source.load()), today=today)
    chosen = next((row for row in rows if row.word == request.GET.get("area")), None)
    context = {
        "rows": rows,
        "most": max((row.tasks for row in rows), default=0),
        "chosen": chosen,
        "tasks": _seen(request, chosen) if chosen else [],
        "unknown": bool(request.GET.get("area")) and chosen is None,
        "today": today,
    }
    return render(request, "people/load.jinja", context)


def _seen(request: HttpRequest, chosen: AreaLoad) -> list[Task]:
    found = gathering.waiting_for(actor_of(request))
    return gathering.by_due_date(task for task in (*found.mine, *found.others) if task.area == chosen.area)
