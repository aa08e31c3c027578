"""Tells tables of people, an edition at a time."""

from __future__ import annotations

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.commons.registries.people_tables import PEOPLE_TABLES

from .. import policies
from ..inputs import TellPeople
from ..models import Telling, ToldCell
from ..queries.tellings import last_telling, says_the_same, weighed


@act("indicators.people_told", policy=policies.tell_people)
def tell_people(work: Work, command: TellPeople) -> Telling:
    """Keeps the next edition of a table of people for a year, weighed against all the earlier ones.

    Refused when there is nothing to tell yet, or nothing that a reader would see changed.
    """
    work.hold_chain()
    table = PEOPLE_TABLES.get(command.table)
    if table is None:
        raise Refused(Problem("table", f"No hay una tabla de personas «{command.table}»."))
    edition = weighed(table, command.year)
    if edition is None:
        raise Refused(
            Problem("year", f"Aún no hay de {command.year} qué decir: ningún trimestre terminó, o ninguna regla dice el mínimo.")
        )
    if says_the_same(table, command.year, edition):
        raise Refused(Problem("year", f"Nada cambió de lo que ya se dijo de {command.year}."))
    last = last_telling(table.key, command.year)
    telling = Telling(
        table=table.key,
        year=command.year,
        number=last.number + 1 if last else 1,
        floor=edition.floor,
        quarters=edition.quarters,
        told_at=work.at,
    )
    work.details.update(table=table.key, year=command.year, edition=telling.number)
    return work.pour(telling, ToldCell, edition.rows)
