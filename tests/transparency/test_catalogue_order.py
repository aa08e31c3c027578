"""The catalogue begins with what people come for and ends with what checks it."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.test import Client

from calpulli.commons.registries.datasets import DATASETS, Shelf


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_programme_and_its_records_come_first_and_the_ledger_last(prefix: str) -> None:
    page = Client().get(f"{prefix}/datos").content.decode()
    keys = re.findall(r'<a href="(?:/en)?/datos/([a-z0-9-]+)">', page)
    assert sorted(set(keys)) == sorted(keys)
    shelves = {"programas": 0, "foda": 0, "registros": 1, "periodos": 1, "areas": 2, "normas": 2, "hechos": 3, "llaves": 3}
    found = [shelves[key] for key in keys if key in shelves]
    assert found == sorted(found)
    assert len(found) == len(shelves)
    assert DATASETS.get(keys[-1]).shelf is Shelf.CHECKS  # type: ignore[union-attr]


def test_a_topic_is_on_one_shelf() -> None:
    shelves: dict[str, set[Shelf]] = defaultdict(set)
    for dataset in DATASETS:
        shelves[str(dataset.topic)].add(dataset.shelf)
    assert [topic for topic, where in shelves.items() if len(where) > 1] == []
