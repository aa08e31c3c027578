"""Each rule that holds, to be searched."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons import institutes
from calpulli.commons.registries.searchable import SEARCHABLES, Document, Precedence, Searchable

from .. import queries


def _documents() -> Iterator[Document]:
    own = institutes.current().slug
    for adoption, rules in queries.in_force_now():
        slug = adoption.institute
        for place, rule in enumerate(rules, 1):
            yield Document(
                key=queries.anchor_of(slug, place),
                name=_("Norma"),
                title=queries.name_of(rule.key),
                url=f"{reverse('norms')}#{queries.anchor_of(slug, place)}",
                body=f"{queries.words_of(rule)}. {rule.article}. {rule.source}",
                context=institutes.name_of(slug),
                precedence=Precedence.IN_FORCE if slug == own else Precedence.REFERENCE,
            )


SEARCHABLES.add("norma", Searchable("norma", gettext_lazy("Normas"), _documents))
