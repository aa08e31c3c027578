"""What budget takes of the files that people bring: the sheet of its entries."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from calpulli.commons.act import Actor
from calpulli.commons.registries.bringing import Arrival, Taken, Taker, take
from calpulli_core.formats.annual.rows import BudgetRow
from calpulli_core.formats.annual.tables import BUDGET
from calpulli_core.formats.defects import RecordErrors

from .. import actions
from ..inputs import EntryRow, ImportBudget

LONGEST_DOCUMENT = 80


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
    return Taken((_("Presupuesto: %(count)s movimientos.") % {"count": f"{len(rows):,}"},), done.receipt)


def _entry(row: BudgetRow) -> EntryRow:
    purse = (row.year, row.area, row.programme, row.activity, row.source, row.partida, row.month)
    return EntryRow(*purse, *row.kept, row.document)


take(Taker("budget", 2, frozenset({BUDGET.key}), _take))
