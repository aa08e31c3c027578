"""The road of every write."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from calpulli.commons import clock
from calpulli.commons.act import ACTS, Action, Actor, Forbidden, Problem, Refused, Work, act
from calpulli.ledger import doors as ledger
from calpulli.people.doors import actor_named
from calpulli.planning.models import Period


def may(actor: Actor, /) -> bool:
    return "yes" in actor.roles


YES, NO = Actor("sistema:prueba", frozenset({"yes"})), Actor("sistema:prueba")


@pytest.fixture
def opened() -> Action[str, Period]:
    def body(work: Work, code: str) -> Period:
        if code == "no":
            raise Refused(Problem("code", "No se puede."))
        row = work.add(Period(plan_id="iecm-2023", code=code))
        work.details.update(code=code)
        if code == "boom":
            raise RuntimeError
        return row

    return Action("planning.test_opened", may, body)


def test_an_act_leaves_row_fact_and_receipt(db: None, opened: Action[str, Period]) -> None:
    done = opened("2040-Q1", by=YES)
    (fact,) = ledger.facts_after("planning", done.receipt.sequence - 1)
    assert fact["digest"] == done.receipt.digest
    assert fact["rows"] == [["planning_period", str(done.result.pk), ledger.row_digest(done.result)]]
    assert (fact["details"], fact["actor"]) == ({"code": "2040-Q1"}, "sistema:prueba")


@pytest.mark.parametrize(("code", "by", "error"), [("2040-Q1", NO, Forbidden), ("no", YES, Refused), ("boom", YES, RuntimeError)])
def test_an_act_that_does_not_come_to_its_end_leaves_nothing(
    db: None, opened: Action[str, Period], code: str, by: Actor, error: type[Exception]
) -> None:
    before = ledger.counts()
    with pytest.raises(error):
        opened(code, by=by)
    assert ledger.counts() == before


def refused_at_the_end() -> None:
    """What the end of a transaction asks of the database, asked now."""
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="without a fact"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_write_outside_an_act_fails(db: None) -> None:
    """The database itself refuses it when the transaction ends."""
    with transaction.atomic():
        Period.objects.create(plan_id="iecm-2023", code="2040-Q1")
        refused_at_the_end()
        transaction.set_rollback(True)


def test_a_row_that_an_act_writes_behind_works_back_fails(db: None) -> None:
    def body(work: Work, code: str) -> Period:
        Period.objects.create(plan_id="iecm-2023", code="2040-Q2")
        return work.add(Period(plan_id="iecm-2023", code=code))

    with transaction.atomic():
        Action("planning.test_opened", may, body)("2040-Q1", by=YES)
        refused_at_the_end()
        transaction.set_rollback(True)


def test_a_removed_row_is_in_the_fact(db: None, opened: Action[str, Period]) -> None:
    row = opened("2040-Q1", by=YES).result
    key = str(row.pk)

    def body(work: Work, _: str) -> None:
        work.remove(work.lock(Period, pk=key))

    done = Action("planning.test_closed", may, body)("", by=YES)
    (fact,) = ledger.facts_after("planning", done.receipt.sequence - 1)
    assert fact["rows"] == [["planning_period", key, None]]
    from calpulli.ledger import queries

    assert list(queries.check_ledger([])) == []


def test_two_acts_do_not_share_a_name() -> None:
    import_module("calpulli.planning.actions")
    assert "planning.quarter_sealed" in ACTS
    with pytest.raises(ValueError):
        act("planning.quarter_sealed", policy=may)(lambda work, command: None)


def test_the_clock_is_rehearsed_only_inside_its_block() -> None:
    instant = dt.datetime(2031, 1, 1, 5, 59, tzinfo=dt.UTC)
    with clock.rehearse(instant):
        assert clock.now() == instant
        assert clock.today() == dt.date(2030, 12, 31)
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


MIDNIGHT = dt.datetime(2040, 1, 1, 6, tzinfo=dt.UTC)  # of the institute


@pytest.mark.parametrize(
    ("before", "turn", "dated"),
    [
        (-90, 0.2, -0.1),  # nothing happened while it waited: when it was begun, though its turn came on the next day
        (-60, 40.0, -0.1),  # a long act ended, of which the instant was earlier
        (5, 40.0, 6.0),  # one that was begun later came before it
        (40, 40.5, 40.5),  # in the same second: not before it, and not after now
    ],
)
def test_an_act_that_waits_alone_is_dated_after_what_came_before_it_and_no_later(
    db: None, opened: Action[str, Period], monkeypatch: pytest.MonkeyPatch, before: float, turn: float, dated: float
) -> None:
    """By hand: begun a tenth of a second before midnight; `before`, `turn` and `dated` in seconds after it."""
    with clock.rehearse(MIDNIGHT + dt.timedelta(seconds=before)):
        opened("2040-Q1", by=YES)
    looks = iter([MIDNIGHT - dt.timedelta(milliseconds=100), *[MIDNIGHT + dt.timedelta(seconds=turn)] * 9])
    alone = Action("planning.test_alone", may, lambda work, _: (work.at, clock.now(), clock.today()), alone=True)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "dt", SimpleNamespace(datetime=SimpleNamespace(now=lambda _zone: next(looks)), UTC=dt.UTC))
        at, now, today = alone("", by=YES).result
    assert at == now == MIDNIGHT + dt.timedelta(seconds=dated)
    assert today == (dt.date(2039, 12, 31) if dated < 0 else dt.date(2040, 1, 1))


def test_actors_carry_no_name(db: None) -> None:
    actor = actor_named("area")
    assert actor.ref == f"cuenta:{actor.account}"
    with pytest.raises(LookupError):
        actor_named("nadie")
