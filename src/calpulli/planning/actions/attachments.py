"""The files that an author brings with her capture: kept, told in the fact, and gone again while the edition is open."""

from __future__ import annotations

from django.conf import settings

from calpulli.commons import files
from calpulli.commons.act import Problem, Refused, Work

from ..inputs import CaptureEdition, NewAttachment
from ..models import Attachment, Edition
from ..queries.attachments import COLUMNS, FOLDER, Place, address_of, find_kept

MOST_SUPPORTS = 12
TITLES = {Place.POA.value: "Programa Operativo Anual", Place.WORK_PROGRAMME.value: "Programa de Trabajo"}


def take_attachments(work: Work, edition: Edition, command: CaptureEdition) -> None:
    """Does what the command says of files, on a locked open edition whose columns were already set from it.

    A document of a column stays only while the column carries its address. Raises Refused, and then no row is kept.
    """
    present = list(edition.attachments.all())
    for one in present:
        if one.place == Place.SUPPORT and one.pk in command.remove:
            work.remove(one)
    for new in command.attach:
        _attach(work, edition, new)
    for one in edition.attachments.exclude(place=Place.SUPPORT):
        if getattr(edition, COLUMNS[one.place]) != address_of(one.sha256, one.extension):
            work.remove(one)
    problems = [*_too_many(edition), *_leading_nowhere(edition)]
    if problems:
        raise Refused(*problems)


def _attach(work: Work, edition: Edition, new: NewAttachment) -> None:
    """Keeps the bytes, and one row for each edition and place that carries them."""
    received = new.received
    if new.place in COLUMNS:
        setattr(edition, COLUMNS[new.place], address_of(received.sha256, received.extension))
        if edition.attachments.filter(place=new.place, sha256=received.sha256).exists():
            return
        for replaced in edition.attachments.filter(place=new.place):
            work.remove(replaced)
    elif edition.attachments.filter(place=new.place, sha256=received.sha256).exists():
        raise Refused(Problem("support_file", "Ese documento ya está entre los de apoyo: elija otro, o guarde sin él."))
    row = Attachment(
        edition=edition,
        place=new.place,
        title=new.title or TITLES[new.place],
        sha256=files.keep(received.content),
        media_type=received.media_type,
        extension=received.extension,
        size=len(received.content),
    )
    work.add(row)


def _too_many(edition: Edition) -> list[Problem]:
    if edition.attachments.filter(place=Place.SUPPORT).count() <= MOST_SUPPORTS:
        return []
    return [Problem("support_file", f"Un registro lleva hasta {MOST_SUPPORTS} documentos de apoyo: quite alguno primero.")]


def _leading_nowhere(edition: Edition) -> list[Problem]:
    """An address of a kept file that nobody could open would be published for ever."""
    message = "Esa dirección es de un archivo de este sitio que no está publicado: suba el documento aquí mismo."
    return [Problem(field, message) for field in COLUMNS.values() if not _leads(getattr(edition, field), edition)]


def _leads(address: str, edition: Edition) -> bool:
    name = address.removeprefix(settings.SITE_ADDRESS + FOLDER)
    if name == address:
        return True
    sha256, _, extension = name.partition(".")
    kept = find_kept(sha256, extension)
    return kept is not None and (kept.is_public or edition.attachments.filter(sha256=sha256).exists())


def repeat_attachments(work: Work, last: Edition, erratum: Edition) -> None:
    """The files of the edition that is corrected, kept with its erratum too: the same bytes, named once more."""
    for one in last.attachments.all():
        copy = Attachment(edition=erratum, place=one.place, title=one.title, sha256=one.sha256, size=one.size)
        copy.media_type, copy.extension = one.media_type, one.extension
        work.add(copy)


def told(edition: Edition) -> list[list[str]]:
    """Place and hash of each file, for the fact of the seal; each is read whole, so that none is sealed damaged."""
    found = list(edition.attachments.all())
    for one in found:
        files.read(one.sha256)
    return [[one.place, one.sha256] for one in found]


def supports(edition: Edition) -> set[tuple[str, str]]:
    """What supports an edition, to compare it with another."""
    return set(edition.attachments.filter(place=Place.SUPPORT).values_list("sha256", "title"))
