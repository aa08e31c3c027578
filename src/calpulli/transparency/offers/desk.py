"""Transparency on the desk: the words that nobody found, for whoever edits the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Task

from .. import policies, queries


def _nothing(*_who: object) -> Iterable[Task]:
    """What the search asks of its editor has no due date and nobody to answer to: it is not a task."""
    return ()


def _no_dates(actor: Actor, since: dt.date, /) -> Iterable[DueDate]:
    return ()


def _deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    """The acts of the editor in words."""
    done = {
        "transparency.synonyms_set": _("Guardó un término del tesauro"),
        "transparency.term_removed": _("Quitó un término del tesauro"),
    }
    if name not in done:
        return None
    term = ", ".join(details.get("terms", ()))
    return Deed(f"{done[name]}: {term}", "", reverse("thesaurus"), _("Ver el tesauro"))


def _panels(actor: Actor) -> Iterator[Panel]:
    if policies.edit_thesaurus(actor):
        count = len(queries.misses())
        told = ngettext("%(num)s palabra que nadie encontró.", "%(num)s palabras que nadie encontró.", count) % {"num": count}
        yield Panel(_("El buscador"), told, (Shortcut(_("Editar el tesauro"), reverse("thesaurus")),))


SOURCES.add("transparency", Source(_nothing, _nothing, _no_dates, _deed, _panels))
