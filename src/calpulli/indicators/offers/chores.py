"""What indicators does every so often: tells tables of people when a quarter has closed, and keeps what numbers came to."""

from __future__ import annotations

import datetime as dt

from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.chores import Chore, offer_chore
from calpulli_core.indicators.moments import Grain

from ..actions import compute_indicators, tell_people
from ..inputs import Compute, TellPeople
from ..queries.kept import last_batch
from ..queries.sheets import sheets_in_force
from ..queries.standing import needs_computing
from ..queries.tellings import due
from ..queries.values import recent

KEPT_UP = 8  # quarters, with the running one: late data of older ones is computed by whoever operates


def tell_what_is_due() -> int:
    """Tells every table whose turn it is; gives how many said something new."""
    return sum(_told(table, year) for table, year in due())


def _told(table: str, year: int) -> bool:
    try:
        tell_people(TellPeople(table, year), by=Actor.system("tareas"))
    except Refused:  # nothing that a reader would see changed
        return False
    return True


def keep_computations() -> int:
    """Computes the last quarters again where anything moved since they were; gives how many values say something new."""
    quarters = tuple(str(one) for one in recent(Grain.QUARTER, KEPT_UP))
    last = last_batch()
    if not sheets_in_force() or (last and set(quarters) <= set(last.periods) and not needs_computing(last)):
        return 0
    return compute_indicators(Compute(quarters), by=Actor.system("tareas")).result.count


offer_chore(Chore("indicators.people", dt.timedelta(hours=12), tell_what_is_due))
offer_chore(Chore("indicators.computations", dt.timedelta(hours=1), keep_computations))
