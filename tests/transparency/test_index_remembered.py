"""Outside a transaction, as the site works: what a process remembers of the index never hides an act."""

import datetime as dt
from typing import Any

from django.test import Client

from calpulli.commons import clock
from calpulli.people.doors import actor_named
from calpulli.planning import actions, inputs
from calpulli.transparency import index
from calpulli_core.formats.captured import Captured

WORD = "Xilofono"
SOME_DAY = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)
NOTHING = "No encontramos nada"


def search() -> str:
    return Client().get("/buscar", {"q": WORD}).content.decode()


def test_the_index_is_asked_for_once_and_made_again_after_an_act(fresh_database: str, django_assert_num_queries: Any) -> None:
    with clock.rehearse(SOME_DAY):
        index.refresh_if_stale()
        assert index.refresh_if_stale() is False
        with django_assert_num_queries(1):  # where the chains stand
            assert index.refresh_if_stale() is False
        actions.open_period(inputs.OpenPeriod("demo-2026", "2031-Q2"), by=actor_named("area"))
        assert index.refresh_if_stale() is True
    with clock.rehearse(SOME_DAY + dt.timedelta(days=1)):
        assert index.refresh_if_stale() is True, "another day, other words"


def test_what_is_published_is_found_by_the_next_search(fresh_database: str) -> None:
    with clock.rehearse(SOME_DAY):
        area, reviewer = actor_named("area"), actor_named("revision")
        edition = actions.open_period(inputs.OpenPeriod("demo-2026", "2031-Q2"), by=area).result
        captured = Captured(updated_on=dt.date(2031, 6, 30), note=f"{WORD} de prueba")
        actions.submit_edition(inputs.CaptureEdition(edition.pk, captured), by=area)
        actions.seal_edition(inputs.SealEdition(edition.pk, dt.date(2031, 7, 9)), by=reviewer)
        assert NOTHING in search() and NOTHING in search()
        actions.publish_edition(inputs.PublishEdition(edition.pk), by=reviewer)
        assert NOTHING not in search()
        assert WORD in Client().get("/registros/demo-2026/2031-Q2").content.decode()
