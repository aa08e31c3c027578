"""The addresses of the API, as those of pages: each view carries the policy of its operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja.operation import PathView

from calpulli.commons.access import public

from ..answers import open_to_all, tag_of, unchanged, with_data_heads
from .operations import API
from .problems import MEDIA_TYPE, not_allowed

PREFIX = "api/v1"
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS | orjson.OPT_APPEND_NEWLINE


@cache
def description() -> bytes:
    """The OpenAPI description, in bytes that are the same for the same API."""
    told = API.get_openapi_schema(path_prefix=f"/{PREFIX}/")
    for operation in (one for found in told["paths"].values() for one in found.values()):
        operation.pop("description", None)  # of the code, for whoever maintains it
        operation["operationId"] = operation["operationId"].rpartition("operations_")[2]
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and "content" in answer:
                answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
    for schema in told["components"]["schemas"].values():
        schema.pop("description", None)
    return orjson.dumps(told, option=OPTIONS)


@public
@require_safe
def api_description(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI description."""
    content = description()
    tag = tag_of(content)
    known = unchanged(request, tag, None)
    return known or with_data_heads(HttpResponse(content, content_type="application/json"), tag, None)


def opened(view: View, operations: list[Any]) -> View:
    """The view of a path, open to pages of other sites, with the policy that its operations share.

    ValueError for an operation without a policy: it must not be served.
    """
    found = {getattr(one.view_func, "policy", None) for one in operations}
    if len(found) != 1 or None in found:
        raise ValueError(f"the operations of {operations[0].path} need one policy")

    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            return open_to_all(not_allowed(METHODS))
        if request.method == "HEAD":
            request.method = "GET"  # the server sends no body for a HEAD
        return open_to_all(view(request, *args, **kwargs))

    answer.policy = found.pop()  # type: ignore[attr-defined]  # as `public` does
    answer.__module__ = operations[0].view_func.__module__
    return csrf_exempt(answer)


def _preflight() -> HttpResponseBase:
    answer = open_to_all(HttpResponse(status=204))
    answer["Allow"] = answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    answer["Access-Control-Max-Age"] = "86400"
    return answer


def path_views() -> dict[str, PathView]:
    """What answers each path, by the name of its address."""
    return {view.url_name or "": view for _, router in API._routers for view in router.path_operations.values()}


def _addresses() -> list[URLPattern]:
    views = path_views()
    found = [one for one in API.urls[0] if isinstance(one, URLPattern) and one.name in views]
    return [_address(one, views[str(one.name)].operations) for one in found]


def _address(found: URLPattern, operations: list[Any]) -> URLPattern:
    return path(f"{PREFIX}/{found.pattern}", opened(found.callback, operations), name=str(found.name))


urlpatterns = [path(f"{PREFIX}/openapi.json", api_description, name="api_description"), *_addresses()]
