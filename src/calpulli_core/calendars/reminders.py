"""When something that is due is said again: some days before, the last day before, and once when it is late."""

from __future__ import annotations

import datetime as dt

DAYS_BEFORE = (10, 3, 1)
# Whoever was late for longer than this knows it already.
LATE_WITHIN = 30


def stage(due_on: dt.date, today: dt.date) -> str:
    """Which reminder belongs to today: "10", "3", "1", "late", or none. A day that was missed is made up for on the next."""
    left = (due_on - today).days
    if left < 0:
        return "late" if -left <= LATE_WITHIN else ""
    return next((str(days) for days in sorted(DAYS_BEFORE) if left <= days), "")
