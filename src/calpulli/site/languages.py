"""The same site in English, mounted at `/en`: every address has its English twin, and links lead on in the same language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

SPANISH, ENGLISH = "es-mx", "en"
MOUNT = "/en"


@dataclass(frozen=True)
class Twin:
    """The page that is being read, in the other language."""

    language: str  # as `hreflang` wants it
    label: str  # in its own language
    url: str


def language_of_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What comes at `/en/...` is answered by the view of `/...`, in English; the address itself says the language.

    Neither cookie nor the browser's wish decides: a link says the same to whoever opens it, and a cache may keep it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        mounted = _is_mounted(request.path_info)
        earlier = get_script_prefix()
        if mounted:
            request.path_info = request.path_info.removeprefix(MOUNT) or "/"
            set_script_prefix(earlier.rstrip("/") + MOUNT + "/")
        try:
            with translation.override(ENGLISH if mounted else SPANISH):
                response = get_response(request)
        finally:
            set_script_prefix(earlier)
        response.headers.setdefault("Content-Language", ENGLISH if mounted else "es-MX")
        return response

    return answer


def _is_mounted(path: str) -> bool:
    return path == MOUNT or path.startswith(MOUNT + "/")


def twin_of(request: HttpRequest) -> Twin:
    """The same page in the language that it is not in."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    if _is_mounted(request.path):
        return Twin("es-MX", "Español", request.path_info + query)
    return Twin(ENGLISH, "English", MOUNT + request.path_info + query)
