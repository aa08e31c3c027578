"""A long history in the ledger, written in bulk as the site's role and under its guards. Imported like `writing`.

A few rows have hundreds of facts, most have one or two; several facts share their second; keys have gaps.
"""

from __future__ import annotations

import datetime as dt
import random
from itertools import islice
from typing import Any

from django.db import connection, transaction

from calpulli.ledger import doors as ledger
from calpulli.ledger.models import DomainRow, Fact, FactRow
from calpulli.ledger.queries import instant_text
from calpulli.ledger.states import key_of, row_digest, table_of
from calpulli.planning.models import Edition, Period
from calpulli_core.board.facts import fact_digest
from tests.bench import generated
from tests.bench.writing import HISTORY_PLANS, LAST_DAY, key_of_plan, places

EVERYTHING = """
SELECT f.*, r.position, r."table", r.key, r.digest
FROM ledger_fact f LEFT JOIN ledger_factrow r ON r.fact_id = f.id
ORDER BY f.chain, f.sequence, r.position
"""
GAP = "SELECT nextval(pg_get_serial_sequence('planning_edition', 'id')) FROM generate_series(1, 17)"
Touched = tuple[str, str, DomainRow]


def write_history(*, facts: int, editions: int) -> None:
    """Adds so many facts and editions, in one transaction."""
    dice = random.Random(2026)
    with transaction.atomic():
        _write_facts(_named(facts, _write_rows(editions, dice), dice), dice)


def read_everything() -> None:
    """One query that reads what a check of the chains has to read, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        cursor.fetchall()


def _write_rows(count: int, dice: random.Random) -> list[Edition]:
    """Editions of as many periods, and their periods."""
    made: list[Edition] = []
    unopened = iter(places(HISTORY_PLANS, ("-Q1", "-Q2", "-Q3", "-Q4")))
    while len(made) < count:
        part = [Period(plan_id=key, code=code) for key, code in islice(unopened, min(500, count - len(made)))]
        Period.objects.bulk_create(part)
        made += Edition.objects.bulk_create(Edition(period=period, number=1, note=generated.text(dice)) for period in part)
        with connection.cursor() as cursor:
            cursor.execute(GAP)
    return made


def _named(total: int, editions: list[Edition], dice: random.Random) -> list[list[Touched]]:
    """The rows that each fact names: first each edition with its period, then editions, a few of them again and again."""
    named = [[_touched(edition.period), _touched(edition)] for edition in editions]
    while len(named) < total:
        chosen = {min(int(dice.paretovariate(0.5)), len(editions)) - 1 for _ in range(generated.few(dice))}
        named.append([_touched(editions[number]) for number in sorted(chosen)])
    return named


def _touched(row: DomainRow) -> Touched:
    return table_of(type(row)), key_of(row), row


def _write_facts(named: list[list[Touched]], dice: random.Random) -> None:
    """Facts that name those rows, the last of each row with the state that the row has."""
    states, head = _last_states(named), ledger.head("planning")
    sequence, previous = head.sequence, head.digest
    facts, rows = [], []
    for number, touched in enumerate(named):
        told = [[table, key, states.get((number, table, key)) or generated.digest(dice)] for table, key, _ in touched]
        content = _content(number, sequence := sequence + 1, previous, generated.text(dice))
        previous = fact_digest(content | {"at": instant_text(content["at"]), "rows": told})
        facts.append(Fact(**content, digest=previous))
        rows += [FactRow(fact=facts[-1], position=n, table=t, key=k, digest=d) for n, (t, k, d) in enumerate(told)]
    Fact.objects.bulk_create(facts, batch_size=2_000)
    FactRow.objects.bulk_create(rows, batch_size=2_000)


def _content(number: int, sequence: int, previous: str, reason: str) -> dict[str, Any]:
    return {
        "actor": "sistema:medicion",
        "at": LAST_DAY + dt.timedelta(seconds=number // 3),
        "chain": "planning",
        "details": {"plan": key_of_plan(HISTORY_PLANS[0]), "reason": reason},
        "name": "planning.edition_captured",
        "previous": previous,
        "sequence": sequence,
    }


def _last_states(named: list[list[Touched]]) -> dict[tuple[int, str, str], str]:
    """Digest of each row as the database gives it back, under the number of the last fact that names it."""
    last = {(table, key): (number, row) for number, touched in enumerate(named) for table, key, row in touched}
    fresh = {
        (table_of(model), key_of(row)): row
        for model in {type(row) for _, row in last.values()}
        for row in model._default_manager.iterator()
    }
    return {(number, *place): row_digest(fresh[place]) for place, (number, _) in last.items()}
