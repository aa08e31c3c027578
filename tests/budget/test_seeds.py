"""The demo's invented budget: told through acts, up to the last month that ended, with one point that was lost."""

from __future__ import annotations

import pytest

from calpulli.budget import queries
from calpulli.budget.models import Adecuacion, BudgetBatch, BudgetEntry
from calpulli.ledger.doors import check_ledger


@pytest.mark.django_db
def test_the_year_is_told_and_the_ledger_answers_for_it() -> None:
    year = queries.years()[0]
    total = queries.total(queries.purses(year))
    assert total.approved > total.accrued > total.paid > 0
    assert total.approved == total.modified  # adecuaciones move money and add none
    assert all(batch.invented for batch in BudgetBatch.objects.all())
    assert BudgetEntry.objects.filter(moment="change").count() == 2
    assert list(Adecuacion.objects.values_list("state", flat=True)) == ["approved", "refused", "proposed"]
    assert [breach.message for breach in check_ledger([])] == []


@pytest.mark.django_db
def test_one_payment_lost_its_point_and_that_is_the_only_open_question() -> None:
    (flag,) = [one for one in queries.flags(queries.years()[0]) if not one.disorder.is_settled and one.point]
    assert (flag.disorder.lesser, flag.disorder.greater, flag.point) == ("paid", "exercised", 100)
