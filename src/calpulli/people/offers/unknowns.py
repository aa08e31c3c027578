"""What is not known of the organisation and of its notice of privacy: posts that nobody holds, bases that nobody confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.personal import PERSONAL
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource

from .. import queries


def _unknowns() -> Iterator[Unknown]:
    for post in queries.posts_without_holder():
        yield Unknown(
            what=post.title,
            mark=Mark.NOBODY,
            url=reverse("area", args=[post.area_id]),
            place=_("Organización: puestos sin persona registrada"),
            owner=post.area.name,
            remedy=_("Que se registre a quien ocupa el puesto."),
        )


def _asking() -> Iterator[Unknown]:
    """That the institute has given no way to be asked, on the page of every area that has none."""
    ways = queries.ways_to_ask(area for found in queries.areas_by_kind().values() for area in found)
    pages = [reverse("area", args=[key]) for key, way in ways.items() if way is None]
    if pages:
        yield Unknown(
            what=_("Cómo preguntar a un área"),
            mark=Mark.NO_DATA,
            url=pages[0],
            place=_("Organización: cómo preguntar"),
            owner=institutes.current().name,
            remedy=_("Que el instituto diga en sus datos por dónde se le pregunta."),
            also=tuple(pages[1:]),
        )


def _bases() -> Iterator[Unknown]:
    """The bases in law that the notice gives without anybody having read them in a legal text."""
    area = queries.find_area(str(institutes.section("privacy").get("area", "")))  # as the notice itself says
    owner = area.name if area else institutes.current().name
    yield _basis(_("El fundamento del aviso"), owner)
    yield _basis(_("Que el nombre de quien firmó actos no se borre"), owner)
    for table in PERSONAL:
        for kept in table.fields.values():
            if not kept.confirmed:
                yield _basis(f"{table.title}: {kept.name}", owner)


def _basis(what: str, owner: str) -> Unknown:
    return Unknown(
        what=what,
        mark=Mark.UNCONFIRMED,
        url=reverse("privacy"),
        place=_("Aviso de privacidad: fundamento de cada dato"),
        owner=owner,
        remedy=_("Que alguien coteje el fundamento con el texto de la ley y lo anote junto al dato."),
    )


UNKNOWNS.add("people.asking", UnknownSource("people.asking", _asking))
UNKNOWNS.add("people.privacy", UnknownSource("people.privacy", _bases))
UNKNOWNS.add("people.posts", UnknownSource("people.posts", _unknowns))
