"""Entries come in: a file, whole or not at all, or one from a form. Adecuaciones of a file wait for another person."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from calpulli.commons import clock, files
from calpulli.commons.act import Forbidden, Problem, Refused, Work, act
from calpulli.people.doors import Role
from calpulli_core.budget import Balance, Disorder, disorders, pesos_words
from calpulli_core.formats.defects import RecordErrors

from .. import policies, queries
from ..inputs import EntryRow, ImportBudget, RecordSpending
from ..models import Adecuacion, BudgetBatch, BudgetEntry
from ..queries.words import MOMENTS, disorder_words
from .brought import unfit, wait_for_another, waits

Kind = BudgetBatch.Kind


def the_programme(plan_key: str, year: int) -> queries.YearProgramme:
    """The annual programme that is paid for; Refused where there is none, or where another plan's money is in the year."""
    found = queries.programme_of(year, plan_key)
    if found is None:
        told = {"plan": plan_key, "year": year}
        raise Refused(Problem("year", _("No hay programa anual %(year)s de «%(plan)s». Ábralo primero.") % told))
    other = BudgetBatch.objects.filter(year=year).exclude(plan_key=plan_key).first()
    if other is not None:
        told = {"plan": other.plan_key, "year": year}
        raise Refused(Problem("year", _("El presupuesto %(year)s ya es del programa «%(plan)s».") % told))
    return found


@dataclass(frozen=True)
class Imported:
    """What came of a file: its entries (None if it has adecuaciones alone), and the adecuaciones that wait."""

    batch: BudgetBatch | None
    waiting: tuple[Adecuacion, ...]

    @property
    def count(self) -> int:
        """How many entries are in the budget already."""
        return self.batch.count if self.batch else 0


@act("budget.entries_imported", policy=policies.import_budget)
def import_budget(work: Work, command: ImportBudget) -> Imported:
    """Entries of a year, from a file; its adecuaciones wait for another person, like those that are typed.

    Raises Refused, or RecordErrors with every row that is wrong.
    """
    work.hold_chain()
    programme = the_programme(command.plan_key, command.year)
    if not policies.answers_for(work.by, Role.AUTHOR, programme.scope):
        raise Forbidden(f"{work.by.ref} does not answer for {command.plan_key}")
    _refuse_draft(programme)
    if not command.rows:
        raise Refused(Problem("file", _("El archivo no trae ningún movimiento. Agregue sus filas.")))
    checked = queries.Checked(programme, queries.classifier())
    moments = waits(programme)
    if defects := checked.defects(command.rows, command.places, command.document):
        raise RecordErrors([*defects, *unfit(command, moments)])
    digest = files.keep(command.source) if command.source else ""
    _refuse_twice(command.year, digest)
    entries = [row for row in command.rows if row.moment not in moments]
    batch = _poured(work, command, digest, entries) if entries else None
    waiting = wait_for_another(work, command, moments, digest)
    work.details.update(plan=command.plan_key, year=command.year, document=command.document, kind=str(Kind.IMPORT))
    work.details.update(waiting=len(waiting), **({"source_sha256": digest} if digest else {}))
    return Imported(batch, waiting)


def _refuse_draft(programme: queries.YearProgramme) -> None:
    """Entries are public at once and stay; of a draft nothing is public, and what they pay for may still go away."""
    if not programme.is_approved:
        told = {"year": programme.year}
        remedy = _("El programa anual %(year)s no está aprobado: su presupuesto se trae cuando lo esté.")
        raise Refused(Problem("file", remedy % told))


def _refuse_twice(year: int, digest: str) -> None:
    before = BudgetBatch.objects.filter(year=year, source_sha256=digest).first() if digest else None
    if before is not None:
        told = {"on": f"{clock.day_of(before.recorded_at):%d/%m/%Y}", "document": before.document}
        message = _("Ese archivo ya entró el %(on)s, con el documento «%(document)s». Otra vez lo contaría doble.") % told
        raise Refused(Problem("file", message))


