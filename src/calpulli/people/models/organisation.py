"""How the institute is organised: its areas, and the posts in them. Data of the institute, brought by an import."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calpulli.ledger.doors import DomainRow, Privacy


def in_force(on: dt.date) -> Q:
    """What is valid on that day: it began, and its end (the first day without it) has not come."""
    return (Q(since__isnull=True) | Q(since__lte=on)) & (Q(until__isnull=True) | Q(until__gt=on))


class Area(DomainRow):
    """A part of the institute. Its name and kind never change: under another name it is another area."""

    class Kind(models.TextChoices):
        """What sort of part."""

        CENTRAL = "central", _("Área central")
        DISTRICT = "district", _("Oficina de distrito")
        BODY = "body", _("Órgano colegiado")

    key = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    number = models.PositiveSmallIntegerField(null=True, help_text="Of a district.")
    answers_for = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where it is said that the institute has this area.")
    since = models.DateField(null=True)
    until = models.DateField(null=True, help_text="The first day without it.")

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("key", "name", "kind", "parent_id", "number", "answers_for", "source", "since", "until"), Privacy.PUBLIC
    )

    class Meta:
        ordering = ["kind", "number", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def with_all_below(cls, key: str) -> list[str]:
        """The keys of an area and of all that hangs from it."""
        parents = dict(cls.objects.values_list("key", "parent_id"))
        found = [key]
        for one in found:  # grows while it is read: a breadth-first walk
            found += [child for child, parent in parents.items() if parent == one and child not in found]
        return found


class Post(DomainRow):
    """A post in an area; whether the name of who holds it is public is the institute's decision, post by post."""

    key = models.SlugField(primary_key=True, max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=160)
    is_public = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(("key", "area_id", "title", "is_public", "position"), Privacy.PUBLIC)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title
