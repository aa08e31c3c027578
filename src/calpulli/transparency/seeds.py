"""The demo's part of transparency: the first edition of every data set, the thesaurus and the index of the search."""

from __future__ import annotations

from calpulli.commons import institutes
from calpulli.commons.act import Actor

from . import index, queries
from .actions import import_thesaurus
from .inputs import ImportThesaurus, read_thesaurus
from .publishing import publish_changed


def seed_editions() -> None:
    """Publishes every data set that has none, or that changed."""
    publish_changed(by=Actor.system("siembra"))


def seed_search() -> None:
    """Adds the terms of the institute's folder that are not in the thesaurus, and makes the index."""
    known = {row.words for row in queries.thesaurus()}
    file = institutes.folder(institutes.current().slug) / "thesaurus.toml"
    told = read_thesaurus(file.read_text(encoding="utf-8"), file=file.name) if file.exists() else ImportThesaurus(())
    missing = tuple(one for one in told.terms if queries.words_of_term(one.term) not in known)
    if missing:
        import_thesaurus(ImportThesaurus(missing), by=Actor.system("siembra"))
    index.refresh()