def _poured(work: Work, command: ImportBudget, digest: str, entries: list[EntryRow]) -> BudgetBatch:
    batch = BudgetBatch(
        plan_key=command.plan_key,
        year=command.year,
        kind=Kind.IMPORT,
        document=command.document,
        source_sha256=digest,
        invented=command.invented,
    )
    return pour(work, batch, entries)


def pour(work: Work, batch: BudgetBatch, rows: object) -> BudgetBatch:
    """Keeps a batch with its entries, and tells in the fact what it was."""
    batch.recorded_at, batch.author_id = work.at, work.by.account
    work.pour(batch, BudgetEntry, rows)  # type: ignore[arg-type]  # rows are tuples, named or not
    work.details.update(plan=batch.plan_key, year=batch.year, document=batch.document, kind=str(batch.kind))
    work.details.update(count=batch.count, entries_sha256=batch.entries_sha256)
    if batch.source_sha256:
        work.details["source_sha256"] = batch.source_sha256
    return batch


@act("budget.spending_recorded", policy=policies.record_spending)
def record_spending(work: Work, command: RecordSpending) -> BudgetBatch:
    """One entry of a moment after the approval. Out of order, it is kept only if whoever records it saw that."""
    work.hold_chain()
    row, programme = command.row, the_programme(command.plan_key, command.row.year)
    if not policies.spends_for(work.by, row.area, programme.scope):
        raise Forbidden(f"{work.by.ref} does not spend for {row.area}")
    _refuse_faults(programme, row)
    _refuse_below_zero(row)
    if not command.warned and (found := new_disorders(row)):
        raise Refused(*(Problem("warned", told) for told in found))
    batch = BudgetBatch(
        plan_key=command.plan_key, year=row.year, kind=Kind.SPENDING, document=row.document, invented=command.invented
    )
    return pour(work, batch, [row])


FIELDS = {"Mes": "month", "Momento": "moment", "Importe": "amount", "Documento": "document", "Actividad": "activity"}


def _refuse_faults(programme: queries.YearProgramme, row: EntryRow) -> None:
    problems = [
        Problem(FIELDS.get(one.column or ""), f"{one.rule} {one.remedy}")
        for one in queries.Checked(programme, queries.classifier()).defects([row], [])
    ]
    if row.moment in ("approved", "change"):
        problems.append(Problem("moment", _("Lo aprobado se importa y lo modificado cambia con una adecuación.")))
    if not programme.is_approved:
        message = _("El programa anual %(year)s no está aprobado: todavía no se gasta.") % {"year": row.year}
        problems.append(Problem("year", message))
    if problems:
        raise Refused(*problems)


def _refuse_below_zero(row: EntryRow) -> None:
    """Nobody received, owed or paid less than nothing: what undoes an entry takes at most what there is."""
    balance = queries.balance_of(row.year, (row.area, row.activity, row.source, row.partida))
    left = balance.at(row.moment) + row.cents
    if row.cents < 0 and left < 0:
        told = {"moment": MOMENTS[row.moment], "had": pesos_words(balance.at(row.moment)), "left": pesos_words(left)}
        message = _("%(moment)s quedaría en %(left)s, y en esa bolsa hay %(had)s. Deshaga a lo más lo que hay.") % told
        raise Refused(Problem("amount", message))


def new_disorders(row: EntryRow) -> list[str]:
    """What this entry puts out of order in its purse, in words; nothing that was so before it."""
    key = (row.area, row.activity, row.source, row.partida)
    before = dict(queries.months_of_purse(row.year, key))
    after = before | {row.month: before.get(row.month, Balance()) + Balance.of([(row.moment, row.cents)])}
    known = {(one.lesser, one.greater) for one in disorders(before) if not one.is_settled}
    return [_words(one) for one in disorders(after) if not one.is_settled and (one.lesser, one.greater) not in known]


def _words(one: Disorder) -> str:
    return _("%(said)s Revise el importe, el mes y la partida; si es correcto, márquelo abajo.") % {"said": disorder_words(one)}
