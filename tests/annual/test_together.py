"""Two people at the same moment, each on a connection of their own: one does it, the other is told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import transaction

from calpulli.annual import actions, drafts, inputs, tallies
from calpulli.annual.actions.deliveries import what_is_asked
from calpulli.annual.models import Activity, DeliveryBatch, Later, Report, ReportDraft, Tally
from calpulli.commons import clock, files
from calpulli.commons.act import ACTS, Work
from calpulli.ledger import doors
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from tests.annual.conftest import paper
from tests.apart import apart, wait_for


def run(act: Callable[[], object]) -> str:
    """Runs an act on the connection of its thread; what became of it."""
    try:
        return apart(act)
    except drafts.Newer:
        return "newer"


def together(*acts: Callable[[], object]) -> list[str]:
    """Runs the acts at once; what became of each."""
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


# One of them has begun and not come to its end.


def told() -> Report:
    """The last report that counts of an activity of the demonstration whose deliveries are counted."""
    return Report.objects.filter(counts=True, activity__key="01-01").order_by("-activity__exercise__year", "-quarter")[0]


def delivery(of: Report, units: int) -> inputs.RecordDeliveries:
    """One more, of the last month of that quarter."""
    day = dt.date(of.activity.exercise.year, 3 * of.quarter, 3)
    return inputs.RecordDeliveries((inputs.DeliveryRow(of.activity_id, day, "distrito-02", units, 7),))


def correction(of: Report) -> inputs.CorrectReport:
    said = inputs.SubmitReport(of.activity_id, of.quarter, {}, "demanda", "Se contó de nuevo lo de este trimestre.")
    return inputs.CorrectReport(said, "Faltaba registrar entregas.")


def public_units(of: Report) -> int:
    first = of.activity.exercise.year * 12 + 3 * of.quarter - 3
    return sum(Tally.objects.filter(of=of.activity, month__in=range(first, first + 3)).values_list("units", flat=True))


def test_a_report_counts_the_deliveries_that_were_being_recorded_when_it_was_sent(fresh_database: str) -> None:
    """They began before it and were there before it: report, kept answer and public measures say the same, today and for good."""
    author, before = actor_named("participacion"), told()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.record_deliveries(delivery(before, 5), by=author)
            sending = pool.submit(run, partial(actions.correct_report, correction(before), by=author))
            wait_for(1)
        assert sending.result() == "done"
    sent = Report.objects.get(activity=before.activity, quarter=before.quarter, state="submitted")
    assert sent.done == before.done + 5_000
    actions.approve_report(inputs.DecideReport(sent.pk), by=actor_named("seguimiento"))
    assert public_units(sent) * 1_000 == sent.done
    answer = json.loads(files.read(sent.evidence.get(kind="query").sha256))
    assert sum(month["units"] for month in answer["months"]) * 1_000 == sent.done
    assert not Later.objects.filter(of=sent.activity).exclude(deliveries=0).exists()
    assert tallies.differences() == []


def test_what_waited_for_its_turn_is_dated_after_what_it_waited_for(fresh_database: str) -> None:
    """The order of the instants is that of the chain: by them it is known what a report had counted."""
    author, before = actor_named("participacion"), told()
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            first = actions.record_deliveries(delivery(before, 6), by=author).result
            sending = pool.submit(run, partial(actions.correct_report, correction(before), by=author))
            wait_for(1)
            last = pool.submit(run, partial(actions.record_deliveries, delivery(before, 7), by=author))
            wait_for(2)
        assert [sending.result(), last.result()] == ["done", "done"]
    report, batch = Report.objects.latest("pk"), DeliveryBatch.objects.latest("pk")
    assert first.recorded_at < report.submitted_at < batch.recorded_at
    assert report.done == before.done + 6_000


def test_a_report_and_deliveries_of_its_activity_do_not_wait_for_each_other(fresh_database: str) -> None:
    """The deliveries come first and need the activity to stand; the report, which changes it, comes second: neither is lost."""
    author, before = actor_named("participacion"), told()
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            doors.lock_chain("annual")
            first = pool.submit(run, partial(actions.record_deliveries, delivery(before, 41), by=author))
            wait_for(1)
            second = pool.submit(run, partial(actions.correct_report, correction(before), by=author))
            wait_for(2)
        assert [first.result(), second.result()] == ["done", "done"]
    assert Report.objects.get(activity=before.activity, quarter=before.quarter, state="submitted").done == before.done + 41_000


def test_whoever_writes_of_an_activity_does_not_wait_for_an_act_that_holds_it(fresh_database: str) -> None:
    author, before = str(actor_named("participacion").account), told()
    since = drafts.stands(before.activity_id, before.quarter, author=author)
    keep = partial(drafts.keep, before.activity_id, before.quarter, {"narrative": "A medias"}, author=author, since=since)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        work = Work(by=actor_named("participacion"), at=clock.now(), chain="annual")
        work.lock(Activity, pk=before.activity_id)
        assert pool.submit(run, keep).result(timeout=20) == "done"


def test_every_act_of_the_annual_programme_takes_its_turn_first(db: None) -> None:
    """One that held a row and then waited for the chain could stop, for good, another that holds the chain."""
    found = {name: action.alone for name, action in ACTS.items() if name.startswith("annual.")}
    assert len(found) == 18 and all(found.values()), found
