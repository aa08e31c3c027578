"""The demo's invented budget of the annual programme: through acts, dated in the demo's invented past.

Amounts come from the key of each activity, so that they are always the same and nobody chose them: a few activities have much
and many have little. Some stop spending, a few are paid late, and one amount lost its decimal point.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from calpulli.commons import clock
from calpulli.people.doors import actor_named
from calpulli_core.budget import shared

from . import actions, queries
from .inputs import DecideAdecuacion, EntryRow, ImportBudget, Movement, ProposeAdecuacion, RecordSpending
from .models import Adecuacion, BudgetBatch

MORNING = dt.time(17, tzinfo=dt.UTC)
STAFF, SOURCE, OWN = "1131", "recursos-fiscales", "ingresos-propios"
OTHERS = ("2111", "2151", "2211", "2611", "3361", "3722", "3831", "3611", "4412", "5151")
UNEVEN = (0, 2, 3, 1, 4, 2, 1, 3, 5, 2, 3, 1)  # of what is no salary, by month
STOPS = 6  # the last month in which those that stop spend
Event = tuple[dt.date, Callable[[], object]]


@dataclass(frozen=True)
class Invented:
    """A purse with what was approved for each month."""

    activity: queries.YearActivity
    source: str
    partida: str
    months: tuple[int, ...]
    stops: bool

    def row(self, year: int, month: int, moment: str, cents: int, document: str) -> EntryRow:
        """An entry of it."""
        purse = (self.activity.area, self.activity.programme, self.activity.key, self.source, self.partida)
        return EntryRow(year, *purse, month, moment, cents, document)

    def movement(self, month: int, cents: int) -> Movement:
        """A part of an adecuación of it."""
        purse = (self.activity.area, self.activity.programme, self.activity.key, self.source, self.partida)
        return Movement(*purse, month, cents)


def seed_budget(*, since: dt.date = dt.date.min, until: dt.date | None = None) -> None:
    """Tells the invented year once: what is of after `since`, up to `until` or today."""
    year = next(iter(queries.open_years()), None)
    programme = queries.programme_of(year) if year else None
    if programme is None or not programme.is_approved or (since == dt.date.min and BudgetBatch.objects.exists()):
        return
    for day, do in sorted(_events(programme), key=lambda event: event[0]):
        if since < day <= (until or clock.today()):
            with clock.rehearse(dt.datetime.combine(day, MORNING)):
                do()


def _events(programme: queries.YearProgramme) -> Iterator[Event]:
    year, purses = programme.year, invented(programme)
    odd = _odd(purses)
    yield dt.date(year, 1, 25), partial(_approved, programme, purses)
    for month in range(1, 13):
        ends = dt.date(year + month // 12, month % 12 + 1, 1)
        yield ends + dt.timedelta(days=8), partial(_spent, programme, purses, month, odd)
    yield dt.date(year, 5, 18), partial(_propose, programme, purses, "AD-01", 0)
    yield dt.date(year, 5, 21), partial(_decide, "AD-01", "")
    yield dt.date(year, 9, 2), partial(_propose, programme, purses, "AD-02", 3)
    yield dt.date(year, 9, 4), partial(_decide, "AD-02", "Falta el oficio del área que cede el dinero. Inventado.")
    yield dt.date(year, 11, 12), partial(_lost_point, programme, odd)
    yield dt.date(year, 11, 17), partial(_propose, programme, purses, "AD-03", 6)


def invented(programme: queries.YearProgramme) -> list[Invented]:
    """The purses of every activity."""
    return [one for activity in programme.activities.values() for one in _of_activity(activity)]


def _of_activity(activity: queries.YearActivity) -> Iterator[Invented]:
    drawn = int(hashlib.sha256(activity.key.encode()).hexdigest()[:8], 16)
    total = 30_000_000 * (1 + (drawn % 7) ** 2) + drawn % 99_991  # cents
    kinds = (STAFF, *(OTHERS[(drawn // 11 + step) % len(OTHERS)] for step in (0, 3, 7)))
    for place, cents in enumerate(shared(total, (55, 20, 15, 10)).parts):
        weights = (1,) * 12 if kinds[place] == STAFF else UNEVEN
        source = OWN if place == 3 and drawn % 5 == 0 else SOURCE
        yield Invented(activity, source, kinds[place], shared(cents, weights).parts, drawn % 11 == 0)


def _odd(purses: list[Invented]) -> Invented:
    """The purse whose payment will lose its decimal point: the smallest that keeps spending and is no salary."""
    likely = [one for one in purses if one.partida != STAFF and not one.stops]
    return min(likely, key=lambda one: (sum(one.months), one.activity.key, one.partida))


def _approved(programme: queries.YearProgramme, purses: list[Invented]) -> None:
    rows = [
        one.row(programme.year, month, "approved", cents, "")
        for one in purses
        for month, cents in enumerate(one.months, 1)
        if cents
    ]
    _import(programme, f"Presupuesto {programme.year} de demostración", rows)


def _import(programme: queries.YearProgramme, document: str, rows: list[EntryRow]) -> None:
    command = ImportBudget(programme.plan_key, programme.year, document, rows, invented=True)
    actions.import_budget(command, by=actor_named("area"))


def _spent(programme: queries.YearProgramme, purses: list[Invented], month: int, odd: Invented) -> None:
    document = f"MOV-{programme.year}-{month:02}"
    rows = [row for one in purses for row in _moved(one, programme.year, month, document, late=one is odd)]
    _import(programme, f"Movimientos de demostración, mes {month}", rows)


def _moved(one: Invented, year: int, month: int, document: str, *, late: bool) -> Iterator[EntryRow]:
    """What a month spends: salaries at once; the rest a part of what there was, paid a month later."""
    told = _amounts(one, month)
    for moment, cents in told.items():
        if cents and not (late and moment == "paid" and month == 10):
            yield one.row(year, month, moment, cents, document)


def _amounts(one: Invented, month: int) -> dict[str, int]:
    if one.stops and month > STOPS:
        return {}
    if one.partida == STAFF:
        return dict.fromkeys(("committed", "accrued", "exercised", "paid"), one.months[month - 1])
    exercised = _exercised(one, month)
    committed = one.months[month - 1] * 92 // 100
    paid = _exercised(one, month - 1) if month > 1 else 0
    return {"committed": committed, "accrued": committed * 95 // 100, "exercised": exercised, "paid": paid}


def _exercised(one: Invented, month: int) -> int:
    return one.months[month - 1] * 92 // 100 * 95 // 100 * 98 // 100


def _lost_point(programme: queries.YearProgramme, odd: Invented) -> None:
    """All that was exercised and not paid, with its point two places to the right."""
    key = (odd.activity.area, odd.activity.key, odd.source, odd.partida)
    balance = queries.balance_of(programme.year, key)
    owed = balance.exercised - balance.paid
    if owed > 0:
        row = odd.row(programme.year, 10, "paid", owed * 100, "PAGO-DEMO-0417")
        actions.record_spending(RecordSpending(programme.plan_key, row, warned=True, invented=True), by=actor_named("area"))


def _propose(programme: queries.YearProgramme, purses: list[Invented], name: str, place: int) -> None:
    """What a purse has for November goes to another one."""
    movable = [one for one in purses if one.partida != STAFF and one.months[10]]
    giver, taker = movable[place], movable[-1 - place]
    cents = giver.months[10]
    reason = "Adecuación inventada: lo que ya no hará falta de una partida pasa a otra que se quedó corta."
    movements = (giver.movement(11, -cents), taker.movement(11, cents))
    command = ProposeAdecuacion(programme.plan_key, programme.year, f"{name}-{programme.year}", reason, movements)
    actions.propose_adecuacion(command, by=actor_named("area"))


def _decide(name: str, answer: str) -> None:
    found = Adecuacion.objects.get(document__startswith=f"{name}-")
    act = actions.refuse_adecuacion if answer else actions.approve_adecuacion
    act(DecideAdecuacion(found.pk, answer), by=actor_named("revision"))
