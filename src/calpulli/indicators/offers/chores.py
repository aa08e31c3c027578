"""What indicators does every so often: tells tables of people when a quarter has closed."""

from __future__ import annotations

import datetime as dt

from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.chores import Chore, offer_chore

from ..actions import tell_people
from ..inputs import TellPeople
from ..queries.tellings import due


def tell_what_is_due() -> int:
    """Tells every table whose turn it is; gives how many said something new."""
    return sum(_told(table, year) for table, year in due())


def _told(table: str, year: int) -> bool:
    try:
        tell_people(TellPeople(table, year), by=Actor.system("tareas"))
    except Refused:  # nothing that a reader would see changed
        return False
    return True


offer_chore(Chore("indicators.people", dt.timedelta(hours=12), tell_what_is_due))
