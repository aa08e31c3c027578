"""The operations of the API. Each is a function with its policy, like a page."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from ninja import NinjaAPI
from ninja.params.functions import Path, Query

from calpulli.commons.access import public
from calpulli.commons.registries.datasets import DATASETS, Dataset

from .. import queries
from ..answers import dataset_or_404, tag_of, unchanged, with_data_heads
from ..models import DatasetEdition
from . import problems, shapes
from .asking import read_question, written_place

MOST_ROWS = 1000
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
KEY = Path(..., description="Clave del conjunto, como la da la lista.", max_length=60, example="lineas-de-accion")
NUMBER = Path(..., description="Número de la edición, desde 1.", ge=1, le=1_000_000, example=1)
FILTERS = {
    "in": "query",
    "name": "filtros",
    "description": "Igualdad por columna: plan=demo-2026&objetivo=1. Las columnas de cada conjunto están en su diccionario.",
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
}
WRONG = {404: shapes.ProblemOut, 405: shapes.ProblemOut, 422: shapes.ProblemOut}

API = NinjaAPI(
    title="Datos abiertos",
    version="1",
    description="Todo lo público, en renglones. Solo lectura, sin registro. Los errores son application/problem+json.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="datos",
)
problems.install(API)


def answered(request: HttpRequest, content: dict[str, Any]) -> HttpResponseBase:
    """The answer as JSON, with the validator of its own bytes."""
    body = orjson.dumps(content, option=OPTIONS)
    tag = tag_of(body)
    known = unchanged(request, tag, None)
    return known or with_data_heads(HttpResponse(body, content_type="application/json"), tag, None)


@API.get(
    "/conjuntos",
    response={200: shapes.DatasetsOut, **WRONG},
    by_alias=True,
    url_name="api_datasets",
    summary="Los conjuntos de datos",
)
@public
def list_datasets(request: HttpRequest) -> HttpResponseBase:
    """Every data set with its dictionary."""
    return answered(request, {"conjuntos": [told_dataset(request, dataset) for dataset in DATASETS]})


@API.get(
    "/conjuntos/{key}",
    response={200: shapes.DatasetOut, **WRONG},
    by_alias=True,
    url_name="api_dataset",
    summary="Un conjunto y su diccionario",
)
@public
def show_dataset(request: HttpRequest, key: str = KEY) -> HttpResponseBase:
    """One data set with its dictionary."""
    return answered(request, told_dataset(request, dataset_or_404(key)))


def told_dataset(request: HttpRequest, dataset: Dataset) -> dict[str, Any]:
    """A data set as the API tells it."""
    return {
        "clave": dataset.key,
        "titulo": str(dataset.title),
        "tema": str(dataset.topic),
        "descripcion": str(dataset.description),
        "licencia": queries.licence_of(dataset),
        "responde": queries.responsible_for(dataset),
        "cadencia": str(dataset.cadence),
        "sensibilidad": str(dataset.sensitivity),
        "comprobacion": f"{dataset.check.value}. {dataset.check_note}",
        "renglones": queries.table_of(dataset).size.count,
        "lleva_ediciones": dataset.editions,
        "pagina": absolute(request, "dataset", key=dataset.key),
        "columnas": [
            {
                "nombre": one.name,
                "tipo": one.kind.value,
                "significado": str(one.meaning),
                "unidad": str(one.unit),
                "ejemplo": str(one.example),
                "puede_estar_vacia": one.optional,
                "distingue_renglones": one.name in dataset.keys,
            }
            for one in dataset.columns
        ],
    }


@API.get(
    "/conjuntos/{key}/renglones",
    response={200: shapes.RowsOut, **WRONG},
    by_alias=True,
    url_name="api_rows",
    summary="Renglones, por páginas",
    openapi_extra={"parameters": [FILTERS]},
)
@public
def list_rows(
    request: HttpRequest,
    key: str = KEY,
    limit: int = Query(100, alias="limite", ge=1, le=MOST_ROWS, description="Cuántos renglones como máximo."),
    order: str = Query(
        "", alias="orden", max_length=60, description="Columna por la que se ordena; con guion delante, de mayor a menor."
    ),
    after: str = Query("", alias="desde", max_length=2000, description="Dónde quedó la página anterior: lo trae «siguiente»."),
) -> HttpResponseBase:
    """A page of rows, those that the filters leave."""
    dataset = dataset_or_404(key)
    question = read_question(dataset, request.GET, order=order, after=after)
    table = queries.table_of(dataset)
    tag = tag_of(table.tag, request.get_host(), request.META["QUERY_STRING"])
    known = unchanged(request, tag, table.at)
    if known is not None:
        return known
    page = table.page(filters=question.filters, order=question.order, after=question.after, limit=limit)
    following = _following(request, written_place(question.order, page.place)) if page.place else None
    told = (orjson.dumps(key), ",".join(page.lines).encode(), orjson.dumps(following))
    content = b'{"conjunto":%b,"renglones":[%b],"siguiente":%b}' % told
    answer = with_data_heads(HttpResponse(content, content_type="application/json"), tag, table.at)
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer


def _following(request: HttpRequest, place: str) -> str:
    asked = request.GET.copy()
    asked["desde"] = place
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


@API.get(
    "/conjuntos/{key}/ediciones",
    response={200: shapes.EditionsOut, **WRONG},
    by_alias=True,
    url_name="api_editions",
    summary="Sus ediciones",
)
@public
def list_editions(request: HttpRequest, key: str = KEY) -> HttpResponseBase:
    """The editions of a data set, the newest first."""
    found = queries.editions_of(dataset_or_404(key).key)
    return answered(request, {"conjunto": key, "ediciones": [told_edition(request, one) for one in found]})


@API.get(
    "/conjuntos/{key}/ediciones/{number}",
    response={200: shapes.EditionOut, **WRONG},
    by_alias=True,
    url_name="api_edition",
    summary="Una edición, con las huellas de sus archivos",
)
@public
def show_edition(request: HttpRequest, key: str = KEY, number: int = NUMBER) -> HttpResponseBase:
    """One edition with the digests of its files."""
    edition = queries.edition_of(key, number)
    if edition is None:
        raise Http404
    return answered(request, told_edition(request, edition))


def told_edition(request: HttpRequest, edition: DatasetEdition) -> dict[str, Any]:
    """An edition as the API tells it."""
    named = {"key": edition.dataset, "number": edition.number}
    return {
        "numero": edition.number,
        "publicada": edition.published_at,
        "renglones": edition.rows,
        "cambios": queries.sentences(edition.differences),
        "pagina": absolute(request, "dataset_edition", **named),
        "archivos": [
            {"nombre": name, "sha256": digest, "direccion": absolute(request, "dataset_edition_file", **named, file=name)}
            for name, digest in sorted(edition.files.items())
        ],
    }


def absolute(request: HttpRequest, name: str, **kwargs: object) -> str:
    """The whole address of a view."""
    return request.build_absolute_uri(reverse(name, kwargs=kwargs))
