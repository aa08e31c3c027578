"""What the institute owns and not everyone may see: its tables with every field but secrets, and its other kept files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.apps import apps
from django.db import models

from calpulli.commons import files
from calpulli.ledger.doors import Privacy

from .. import exports
from . import papers

CHUNK = 2000
HEADINGS = ("tabla", "columna", "clase", "va_en_la_entrega")


def write(folder: Path, *, without: set[str]) -> None:
    """Writes the tables, what each column is, and the kept files that are not in `without`."""
    folder.mkdir()
    (folder / "AVISO.txt").write_text(papers.warning(), encoding="utf-8")
    tables, kept = folder / "tablas", folder / "archivos"
    tables.mkdir()
    for model in owned():
        _table(tables, model)
    (tables / "diccionario.csv").write_bytes(exports.to_csv(HEADINGS, list(_classes())))
    kept.mkdir()
    for digest in files.kept():
        if digest not in without:
            (kept / digest).write_bytes(files.read(digest))


def owned() -> list[type[models.Model]]:
    """Every table of the house, by name; those of the framework (sessions, permissions) hold nothing of the institute."""
    found = [model for model in apps.get_models(include_auto_created=True) if isinstance(getattr(model, "privacy", None), dict)]
    return sorted(found, key=lambda model: model._meta.db_table)


def given(model: type[models.Model]) -> list[str]:
    """The fields of a table that go: all but the secret ones."""
    classes: dict[str, Privacy] = model.privacy  # type: ignore[attr-defined]  # a house test has every table declare it
    return [field.attname for field in model._meta.concrete_fields if classes[field.attname] is not Privacy.SECRET]


def _classes() -> Iterator[tuple[str, str, str, bool]]:
    for model in owned():
        classes: dict[str, Privacy] = model.privacy  # type: ignore[attr-defined]  # as in `given`
        for field in model._meta.concrete_fields:
            name = field.attname
            yield model._meta.db_table, name, str(classes[name].value), classes[name] is not Privacy.SECRET


def _table(folder: Path, model: type[models.Model]) -> None:
    names = given(model)
    rows = model._default_manager.order_by("pk").values_list(*names)
    for form, pieces in (("csv", exports.csv_pieces), ("json", exports.json_pieces)):
        with (folder / f"{model._meta.db_table}.{form}").open("wb") as file:
            file.writelines(pieces(names, (tuple(map(_told, row)) for row in rows.iterator(chunk_size=CHUNK))))


def _told(value: Any) -> Any:
    """A value in the types of an open table: what has no type there goes as its text."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    try:
        orjson.dumps(value)
    except TypeError:
        return str(value)
    return value if value is None or isinstance(value, str | int | bool) or hasattr(value, "isoformat") else str(value)
