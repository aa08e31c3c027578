"""A data set: what it is, what each column means, and the table as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calpulli.commons import files, institutes
from calpulli.commons.access import public
from calpulli.commons.registries.datasets import Dataset, Value

from .. import exports, queries
from ..answers import dataset_or_404, download, open_to_all, tag_of, unchanged, with_data_heads
from ..exports.tables import plain
from .checking import check_of

PREVIEWED, LONGEST_PREVIEW = 5, 160


@public
@require_safe
def dataset_page(request: HttpRequest, key: str) -> HttpResponse:
    """What a data set is, its dictionary, its first rows, its files and its editions."""
    dataset = dataset_or_404(key)
    table, editions = queries.table_of(dataset), queries.editions_of(key)
    newest = editions[0] if editions else None
    context = {
        "dataset": dataset,
        "area": queries.responsible_for(dataset),
        "licence": queries.licence_of(dataset),
        "licence_url": "" if dataset.licence else institutes.open_data().licence_url,
        "size": table.size,
        "most_xlsx_rows": exports.MOST_XLSX_ROWS,
        "preview": [[shown(value) for value in row] for row in islice(table, PREVIEWED)],
        "editions": [(one, queries.sentences(one.differences)) for one in editions],
        "newest": newest,
        "sizes": {name: files.size(digest) for name, digest in newest.files.items()} if newest else {},
        "check": check_of(request, newest) if newest else None,
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "transparency/dataset.jinja", context)


def shown(value: Value) -> str:
    """A value as the preview shows it: a long text is cut, and ends so."""
    text = plain(value)
    return text if len(text) <= LONGEST_PREVIEW else text[:LONGEST_PREVIEW].rstrip() + "…"


@public
@require_safe
def dataset_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The table as it is now, whole; 304 for whoever has it already."""
    dataset = dataset_or_404(key)
    table = queries.table_of(dataset)
    tag = tag_of(table.tag, form)
    known = unchanged(request, tag, table.at)
    if known is not None:
        return known
    answer = download(_content(dataset, table, form), name=f"{key}.{form}", media_type=exports.MEDIA_TYPES[form])
    return with_data_heads(answer, tag, table.at)


def _content(dataset: Dataset, table: queries.Table, form: str) -> bytes | Iterator[bytes]:
    if form == "csv":
        return exports.table_csv(table)
    if form == "json":
        return exports.table_json(table)
    if table.size.count > exports.MOST_XLSX_ROWS:
        raise Http404
    return exports.to_xlsx(dataset.names, table, title=str(dataset.title))


@public
@require_safe
def dictionary_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The dictionary as CSV."""
    content = exports.dictionary_csv(dataset_or_404(key))
    return open_to_all(download(content, name=f"{key}-diccionario.csv", media_type=exports.MEDIA_TYPES["csv"]))


@public
@require_safe
def package_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The description for machines, as a Frictionless data package."""
    dataset = dataset_or_404(key)
    package = exports.data_package(dataset)
    for resource in package["resources"]:
        resource["path"] = request.build_absolute_uri(f"/datos/{key}.{resource['format']}")
    return open_to_all(JsonResponse(package))
