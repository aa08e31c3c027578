"""A data set as it was published on a day: its page and its files, which never change."""

from __future__ import annotations

import csv
import io
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from calpulli.commons import files
from calpulli.commons.access import public

from .. import exports, queries
from ..answers import download, unchanged, with_data_heads
from ..exports.tables import uncell
from ..models import DatasetEdition
from .checking import check_of, file_name

SHOWN = 20


@public
@require_safe
def edition_page(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One edition: its digests, how to check them, and what changed in it."""
    edition = _edition(key, number)
    newest = queries.editions_of(key)[0]
    context = {
        "edition": edition,
        "newest": newest,
        "told": queries.sentences(edition.differences),
        "lines": _differences(edition),
        "most": SHOWN,
        "sizes": {name: files.size(digest) for name, digest in edition.files.items()},
        "dataset": queries.dataset_named(key),
        "check": check_of(request, edition),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "transparency/dataset_edition.jinja", context)


def _differences(edition: DatasetEdition) -> list[queries.DifferenceView]:
    """The first differences, as their file tells them."""
    digest = edition.files.get("diferencias.csv")
    if digest is None:
        return []
    lines = csv.reader(io.StringIO(files.read(digest).decode(), newline=""))
    return [queries.DifferenceView(*map(uncell, line)) for line in islice(lines, 1, SHOWN + 1)]


@public
@require_safe
def edition_file(request: HttpRequest, key: str, number: str, file: str) -> HttpResponseBase:
    """The bytes that were kept."""
    edition = _edition(key, number)
    digest = edition.files.get(file)
    if digest is None:
        raise Http404
    tag = quote_etag(digest)
    known = unchanged(request, tag, edition.published_at)
    if known is not None:
        return known
    media_type = exports.MEDIA_TYPES[file.rpartition(".")[2]]
    answer = download(files.read(digest), name=file_name(edition, file), media_type=media_type)
    return with_data_heads(answer, tag, edition.published_at)


def _edition(key: str, number: str) -> DatasetEdition:
    edition = queries.edition_of(key, int(number))
    if edition is None:
        raise Http404
    return edition
