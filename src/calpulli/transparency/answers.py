"""What the answers with data have in common: whose copy is still good, and that any page on the web may read them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from calpulli.commons.registries.datasets import Dataset

from . import queries

FRESH_S = 60


def dataset_or_404(key: str) -> Dataset:
    """The data set of that key."""
    dataset = queries.dataset_named(key)
    if dataset is None:
        raise Http404
    return dataset


def tag_of(*parts: object) -> str:
    """A strong validator of what an answer is made of."""
    return quote_etag(hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32])


def unchanged(request: HttpRequest, tag: str, at: dt.datetime | None) -> HttpResponseBase | None:
    """304, when whoever asks has what would be answered; it is told before any row is read."""
    answer = get_conditional_response(request, etag=tag, last_modified=int(at.timestamp()) if at else None)
    return with_data_heads(answer, tag, at) if answer is not None else None


def with_data_heads(answer: HttpResponseBase, tag: str, at: dt.datetime | None) -> HttpResponseBase:
    """The heads of an answer with data: open to every origin, and good for a minute without asking again."""
    answer["ETag"] = tag
    if at:
        answer["Last-Modified"] = http_date(at.timestamp())
    answer["Cache-Control"] = f"public, max-age={FRESH_S}"
    return open_to_all(answer)


def open_to_all(answer: HttpResponseBase) -> HttpResponseBase:
    """Lets pages of other sites read it: it is public, and no cookie has a part in it."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    return answer


def download(content: bytes | Iterable[bytes], *, name: str, media_type: str) -> HttpResponseBase:
    """A file to keep; given in pieces, it is sent as they come."""
    whole = isinstance(content, bytes)
    answer = HttpResponse(content, content_type=media_type) if whole else StreamingHttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
