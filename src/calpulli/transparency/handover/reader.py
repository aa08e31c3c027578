"""Pages to read the tables without a network, a server or a script: plain HTML, opened from the folder itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from calpulli.commons import clock, institutes
from calpulli.commons.registries.datasets import DATASETS, Dataset, Row

from .. import queries
from ..exports.tables import plain

ROWS = 250
STYLE = Path(__file__).with_name("reader.css")


def write(folder: Path) -> None:
    """`index.html` and the pages of each table."""
    tables = folder / "tablas"
    tables.mkdir()
    shutil.copyfile(STYLE, folder / "lector.css")
    sizes = {dataset.key: _pages(tables, dataset) for dataset in DATASETS}
    context = {
        "root": "",
        "sizes": sizes,
        "datasets": list(DATASETS),
        "editions": {dataset.key: queries.editions_of(dataset.key) for dataset in DATASETS},
        "areas": {dataset.key: queries.responsible_for(dataset) for dataset in DATASETS},
        "licences": {dataset.key: queries.licence_of(dataset) for dataset in DATASETS},
        "kept": sorted(path.relative_to(folder).as_posix() for path in (folder / "archivos").rglob("*.*")),
    }
    _page(folder / "index.html", "transparency/reader.jinja", context)


def _pages(folder: Path, dataset: Dataset) -> int:
    table = queries.table_of(dataset)
    count = len(table)
    last = max(1, -(-count // ROWS))
    for number, rows in enumerate(_parts(table, last), start=1):
        shown = [[plain(value) for value in row] for row in rows]
        context = {
            "dataset": dataset,
            "rows": shown,
            "number": number,
            "last": last,
            "first_row": (number - 1) * ROWS + 1,
            "root": "../",
        }
        _page(folder / f"{dataset.key}-{number}.html", "transparency/reader_table.jinja", context | {"count": count})
    return count


def _parts(table: queries.Table, last: int) -> Iterator[list[Row]]:
    rows = iter(table)
    for _ in range(last):
        yield list(islice(rows, ROWS))


def _page(path: Path, template: str, context: dict[str, Any]) -> None:
    told = {"institute": institutes.current(), "at": clock.now()}
    path.write_text(render_to_string(template, context | told), encoding="utf-8")
