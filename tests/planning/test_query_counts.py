"""What a public page asks of the database does not grow with the periods that it lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calpulli.commons import clock
from calpulli.commons.registries.unknowns import UNKNOWNS
from calpulli.norms import queries as norms
from calpulli.planning import queries
from calpulli.planning.models import Plan
from calpulli.planning.offers import unknowns


def on(year: int, month: int = 11) -> dt.datetime:
    """A day of that year on which all its quarters have begun."""
    return dt.datetime(year, month, 23, 18, tzinfo=dt.UTC)


def listed() -> int:
    plan = queries.find_plan()
    assert plan is not None
    return len(queries.calendar_of(plan))


@pytest.fixture
def kept_norms(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a transaction norms are read once a second: here once, however slow the machine is."""
    monkeypatch.setattr(norms, "_HELD", norms._Held())
    monkeypatch.setattr(norms, "FRESH_S", 3600.0)


@pytest.mark.usefixtures("kept_norms")
@pytest.mark.parametrize("address", ["/", "/registros", "/por-confirmar"])
def test_ten_more_years_of_periods_ask_nothing_more(address: str, django_assert_max_num_queries: Any) -> None:
    client = Client()
    with clock.rehearse(on(2027, month=10)):
        assert client.get(address).status_code == 200  # what is read once for the whole process
    with clock.rehearse(on(2027)):  # the first page of its month, like the one that it is compared with
        few = listed()
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
    most = len(asked)
    with clock.rehearse(on(2037, month=10)):
        client.get(address)  # as above: the numbers of a quarter are computed at its first look, and kept
    with clock.rehearse(on(2037)):
        assert listed() == few + 50  # four quarters and the year, ten times
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


@pytest.mark.usefixtures("kept_norms")
def test_who_answers_for_the_unknowns_is_asked_once_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknowns, "trial_of", lambda plan: None)  # the vision counts its evidence, which asks for plans too
    (source,) = (source for source in UNKNOWNS if source.key == "planning.records")
    list(source.unknowns())  # what is read once for the whole process
    with CaptureQueriesContext(connection) as asked:
        found = [one for one in source.unknowns() if "iecm" in one.url]
    assert len(found) > 20, "those of the plan of reference, which another plan's area answers for"
    assert sum(f'FROM "{Plan._meta.db_table}"' in query["sql"] for query in asked) < 5
