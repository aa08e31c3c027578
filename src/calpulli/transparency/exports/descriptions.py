"""What describes data sets for machines: Frictionless data packages, a DCAT catalogue, the dictionary as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.datasets import Column, Dataset, Kind
from calpulli.commons.registries.unknowns import Mark

from .. import queries
from .tables import to_csv

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# https://datapackage.org/standard/table-schema/
TYPES = {Kind.TEXT: "string", Kind.INTEGER: "integer", Kind.BOOLEAN: "boolean", Kind.DATE: "date", Kind.INSTANT: "datetime"}
DICTIONARY = ("columna", "tipo", "significado", "unidad", "ejemplo", "puede_estar_vacia", "distingue_renglones")
Address = Callable[..., str]
UNCONFIRMED = Mark.UNCONFIRMED.value


def dictionary_csv(dataset: Dataset) -> bytes:
    """The dictionary as CSV, a column of the data set a row."""
    return to_csv(DICTIONARY, [_entry(dataset, column) for column in dataset.columns])


def _entry(dataset: Dataset, one: Column) -> tuple[str | bool, ...]:
    told = (one.name, one.kind.value, one.meaning, one.unit, one.example)
    return (*map(str, told), one.optional, one.name in dataset.keys)


def data_package(dataset: Dataset, *, files: dict[str, tuple[str, int]] | None = None) -> dict[str, Any]:
    """The data set as a Frictionless data package; `files` gives digest and bytes of those that it names."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": dataset.key,
        "title": str(dataset.title),
        "description": str(dataset.description),
        "licenses": _licences(dataset),
        "contributors": [{"title": queries.responsible_for(dataset) or institutes.current().name, "roles": ["publisher"]}],
        "keywords": [str(dataset.topic), *map(str, dataset.words)],
        "cadence": str(dataset.cadence),
        "sensitivity": str(dataset.sensitivity),
        "legal": legal_of(dataset),
        "check": {"kind": dataset.check.value, "how": str(dataset.check_note)},
        "resources": [_resource(dataset, name, (files or {}).get(name)) for name in ("datos.csv", "datos.json")],
    }


def legal_of(dataset: Dataset) -> str:
    """The legal ground as files tell it: one that nobody read in a legal text says so."""
    if not dataset.legal or dataset.legal_confirmed:
        return str(dataset.legal)
    return f"{dataset.legal} ({UNCONFIRMED})"


def _licences(dataset: Dataset) -> list[dict[str, str]]:
    title, path = queries.licence_of(dataset), institutes.open_data().licence_url
    return [{"title": title} | ({"path": path} if path and not dataset.licence else {})] if title else []


def _resource(dataset: Dataset, name: str, kept: tuple[str, int] | None) -> dict[str, Any]:
    form = name.rpartition(".")[2]
    told: dict[str, Any] = {
        "name": f"{dataset.key}-{form}",
        "path": name,
        "format": form,
        "mediatype": MEDIA_TYPES[form].partition(";")[0],
        "encoding": "utf-8",
        "schema": _schema(dataset),
    }
    if kept:
        told |= {"hash": f"sha256:{kept[0]}", "bytes": kept[1]}
    if form == "csv":
        told["note"] = _(
            "Un texto que empieza con = + - @, apóstrofo, tabulador o salto de línea lleva un apóstrofo más al principio, "
            "para que ninguna hoja de cálculo lo ejecute: quítelo y tiene el texto."
        )
    return told


def _schema(dataset: Dataset) -> dict[str, Any]:
    return {"fields": [_field(column) for column in dataset.columns], "primaryKey": list(dataset.keys), "missingValues": [""]}


def _field(one: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.name,
        "type": TYPES[one.kind],
        "description": str(one.meaning),
        "example": str(one.example),
    }
    if one.unit:
        told["unit"] = str(one.unit)
    return told | ({} if one.optional else {"constraints": {"required": True}})


def changed_parts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Which parts of a description are not what they were: names of its keys, and `dictionary` for columns that stay."""
    parts = ("title", "description", "licenses", "contributors", "keywords", "cadence", "sensitivity", "legal", "check")
    found = [name for name in parts if before.get(name) != after.get(name)]
    return [*found, "dictionary"] if _dictionary(before, after) != _dictionary(after, before) else found


def _dictionary(package: dict[str, Any], other: dict[str, Any]) -> tuple[list[Any], Any]:
    """What is said of the columns that both have, and by which of them rows are told apart."""
    schema, names = _schema_of(package), {field["name"] for field in _schema_of(other)["fields"]}
    return [field for field in schema["fields"] if field["name"] in names], schema["primaryKey"]


def _schema_of(package: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = package["resources"][0]["schema"]
    return schema


def catalogue(datasets: Iterable[Dataset], *, address: Address) -> dict[str, Any]:
    """Every data set as DCAT in JSON-LD, after the European application profile; `address` makes absolute addresses."""
    institute = institutes.current()
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            # These lead to things, and are not texts.
            "dct:license": {"@type": "@id"},
            "dcat:landingPage": {"@type": "@id"},
            "dcat:downloadURL": {"@type": "@id"},
        },
        "@type": "dcat:Catalog",
        "@id": address("datasets"),
        "dct:title": _("Datos abiertos de %(name)s") % {"name": institute.name},
        "dct:description": institute.notice,
        "dct:language": "es-MX",
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": institute.name},
        "dcat:dataset": [_dcat(dataset, address) for dataset in datasets],
    }


def _dcat(dataset: Dataset, address: Address) -> dict[str, Any]:
    home = address("dataset", key=dataset.key)
    licence = _licence_address(dataset)
    return {
        "@type": "dcat:Dataset",
        "@id": home,
        "dct:identifier": dataset.key,
        "dct:title": str(dataset.title),
        "dct:description": str(dataset.description),
        "dcat:theme": str(dataset.topic),
        "dcat:keyword": list(map(str, dataset.words)),
        "dct:accrualPeriodicity": str(dataset.cadence),
        "dct:accessRights": str(dataset.sensitivity),
        **licence,
        "dct:rights": queries.licence_of(dataset),
        "dcat:landingPage": home,
        "dcat:contactPoint": {"@type": "foaf:Organization", "foaf:name": queries.responsible_for(dataset)},
        "dcat:distribution": [_distribution(dataset, form, address, licence) for form in ("csv", "json")],
    }


def _licence_address(dataset: Dataset) -> dict[str, str]:
    """The address of the terms, if they are those of the institute and it gives one; the terms in words go in `dct:rights`."""
    url = "" if dataset.licence else institutes.open_data().licence_url
    return {"dct:license": url} if url else {}


def _distribution(dataset: Dataset, form: str, address: Address, licence: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": f"{dataset.title} ({form.upper()})",
        "dcat:downloadURL": address("dataset_file", key=dataset.key, form=form),
        "dcat:mediaType": MEDIA_TYPES[form].partition(";")[0],
        **licence,
    }
