"""What of a file waits for another person: its adecuaciones, and what it adds to a budget that was approved already."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from calpulli.commons.act import Work
from calpulli_core.formats.defects import Defect, RecordErrors

from .. import queries
from ..inputs import EntryRow, ImportBudget, Movement
from ..models import Adecuacion

Moment = Adecuacion.Moment
Found = dict[str, list[tuple[int, EntryRow]]]  # by document: each row with its place in the file


def waits(programme: queries.YearProgramme) -> frozenset[str]:
    """The moments that one person does not enter alone: what changes the budget, and what is approved once it was."""
    was_approved = queries.has_approved(programme.year)
    return frozenset({Moment.CHANGE.value, Moment.APPROVED.value} if was_approved else {Moment.CHANGE.value})


def wait_for_another(work: Work, command: ImportBudget, moments: frozenset[str], digest: str) -> tuple[Adecuacion, ...]:
    """One proposal for each document. Raises RecordErrors where one is known already, or takes what is committed."""
    found = _by_document(command, moments)
    if defects := [*unfit(command, moments), *_overdrawn(command.year, found)]:
        raise RecordErrors(defects)
    return tuple(work.add(_proposal(work, command, document, told, digest)) for document, told in found.items())


def unfit(command: ImportBudget, moments: frozenset[str]) -> list[Defect]:
    """The documents that no proposal can be of, whatever else is wrong in the file."""
    found = _by_document(command, moments)
    return [*_mixed(found), *_known(command, found)]


def _proposal(work: Work, command: ImportBudget, document: str, told: list[tuple[int, EntryRow]], digest: str) -> Adecuacion:
    return Adecuacion(
        plan_key=command.plan_key,
        year=command.year,
        moment=told[0][1].moment,
        document=document,
        movements=[list(_movement(row)) for _place, row in told],
        proposed_at=work.at,
        source_sha256=digest,
        author_id=work.by.account,
    )


def _movement(row: EntryRow) -> Movement:
    return Movement(row.area, row.programme, row.activity, row.source, row.partida, row.month, row.cents)


def _by_document(command: ImportBudget, moments: frozenset[str]) -> Found:
    found: Found = {}
    for place, row in zip(command.places or range(1, len(command.rows) + 1), command.rows, strict=True):
        if row.moment in moments:
            found.setdefault(row.document or command.document, []).append((place, row))
    return found


def _mixed(found: Found) -> Iterator[Defect]:
    for document, told in found.items():
        if len({row.moment for _place, row in told}) > 1:
            rule = _("El documento «%(document)s» lleva a la vez lo aprobado y una adecuación.") % {"document": document}
            yield _defect(told, document, rule, _("Escriba un documento para cada cosa: se deciden por separado."))


def _known(command: ImportBudget, found: Found) -> Iterator[Defect]:
    for document in queries.known_documents(command.plan_key, command.year, found):
        rule = _("Ya hay una adecuación con el documento «%(document)s».") % {"document": document}
        remedy = _("Quite sus filas si es la misma, o escriba el documento de la nueva.")
        yield _defect(found[document], document, rule, remedy)


def _overdrawn(year: int, found: Found) -> Iterator[Defect]:
    for document, told in found.items():
        for rule in queries.overdrawn(year, tuple(_movement(row) for _place, row in told)):
            yield _defect(told, document, rule, _("Quite menos, o tome el dinero de otra bolsa."))


def _defect(told: list[tuple[int, EntryRow]], document: str, rule: str, remedy: str) -> Defect:
    return Defect(None, told[0][0], _("Documento"), document, rule, remedy)
