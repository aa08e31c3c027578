"""What facts of the annual programme may have changed of its measures, so that the rest needs not be read again."""

from __future__ import annotations

from collections.abc import Iterable

from calpulli.commons.registries.measures import Change, Touched

from ..models import Delivery, Report, Share

BATCHES, REPORTS = "annual_deliverybatch", "annual_report"
# Of what deliveries are asked by: what an activity is, which lines it serves, and of which exercise.
PLANS = frozenset({"annual_activity", "annual_exercise", "annual_programme", "annual_share"})
MOST = 500  # months and places; of more, everything is read again


def of_plans(touched: Touched) -> Iterable[Change] | None:
    """Of activities, goals and reports: nothing that deliveries alone do."""
    return () if touched.keys() <= {BATCHES} else None


def of_deliveries(touched: Touched) -> Iterable[Change] | None:
    """Of deliveries: the months, activities and districts of the batches that came or were withdrawn.

    A report that begins to count tells what waited for it, of any district.
    """
    if touched.keys() & PLANS or _settled(touched):
        return None
    of = ("month", "district", "activity_id", "activity__key", "activity__area", "activity__programme__key")
    rows = Delivery.objects.filter(batch_id__in=map(int, touched.get(BATCHES, ()))).order_by().values_list(*of).distinct()
    found = list(rows[: MOST + 1])
    lines = _lines({row[2] for row in found})
    return None if len(found) > MOST else [_change(lines[row[2]], *row) for row in found]


def _settled(touched: Touched) -> bool:
    reports = Report.objects.filter(pk__in=map(int, touched.get(REPORTS, ())), counts=True, activity__counted=True)
    return REPORTS in touched and reports.exists()


def _change(lines: frozenset[str], month: int, district: str, _of: int, activity: str, area: str, programme: str) -> Change:
    one = {"district": district, "activity": activity, "area": area, "programme": programme}
    return Change(month, {"line": lines} | {name: frozenset({value}) for name, value in one.items()})


def _lines(activities: set[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {activity: set() for activity in activities}
    for activity, line in Share.objects.filter(activity_id__in=activities).values_list("activity_id", "line"):
        found[activity].add(line)
    return {activity: frozenset(lines) for activity, lines in found.items()}
