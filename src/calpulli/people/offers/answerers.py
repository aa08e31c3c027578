"""Where the areas that pages name are found."""

from __future__ import annotations

from django.urls import reverse

from calpulli.commons.registries.answerers import DIRECTORIES, Answerer, Directory

from .. import queries


def _find(name: str) -> Answerer | None:
    area = queries.find_named(name) if name else None
    if area is None:
        return None
    url = reverse("area", args=[area.key])
    return Answerer(url, f"{url}#preguntar")


DIRECTORIES.add("people", Directory("people", _find))
