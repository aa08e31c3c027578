"""The areas of the institute and their posts, to be searched: who answers for what, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable

from .. import queries
from ..models import Area


def _documents() -> Iterator[Document]:
    """Every area in force. Names of people stay out: an index is copied, and she may ask to be forgotten."""
    posts = queries.post_titles()
    for area in (area for found in queries.areas_by_kind().values() for area in found):
        body = "\n".join([area.answers_for, *posts.get(area.key, ())])
        kind, url = str(Area.Kind(area.kind).label), reverse("area", args=[area.key])
        yield Document(area.key, kind, area.name, url, body, _("Organización"), Precedence.SURROUNDING)


def _about(key: str) -> Iterator[AnswerFact]:
    view = queries.area_view(key)
    if view is None:
        return
    if view.area.answers_for:
        yield AnswerFact(_("De qué responde"), view.area.answers_for)
    if view.parent:
        yield AnswerFact(_("Depende de"), view.parent.name, reverse("area", args=[view.parent.key]))
    if view.posts:
        yield AnswerFact(_("Puestos"), ", ".join(post.title for post in view.posts))


SEARCHABLES.add(
    "people.area",
    Searchable("people.area", gettext_lazy("Áreas y puestos"), _documents, lambda key: tuple(_about(key))),
)
