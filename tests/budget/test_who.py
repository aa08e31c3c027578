"""Which demonstration account does what with the budget: a table written by hand, and every other pair is refused."""

from __future__ import annotations

import pytest

from calpulli.budget import actions, queries
from calpulli.budget.inputs import DecideAdecuacion, ImportBudget, Movement, ProposeAdecuacion, RecordSpending
from calpulli.commons.act import Actor, Forbidden
from calpulli.people.doors import actor_named
from calpulli.people.models import Account
from tests.budget.conftest import YEAR, row

pytestmark = pytest.mark.django_db
OTHER = {"area": "direccion-educacion", "activity": "A-2"}

# Of the two activities, A-1 is of the Secretaría Administrativa, which answers for the plan, and A-2 of Educación.
MAY: dict[str, set[str]] = {
    "area": {"import", "spend A-1", "spend A-2", "propose"},
    "revision": {"approve", "refuse"},
    "seguimiento": set(),  # reviews the reports of the areas, and not the plan
    "educacion": {"spend A-2"},
    "participacion": set(),
    "organizacion": set(),
    "transparencia": set(),
    "edicion": set(),
    "administracion": set(),
    "distrito": set(),
    "vecina": set(),
    "vecino": set(),
    "sistema": {"import"},
}
ACTS = ("import", "spend A-1", "spend A-2", "propose", "approve", "refuse")


def test_the_table_has_every_account() -> None:
    assert set(Account.objects.values_list("username", flat=True)) | {"sistema"} == set(MAY)


@pytest.fixture
def waiting(programme: queries.YearProgramme, author: Actor) -> int:
    """Money for both activities, and an adecuación that waits."""
    rows = [row(), row(**OTHER), row(partida="1131", cents=1_000)]
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", rows), by=author)
    return actions.propose_adecuacion(proposal(programme, "AD-1"), by=author).result.pk


def proposal(programme: queries.YearProgramme, document: str) -> ProposeAdecuacion:
    purse = row()[1:6]
    movements = (Movement(*purse, 12, -1), Movement(*purse[:-1], "1131", 12, 1))
    return ProposeAdecuacion(programme.plan_key, YEAR, document, "Hace falta.", movements)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", MAY)
def test_each_account_does_its_row_and_no_more(programme: queries.YearProgramme, waiting: int, who: str, act: str) -> None:
    by = Actor.system("orden") if who == "sistema" else actor_named(who)
    plan = programme.plan_key

    def do() -> object:
        match act:
            case "import":
                return actions.import_budget(ImportBudget(plan, YEAR, "OF-2", [row(moment="committed", cents=1)]), by=by)
            case "propose":
                return actions.propose_adecuacion(proposal(programme, "AD-2"), by=by)
            case "approve":
                return actions.approve_adecuacion(DecideAdecuacion(waiting), by=by)
            case "refuse":
                return actions.refuse_adecuacion(DecideAdecuacion(waiting, "No."), by=by)
        spent = row(moment="committed", cents=1, **({} if act == "spend A-1" else OTHER))
        return actions.record_spending(RecordSpending(plan, spent), by=by)

    if act in MAY[who]:
        assert do()
    else:
        with pytest.raises(Forbidden):
            do()
