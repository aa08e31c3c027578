"""What anyone may have: data sets, editions, bundles, the ledger and its keys, the institute's data, pages to read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import orjson
from django.conf import settings

from calpulli.commons import files, institutes
from calpulli.commons.registries.datasets import DATASETS, Dataset
from calpulli.ledger import doors as ledger
from calpulli_core.board import canonical

from .. import exports, queries
from . import reader

PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
SPECIFICATIONS = ("bundle.md", "ledger.md", "record.md")


def write(folder: Path) -> set[str]:
    """Writes all of it; the digests of the kept files that went."""
    for dataset in DATASETS:
        _table(folder / "datos", dataset)
    named = {digest for dataset in DATASETS for digest in _kept(folder, dataset)}
    _ledger(folder / "libro")
    _institute(folder / "instituto")
    _papers(folder)
    reader.write(folder)
    return named


def _table(folder: Path, dataset: Dataset) -> None:
    place = folder / dataset.key
    place.mkdir(parents=True)
    table = queries.table_of(dataset)
    _written(place / "datos.csv", exports.table_csv(table))
    _written(place / "datos.json", exports.table_json(table))
    (place / "diccionario.csv").write_bytes(exports.dictionary_csv(dataset))
    (place / "datapackage.json").write_bytes(orjson.dumps(exports.data_package(dataset), option=PRETTY))


def _written(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def _kept(folder: Path, dataset: Dataset) -> Iterable[str]:
    """Its editions and the files that it names, under their names."""
    for edition in queries.editions_of(dataset.key):
        place = folder / "ediciones" / dataset.key / str(edition.number)
        for name, digest in edition.files.items():
            yield _copied(digest, place / name)
    for kept in dataset.files() if dataset.files else ():
        yield _copied(kept.sha256, folder / "archivos" / dataset.key / kept.name)


def _copied(digest: str, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(files.read(digest))
    return digest


def _ledger(folder: Path) -> None:
    """Every fact in its published form, a line each, as bundles carry it: with it the ledger is computed again."""
    folder.mkdir()
    for chain in ledger.chains():
        _written(folder / f"{chain}.jsonl", (canonical.encode(fact) + b"\n" for fact in ledger.facts_after(chain, 0)))
    heads = {"chains": [head.as_dict() for head in ledger.heads()]}
    (folder / "cabeza.json").write_bytes(orjson.dumps(heads, option=PRETTY))
    (folder / "llaves.json").write_bytes(orjson.dumps({"keys": ledger.signing_keys()}, option=PRETTY))


def _institute(folder: Path) -> None:
    """Names, norms and programmes, as the files that the site reads."""
    plans = {plan.programme.parent for plan in institutes.listed_plans()}
    for source in sorted(plans | {institutes.folder(settings.INSTITUTE).resolve()}):
        shutil.copytree(source, folder / source.name)


def _papers(folder: Path) -> None:
    """The specifications and the page that verifies: they need nothing of ours in motion."""
    (folder / "especificaciones").mkdir()
    for name in SPECIFICATIONS:
        shutil.copyfile(settings.ROOT / "docs" / "spec" / name, folder / "especificaciones" / name)
    shutil.copyfile(settings.VERIFIER_PAGE, folder / "verificador.html")
