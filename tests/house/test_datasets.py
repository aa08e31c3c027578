"""Every data set says all that whoever takes it must know, and gives nothing that is not public."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from calpulli.commons.registries.datasets import DATASETS, Column, Dataset
from calpulli.ledger.doors import Privacy
from tests.house.sources import ROOT

DEMO = ROOT / "institutes" / "demo" / "institute.toml"


def faults(dataset: Dataset, areas: set[str]) -> Iterator[str]:
    """What a data set does not say, or should not give."""
    for word in ("title", "topic", "description", "cadence", "area", "check_note", "sensitivity"):
        if not str(getattr(dataset, word)).strip():
            yield f"{dataset.key}: no {word}"
    if dataset.area not in areas:
        yield f"{dataset.key}: nobody answers for {dataset.area}"
    for column in dataset.columns:
        yield from (f"{dataset.key}.{column.name}: {fault}" for fault in column_faults(column))


def column_faults(column: Column) -> Iterator[str]:
    if len(str(column.meaning)) < 8 or not str(column.example):
        yield "no meaning or no example"
    if not column.fields and not column.source:
        yield "says not where it comes from"
    for field in column.fields:
        if (privacy := class_of(field)) is not Privacy.PUBLIC:
            yield f"{field} is {privacy}"


def class_of(field: str) -> Privacy:
    """The class of privacy of `package.Model.field`."""
    package, model, name = field.split(".")
    return apps.get_model(package, model).privacy[name]


def test_every_data_set_is_explained_and_public() -> None:
    areas = set(tomllib.loads(DEMO.read_text("utf-8"))["data"]["areas"])
    assert len(DATASETS) >= 9
    assert [fault for dataset in DATASETS for fault in faults(dataset, areas)] == []


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in (ROOT / "institutes").glob("*/institute.toml")))
def test_an_institute_says_the_terms_of_its_data_or_that_nobody_has(folder: str) -> None:
    told = tomllib.loads(Path(ROOT / "institutes" / folder / "institute.toml").read_text("utf-8"))["data"]
    assert set(told) <= {"licence", "licence_url", "areas"}
    assert bool(told["licence"]) == told["licence_url"].startswith("https://")


def repeated(datasets: list[Dataset]) -> list[str]:
    """Data sets whose columns, taken from the same fields, are all in another."""
    told = {one.key: {(column.name, column.fields) for column in one.columns} for one in datasets}
    return [f"{small} in {large}" for small in told for large in told if small != large and told[small] <= told[large]]


def test_no_data_set_is_a_part_of_another() -> None:
    assert repeated(list(DATASETS)) == []


def test_a_part_of_another_is_found() -> None:
    column = Column(name="otra", meaning="Otra cosa", example="x", fields=("planning.Line.text",))
    small = planted()
    large = planted(key="mayor", columns=(*small.columns, column))
    assert repeated([small, large]) == ["plantado in mayor"]
    assert repeated([small, planted(key="ajeno", columns=(column,), keys=("otra",))]) == []


def planted(**changed: object) -> Dataset:
    column = Column(name="nota", meaning="Lo que dijo quien revisa", example="x", fields=("planning.Edition.returned_because",))
    told: dict[str, object] = {
        "key": "plantado", "title": "Plantado", "topic": "Tema", "description": "Algo", "columns": (column,), "keys": ("nota",),
        "chains": ("planning",), "cadence": "", "area": "nadie", "check": "", "check_note": "x", "rows": tuple,
    }  # fmt: skip
    return Dataset(**told | changed)  # type: ignore[arg-type]


def test_what_is_not_public_or_not_told_is_found() -> None:
    assert list(faults(planted(), {"planning"})) == [
        "plantado: no cadence",
        "plantado: nobody answers for nadie",
        "plantado.nota: planning.Edition.returned_because is internal",
    ]
    bare = planted(columns=(Column(name="x", meaning="", example=""),), keys=("x",))
    assert "plantado.x: says not where it comes from" in list(faults(bare, {"nadie"}))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"key": "Con Espacios"}, "a key in lower case"),
        ({"keys": ("otra",)}, "keys among its columns"),
        ({"keys": ()}, "keys among its columns"),
        ({"rows": None}, "rows or a query"),
        ({"query": tuple}, "rows or a query"),
        ({"columns": (Column(name="nota", meaning="m", example="e", optional=True),)}, "keys that are never empty"),
        ({"columns": (Column(name="Año", meaning="m", example="e"),)}, "columns with names of their own"),
    ],
)
def test_a_declaration_that_cannot_work_is_refused_when_it_is_made(changed: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        planted(**changed)
