"""The adecuaciones of a file: each document waits for another person, as if somebody had typed it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from calpulli.commons.act import Work
from calpulli_core.formats.defects import Defect, RecordErrors

from .. import queries
from ..inputs import ImportBudget, Movement
from ..models import Adecuacion

Found = dict[str, list[tuple[int, Movement]]]  # by document: each movement with its row


def wait_for_another(work: Work, command: ImportBudget, digest: str) -> tuple[Adecuacion, ...]:
    """One proposal for each document. Raises RecordErrors where one is known already, or takes what is committed."""
    found = _by_document(command)
    if defects := [*_known(command, found), *_overdrawn(command.year, found)]:
        raise RecordErrors(defects)
    return tuple(
        work.add(
            Adecuacion(
                plan_key=command.plan_key,
                year=command.year,
                document=document,
                movements=[list(one) for _place, one in told],
                proposed_at=work.at,
                source_sha256=digest,
                author_id=work.by.account,
            )
        )
        for document, told in found.items()
    )


def _by_document(command: ImportBudget) -> Found:
    found: Found = {}
    for place, row in zip(command.places or range(1, len(command.rows) + 1), command.rows, strict=True):
        if row.moment == "change":
            purse = (row.area, row.programme, row.activity, row.source, row.partida)
            found.setdefault(row.document, []).append((place, Movement(*purse, row.month, row.cents)))
    return found


def _known(command: ImportBudget, found: Found) -> Iterator[Defect]:
    for document in queries.known_documents(command.plan_key, command.year, found):
        rule = _("Ya hay una adecuación con el documento «%(document)s».") % {"document": document}
        remedy = _("Quite sus filas si es la misma, o escriba el documento de la nueva.")
        yield Defect(None, found[document][0][0], _("Documento"), document, rule, remedy)


def _overdrawn(year: int, found: Found) -> Iterator[Defect]:
    for document, told in found.items():
        for rule in queries.overdrawn(year, tuple(one for _place, one in told)):
            remedy = _("Quite menos, o tome el dinero de otra bolsa.")
            yield Defect(None, told[0][0], _("Documento"), document, rule, remedy)
