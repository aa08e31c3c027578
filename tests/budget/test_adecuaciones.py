"""An adecuación balances, is decided by another person, and takes nothing that is committed."""

from __future__ import annotations

import pytest

from calpulli.budget import actions, queries
from calpulli.budget.inputs import DecideAdecuacion, ImportBudget, Movement, ProposeAdecuacion
from calpulli.budget.models import Adecuacion, BudgetEntry
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger.doors import check_ledger
from calpulli.people.doors import actor_named
from tests.budget.conftest import YEAR, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def money(programme: queries.YearProgramme, author: Actor) -> None:
    """A purse of 1,000.00 of which 400.00 are committed, and another of 10.00."""
    rows = [row(), row(moment="committed", cents=40_000), row(partida="1131", cents=1_000)]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)


def move(cents: int, **more: object) -> Movement:
    told = row(**more)
    return Movement(told.area, told.programme, told.activity, told.source, told.partida, told.month, cents)


def propose(programme: queries.YearProgramme, *movements: Movement, by: Actor, document: str = "AD-1") -> Adecuacion:
    command = ProposeAdecuacion(programme.plan_key, YEAR, document, "Hace falta.", movements)
    return actions.propose_adecuacion(command, by=by).result


def test_approved_it_changes_both_purses_and_the_year_stays(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    made = propose(programme, move(-30_000), move(30_000, partida="1131"), by=author)
    assert queries.total(queries.purses(YEAR)).change == 0
    assert BudgetEntry.objects.filter(year=YEAR, moment="change").count() == 0
    actions.approve_adecuacion(DecideAdecuacion(made.pk), by=reviewer)
    modified = {one.partida: one.balance.modified for one in queries.purses(YEAR)}
    assert modified == {"2111": 70_000, "1131": 31_000}
    assert queries.total(queries.purses(YEAR)).modified == 101_000
    made.refresh_from_db()
    assert (made.state, made.batch is not None) == ("approved", True)
    assert list(BudgetEntry.objects.filter(moment="change", year=YEAR).values_list("document", flat=True)) == ["AD-1"] * 2
    assert [breach.message for breach in check_ledger([])] == []


@pytest.mark.parametrize("cents", [(-30_000, 29_999), (-30_000,), (30_000, 30_000), ()])
def test_one_that_does_not_balance_is_refused(programme: queries.YearProgramme, author: Actor, cents: tuple[int, ...]) -> None:
    with pytest.raises(Refused):
        propose(
            programme, *(move(one, partida=partida) for one, partida in zip(cents, ("2111", "1131"), strict=False)), by=author
        )
    assert not Adecuacion.objects.filter(year=YEAR).exists()


def test_what_is_committed_is_not_taken(programme: queries.YearProgramme, author: Actor) -> None:
    with pytest.raises(Refused, match=r"le quedarían \$399\.99 y tiene comprometidos \$400\.00"):
        propose(programme, move(-60_001), move(60_001, partida="1131"), by=author)
    assert propose(programme, move(-60_000), move(60_000, partida="1131"), by=author).pk


def test_two_movements_of_one_purse_are_looked_at_together(programme: queries.YearProgramme, author: Actor) -> None:
    with pytest.raises(Refused, match="comprometidos"):
        propose(programme, move(-30_001), move(-30_000, month=2), move(60_001, partida="1131"), by=author)


def test_what_was_committed_after_the_proposal_stops_the_approval(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    made = propose(programme, move(-60_000), move(60_000, partida="1131"), by=author)
    rows = [row(moment="committed", cents=1)]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-2", rows), by=author)
    with pytest.raises(Refused, match="comprometidos"):
        actions.approve_adecuacion(DecideAdecuacion(made.pk), by=reviewer)
    made.refresh_from_db()
    assert made.state == "proposed"


def test_whoever_proposes_does_not_decide_and_a_decision_is_one(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    made = propose(programme, move(-1), move(1, partida="1131"), by=author)
    both = Actor(author.ref, author.roles | {"reviewer"}, author.account, author.scopes | {("reviewer", "*")})
    for act in (actions.approve_adecuacion, actions.refuse_adecuacion):
        with pytest.raises(Forbidden):
            act(DecideAdecuacion(made.pk, "No."), by=author)
        with pytest.raises(Refused, match="otra persona"):
            act(DecideAdecuacion(made.pk, "No."), by=both)
    with pytest.raises(Refused, match="por qué"):
        actions.refuse_adecuacion(DecideAdecuacion(made.pk, "  "), by=reviewer)
    actions.refuse_adecuacion(DecideAdecuacion(made.pk, "Falta un oficio."), by=reviewer)
    for act in (actions.approve_adecuacion, actions.refuse_adecuacion):
        with pytest.raises(Refused, match="ya se decidió"):
            act(DecideAdecuacion(made.pk, "Otra vez."), by=reviewer)
    assert queries.total(queries.purses(YEAR)).change == 0


def test_a_document_is_of_one_adecuacion_unless_it_was_refused(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    made = propose(programme, move(-1), move(1, partida="1131"), by=author)
    with pytest.raises(Refused, match="Ya hay una adecuación"):
        propose(programme, move(-1), move(1, partida="1131"), by=author)
    actions.refuse_adecuacion(DecideAdecuacion(made.pk, "Falta un oficio."), by=reviewer)
    assert propose(programme, move(-1), move(1, partida="1131"), by=author).pk != made.pk


@pytest.mark.parametrize("who", ["educacion", "revision", "administracion", "distrito", "vecina"])
def test_only_whoever_answers_for_the_plan_proposes(programme: queries.YearProgramme, who: str) -> None:
    with pytest.raises(Forbidden):
        propose(programme, move(-1), move(1, partida="1131"), by=actor_named(who))


@pytest.mark.parametrize("who", ["area", "educacion", "administracion", "distrito", "vecina"])
def test_only_whoever_reviews_the_plan_decides(programme: queries.YearProgramme, author: Actor, who: str) -> None:
    made = propose(programme, move(-1), move(1, partida="1131"), by=author)
    with pytest.raises(Forbidden):
        actions.approve_adecuacion(DecideAdecuacion(made.pk), by=actor_named(who))
