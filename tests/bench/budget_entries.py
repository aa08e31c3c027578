"""A million entries of the budget: brought in through the act, and summed as the pages do, beside plain PostgreSQL."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from calpulli.site.cluster import OWNER
from tests.bench.ledgers import prepared
from tests.bench.measure import Batch, BrokenMeasure, Figures, Measure, compared, cpu_of, here
from tests.bench.stage import COPIES, Stage

ENTRIES, ROAD = 1_000_000, COPIES[0]
TABLES_OF_YEAR = ("programmes", "matrix", "activities", "shares", "goals")
MOMENTS = ("approved", "committed", "accrued", "exercised", "paid")


@dataclass(frozen=True)
class Year:
    """The year that is measured: its plan, and what purses its entries can be of."""

    plan_key: str
    year: int
    purses: list[tuple[str, str, str, str, str]]


@cache
def _year(stage: Stage) -> Year:
    prepared(stage)
    from calpulli.budget import queries

    told = queries.programme_of(_opened(queries.open_years()[0]))
    if told is None:
        raise BrokenMeasure("la demostración no trae programa anual")
    partidas = sorted(queries.classifier().partidas)
    purses = [
        (one.area, one.programme, one.key, source, partida)
        for one in told.activities.values()
        for source in queries.classifier().sources
        for partida in partidas
    ]
    return Year(told.plan_key, told.year, purses)


def _opened(year: int) -> int:
    """The next year, with the same activities, approved: what is approved first comes without another person."""
    from calpulli.annual import actions, exports, inputs
    from calpulli.annual.models import Exercise
    from calpulli.commons import clock
    from calpulli.commons.registries.bringing import bring
    from calpulli.people.doors import actor_named
    from calpulli_core.formats.annual.reading import Brought
    from calpulli_core.formats.annual.writing import write_xlsx

    file = exports.file_of(exercise := Exercise.objects.get(year=year))
    tables = {name: tuple(replace(row, year=year + 1) for row in getattr(file, name)) for name in TABLES_OF_YEAR}
    made = actions.open_exercise(inputs.OpenExercise(exercise.plan_key, year + 1), by=actor_named("area")).result
    book = Brought("poa.xlsx", write_xlsx(replace(file, year=year + 1, **tables)))
    bring(exports.read([book], plan_key=exercise.plan_key).arrival, by=actor_named("area"), keep=True)
    actions.submit_exercise(inputs.SubmitExercise(made.pk), by=actor_named("area"))
    approval = inputs.ApproveExercise(made.pk, "Acuerdo inventado", clock.today())
    actions.approve_exercise(approval, by=actor_named("revision"))
    return year + 1


def _rows(stage: Stage) -> list[Any]:
    """A few purses have most of the entries; amounts go from cents to millions, with ties; a twentieth is undone."""
    dice, told = random.Random(20_260_101), _year(stage)
    from calpulli.budget.inputs import EntryRow

    found = []
    for place in range(stage.size(ENTRIES)):
        purse = told.purses[min(int(dice.paretovariate(0.5)), len(told.purses)) - 1]
        cents = int(dice.paretovariate(0.6) * 100) % 10**10 + 1
        moment = MOMENTS[dice.randrange(5)]
        document = f"DOC-{place % 977}"
        found.append(EntryRow(told.year, *purse, dice.randrange(1, 13), moment, -cents if place % 20 == 7 else cents, document))
    return found


@cache
def _held(stage: Stage) -> list[Any]:
    return _rows(stage)


@contextmanager
def _after(year: int) -> Iterator[None]:
    """When every month of the year has come."""
    from calpulli.commons import clock

    with clock.rehearse(dt.datetime(year, 12, 31, 18, tzinfo=dt.UTC)):
        yield


@contextmanager
def _undone() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _with_server(stage: Stage, work: Callable[[], object]) -> Batch:
    """CPU of this process and of the database."""
    server, plain = prepared(stage), here(work)

    def batch() -> float:
        before = cpu_of(server)
        return plain() + cpu_of(server) - before

    return batch


def _imported(stage: Stage) -> None:
    from calpulli.budget.actions import import_budget
    from calpulli.budget.inputs import ImportBudget
    from calpulli.commons.act import Actor

    told, rows = _year(stage), _held(stage)
    with _undone(), _after(told.year):
        done = import_budget(ImportBudget(told.plan_key, told.year, "MEDICIÓN", rows), by=Actor.system("medición"))
        if done.result.count != len(rows):
            raise BrokenMeasure("no entraron todas")


PLAIN_TABLE = (
    "CREATE TEMPORARY TABLE plain (year int, area text, programme text, activity text, source text, partida text, month int, "
    "moment text, cents bigint, document text) ON COMMIT DROP"
)


def _copied(stage: Stage) -> None:
    """The same rows to a table without keys, checks, guards, order or digest."""
    from django.db import connection

    with _undone(), connection.cursor() as cursor:
        cursor.execute(PLAIN_TABLE)
        with cursor.copy("COPY plain FROM STDIN") as copy:
            for row in _held(stage):
                copy.write_row(row)


def _import(stage: Stage) -> Figures:
    _held(stage)
    ours, peer = (_with_server(stage, lambda work=work: work(stage)) for work in (_imported, _copied))
    return compared(ours, peer, rounds=stage.rounds(3))


@cache
def _kept(stage: Stage) -> int:
    """The year with its million entries; tells how many there are."""
    prepared(stage)
    from calpulli.budget.actions import import_budget
    from calpulli.budget.inputs import ImportBudget
    from calpulli.budget.models import BudgetEntry
    from calpulli.commons.act import Actor

    told = _year(stage)
    with _after(told.year):
        import_budget(ImportBudget(told.plan_key, told.year, "MEDICIÓN", _held(stage)), by=Actor.system("medición"))
    with stage.installation.connect(role=OWNER, database=ROAD) as connection:
        connection.execute(b"ANALYZE budget_budgetentry")
    return BudgetEntry.objects.count()


def _afresh(name: str, stage: Stage) -> None:
    """What a page reads the first time after an act: nothing is remembered inside a transaction."""
    from django.db import transaction

    from calpulli.budget import queries

    with transaction.atomic():
        if not getattr(queries, name)(_year(stage).year):
            raise BrokenMeasure("no sumó nada")


def _summed_plainly(stage: Stage) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT area, activity, source, partida, moment, sum(cents) FROM budget_budgetentry WHERE year = %s "
            "GROUP BY 1, 2, 3, 4, 5",
            [_year(stage).year],
        )
        cursor.fetchall()


def _sums(stage: Stage) -> Figures:
    _kept(stage)
    ours = _with_server(stage, lambda: _afresh("purses", stage))
    return compared(ours, _with_server(stage, lambda: _summed_plainly(stage)), rounds=stage.rounds(5), scale=1e3)


def _flags(stage: Stage) -> Figures:
    _kept(stage)
    return compared(_with_server(stage, lambda: _afresh("flags", stage)), rounds=stage.rounds(3), scale=1e3)


MEASURES: list[Measure[Stage]] = [
    Measure(
        id="budget.import.1000000",
        what="1,000,000 de movimientos por el acto: revisados, con huella y guardias; el par, COPY a una tabla llana",
        unit="s CPU",
        limit=10.0,
        take=_import,
    ),
    Measure(
        id="budget.sums.1000000",
        what="los saldos de un año de 1,000,000 de movimientos, sin nada recordado; el par, la misma suma en SQL",
        unit="ms CPU",
        limit=2.0,
        take=_sums,
    ),
    Measure(
        id="budget.flags.1000000",
        what="los momentos fuera de orden de ese año, mes por mes y bolsa por bolsa",
        unit="ms CPU",
        limit=6_000.0,
        take=_flags,
    ),
]
