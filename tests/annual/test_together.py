"""Two people at the same moment, each on a connection of their own: one does it, the other is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections

from calpulli.annual import actions, drafts, inputs, tallies
from calpulli.annual.actions.deliveries import what_is_asked
from calpulli.annual.models import Activity, Report, ReportDraft, Tally
from calpulli.commons import clock
from calpulli.commons.act import Refused
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from tests.annual.conftest import paper


def together(*acts: Callable[[], object]) -> list[str]:
    """Runs the acts at once; what became of each."""

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refused:
            return f"refused: {refused}"
        except drafts.Newer:
            return "newer"
        finally:
            connections["default"].close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def returned() -> Activity:
    """One of the demonstration whose report of the third quarter was sent back."""
    return Report.objects.filter(state="returned", activity__key="01-04").order_by("-pk")[0].activity


def test_of_many_sendings_one_is_a_version_and_of_many_decisions_one_holds(fresh_database: str) -> None:
    author, reviewer, activity = actor_named("participacion"), actor_named("seguimiento"), returned()
    command = inputs.SubmitReport(activity.pk, 3, {7: 0, 8: 1_000, 9: 1_000}, attach=(paper(),))
    found = together(*[partial(actions.submit_report, command, by=author)] * 4)
    assert found.count("done") == 1, found
    assert all("ya está en revisión" in one for one in found if one != "done")
    sent = Report.objects.get(activity=activity, quarter=3, state="submitted")
    approves = [partial(actions.approve_report, inputs.DecideReport(sent.pk), by=reviewer)] * 3
    returns = [partial(actions.return_report, inputs.ReturnReport(sent.pk, "Falta decir en qué sede."), by=reviewer)] * 2
    found = together(*approves, *returns)
    assert found.count("done") == 1, found
    assert all("ya se decidió" in one for one in found if one != "done")
    assert Report.objects.filter(activity=activity, quarter=3, counts=True).count() == found[:3].count("done")
    assert list(ledger.check_ledger([])) == []


def test_of_windows_that_save_at_once_one_keeps(fresh_database: str) -> None:
    author, activity = str(actor_named("participacion").account), returned()
    for _round in range(3):
        since = drafts.stands(activity.pk, 3, author=author)
        saves = [
            partial(drafts.keep, activity.pk, 3, {"narrative": f"Ventana {n}"}, author=author, since=since) for n in range(4)
        ]
        found = together(*saves)
        assert sorted(found) == ["done", "newer", "newer", "newer"]
        kept = ReportDraft.objects.get(activity=activity, quarter=3)
        assert kept.said == {"narrative": f"Ventana {found.index('done')}"}
        assert kept.number == since.number + 1


def test_deliveries_recorded_at_once_all_count_and_a_double_tap_counts_once(fresh_database: str) -> None:
    author, activity = actor_named("participacion"), Activity.objects.get(key="01-01")
    day = dt.date(clock.today().year, 11, 3)

    def units() -> int:
        return sum(Tally.objects.filter(of=activity).values_list("units", flat=True))

    def row(units: int) -> inputs.RecordDeliveries:
        return inputs.RecordDeliveries((inputs.DeliveryRow(activity.pk, day, "distrito-02", units, 7),))

    before = units()
    assert together(*[partial(actions.record_deliveries, row(n), by=author) for n in (1, 2, 3, 4)]) == ["done"] * 4
    assert units() == before + 10
    found = together(*[partial(actions.record_deliveries, row(9), by=author)] * 3)
    assert found.count("done") == 1
    assert all("una entrega igual" in one for one in found if one != "done")
    assert units() == before + 19
    again = inputs.RecordDeliveries(row(9).rows, confirmed=what_is_asked(row(9), by=author))
    actions.record_deliveries(again, by=author)
    assert units() == before + 28
    assert tallies.differences() == []
