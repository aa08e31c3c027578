"""What is not known of the organisation: the posts that nobody holds on this site."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

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


UNKNOWNS.add("people.posts", UnknownSource("people.posts", _unknowns))
