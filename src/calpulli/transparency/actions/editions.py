"""Publishing an edition of a data set: as it is now, kept whole by hash, with what changed since the one before."""

from __future__ import annotations

from typing import Any

import orjson
from django.utils.translation import gettext as _

from calpulli.commons import files
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.commons.registries.datasets import Dataset

from .. import exports, policies, queries
from ..inputs import PublishDataset
from ..models import DatasetEdition

PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


@act("transparency.dataset_published", policy=policies.publish_dataset)
def publish_dataset(work: Work, command: PublishDataset) -> DatasetEdition:
    """Keeps the next edition; Refused for a data set without editions, and while nothing changed since the last."""
    dataset = _with_editions(command.key)
    work.hold_chain()
    last = next(iter(queries.editions_of(dataset.key)), None)
    rows = list(queries.table_of(dataset))
    contents = {"datos.csv": exports.to_csv(dataset.names, rows), "datos.json": exports.to_json(dataset.names, rows)}
    kept = {name: files.keep(content) for name, content in contents.items()}
    package = exports.data_package(dataset, files={name: (kept[name], len(contents[name])) for name in contents})
    if last and _same(last, kept, package):
        raise Refused(Problem(None, _("«%(title)s» no ha cambiado desde su edición %(number)s.") % _named(dataset, last)))
    changes = _changes(dataset, last, contents["datos.json"]) if last else None
    described = {"described": exports.changed_parts(last.description, package)} if last else {}
    kept["datapackage.json"] = files.keep(orjson.dumps(package, option=PRETTY))
    if changes:
        kept["diferencias.csv"] = files.keep(changes.as_csv())
    edition = DatasetEdition(
        dataset=dataset.key,
        number=last.number + 1 if last else 1,
        published_at=work.at,
        title=str(dataset.title),
        rows=len(rows),
        description=package,
        files=kept,
        differences=(changes.counts if changes else {}) | described,
    )
    work.details.update(dataset=dataset.key, edition=edition.number, rows=len(rows), sha256=kept["datos.csv"], **_digests(kept))
    return work.add(edition)


def _digests(kept: dict[str, str]) -> dict[str, str]:
    """The hash of every file besides the table, for the fact: whoever has any of them finds it there."""
    names = {"datos.json": "json_sha256", "datapackage.json": "description_sha256", "diferencias.csv": "differences_sha256"}
    return {name: kept[file] for file, name in names.items() if file in kept}


def _with_editions(key: str) -> Dataset:
    dataset = queries.dataset_named(key)
    if dataset is None:
        raise Refused(Problem("key", _("No hay un conjunto de datos «%(key)s».") % {"key": key}))
    if not dataset.editions:
        told = _("«%(title)s» no lleva ediciones: solo crece, y cada renglón lleva su huella.") % {"title": dataset.title}
        raise Refused(Problem("key", told))
    return dataset


def _named(dataset: Dataset, last: DatasetEdition) -> dict[str, Any]:
    return {"title": dataset.title, "number": last.number}


def _same(last: DatasetEdition, kept: dict[str, str], package: dict[str, Any]) -> bool:
    """Whether the edition before already says this: the same rows under the same dictionary."""
    return all(last.files[name] == digest for name, digest in kept.items()) and last.description == package


def _changes(dataset: Dataset, last: DatasetEdition, content: bytes) -> exports.Changes:
    old = exports.read_json(files.read(last.files["datos.json"]))
    before = [field["name"] for field in last.description["resources"][0]["schema"]["fields"]]
    return exports.compared(old, exports.read_json(content), keys=dataset.keys, columns=dataset.names, before=before)
