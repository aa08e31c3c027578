"""What budget takes of the files that people bring: the sheet of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import ngettext

from calpulli.commons.act import Actor
from calpulli.commons.registries.bringing import Arrival, Giver, Taken, Taker, give, take
from calpulli_core.formats.annual.rows import BudgetRow, typed_entry
from calpulli_core.formats.annual.tables import BUDGET
from calpulli_core.formats.defects import RecordErrors

from .. import actions
from ..actions.entering import Imported
from ..inputs import EntryRow, ImportBudget
from ..models import BudgetEntry

LONGEST_DOCUMENT = 80
NAMED = 5  # documents


def _take(arrival: Arrival, by: Actor) -> Taken:
    rows = arrival.file.budget or ()
    command = ImportBudget(
        plan_key=arrival.plan_key,
        year=arrival.file.year or 0,
        document=", ".join(source.name for source in arrival.sources)[:LONGEST_DOCUMENT],
        rows=[_entry(row) for row in rows],
        source=arrival.original,
        places=[row.row for row in rows],
    )
    try:
        done = actions.import_budget(command, by=by)
    except RecordErrors as errors:
        raise RecordErrors([replace(one, sheet=BUDGET.sheet) for one in errors.defects]) from errors
    return Taken(tuple(_words(done.result)), done.receipt)


def _words(done: Imported) -> Iterator[str]:
    if done.count:
        words = ngettext("Presupuesto: %(count)s movimiento.", "Presupuesto: %(count)s movimientos.", done.count)
        yield words % {"count": f"{done.count:,}"}
    if done.waiting:
        named = ", ".join(one.document for one in done.waiting[:NAMED]) + ("…" if len(done.waiting) > NAMED else "")
        words = ngettext(
            "Cambios del presupuesto: %(num)s (%(documents)s). Espera a otra persona que lo apruebe; mientras, nada cambia.",
            "Cambios del presupuesto: %(num)s (%(documents)s). Esperan a otra persona que los apruebe; mientras, nada cambia.",
            len(done.waiting),
        )
        yield words % {"num": len(done.waiting), "documents": named}


def _entry(row: BudgetRow) -> EntryRow:
    purse = (row.year, row.area, row.programme, row.activity, row.source, row.partida, row.month)
    return EntryRow(*purse, *row.kept, row.document)


def _given(plan_key: str, year: int) -> tuple[BudgetRow, ...]:
    """Every entry of the year, in the order in which they came, as its file would say it."""
    found = BudgetEntry.objects.filter(year=year, batch__plan_key=plan_key).select_related("batch").order_by("batch", "position")
    return tuple(_row(one) for one in found.iterator())


def _row(one: BudgetEntry) -> BudgetRow:
    moment, amount = typed_entry(one.moment, one.cents)
    purse = (one.area, one.programme, one.activity, one.source, one.partida)
    return BudgetRow(0, one.year, *purse, one.month, moment, one.document or one.batch.document, amount)


give(Giver(BUDGET.key, _given))
take(Taker("budget", 2, frozenset({BUDGET.key}), _take))
