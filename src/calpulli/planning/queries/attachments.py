"""Files kept with editions: their public addresses, and who may have them before they are public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from calpulli.ledger.doors import remembered, sequence_of

from ..models import Attachment, Edition

Place = Attachment.Place
CHAIN = "planning"
FOLDER = "/archivos/"
# The column's field of an edition that carries the address of its document.
COLUMNS = {Place.POA.value: "poa_url", Place.WORK_PROGRAMME.value: "work_programme_url"}


@dataclass(frozen=True)
class AttachmentView:
    """A file as pages list it."""

    id: int
    place: str
    where: str
    title: str
    sha256: str
    extension: str
    media_type: str
    size: int
    path: str

    @property
    def file_name(self) -> str:
        """What its address ends in."""
        return f"{self.sha256}.{self.extension}"

    @property
    def supports(self) -> bool:
        """Whether it goes beside the record, and not in one of its columns."""
        return self.place == Place.SUPPORT


@dataclass(frozen=True)
class KeptFile:
    """What an address of a kept file leads to; public once an edition that carries it is published."""

    sha256: str
    media_type: str
    states: frozenset[str]  # of the editions that carry it

    @property
    def is_public(self) -> bool:
        """Whether anyone may have it."""
        return Edition.State.PUBLISHED in self.states


def path_of(sha256: str, extension: str) -> str:
    """Where a kept file is on this site: one place for ever, in whatever language the page is read."""
    return f"{FOLDER}{sha256}.{extension}"


def address_of(sha256: str, extension: str) -> str:
    """The same, whole, as a record carries it (`CALPULLI_ADDRESS`)."""
    return f"{settings.SITE_ADDRESS}{path_of(sha256, extension)}"


def attachments_of(edition: Edition) -> tuple[AttachmentView, ...]:
    """The files of an edition: those of its columns first, then those that support it, as they came."""
    return _in_order(edition.attachments.all())


@remembered(CHAIN)
def attachments_at(edition_id: int) -> tuple[AttachmentView, ...]:
    """The same of the edition of that key, for pages that show it again and again."""
    return _in_order(Attachment.objects.filter(edition_id=edition_id))


def _in_order(found: Iterable[Attachment]) -> tuple[AttachmentView, ...]:
    return tuple(_view(one) for one in sorted(found, key=lambda one: (one.place == Place.SUPPORT, one.place, one.pk)))


def seal_of(edition: Edition) -> int:
    """Where the ledger says that it was sealed, and with which files: the number of the fact in its chain."""
    told = {"plan": edition.period.plan_id, "period": edition.period.code, "edition": edition.number}
    return sequence_of(CHAIN, name="planning.quarter_sealed", details=told)


def _view(one: Attachment) -> AttachmentView:
    where, path = Place(one.place).label, path_of(one.sha256, one.extension)
    return AttachmentView(one.pk, one.place, where, one.title, one.sha256, one.extension, one.media_type, one.size, path)


def find_kept(sha256: str, extension: str) -> KeptFile | None:
    """The file that some edition carries under that hash and that ending."""
    rows = Attachment.objects.filter(sha256=sha256, extension=extension)
    first = rows.first()
    if first is None:
        return None
    return KeptFile(sha256, first.media_type, frozenset(rows.values_list("edition__state", flat=True)))
