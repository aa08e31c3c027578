"""Editions of data sets: each one as it was on a day, kept whole under the hashes of its files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from calpulli.ledger.doors import DomainRow, Privacy


class DatasetEdition(DomainRow):
    """A data set as it was published once. It never changes: another content is the next edition."""

    dataset = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    description = models.JSONField(help_text="Dictionary, licence and terms, as they were: a Frictionless data package.")
    # Name of the file -> its SHA-256: datos.csv, datos.json, datapackage.json and, from the second on, diferencias.csv.
    files = models.JSONField()
    # What changed since the edition before: rows added and removed, changed cells by column, columns gone and new.
    differences = models.JSONField(default=dict)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "dataset", "number", "published_at", "title", "rows", "description", "files", "differences"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="transparency_edition_number")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.number}"
