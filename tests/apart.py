"""Acts on connections of their own, and how to know that they wait."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection, connections

from calpulli.commons.act import Refused


def apart(act: Callable[[], object]) -> str:
    """Runs an act in a thread, on the connection of that thread; what became of it."""
    try:
        act()
    except Refused as refused:
        return f"refused: {refused}"
    finally:
        connections["default"].close()
    return "done"


def wait_for(many: int) -> None:
    """Until that many other connections wait for a lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _moment in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone() == (many,):
                return
        time.sleep(0.05)
    raise AssertionError(f"{many} should wait, and they do not")
