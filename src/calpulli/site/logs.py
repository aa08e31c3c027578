"""What the site writes of what it does: one line of JSON for each thing, and nothing of who asked.

A request's line has its time, method, route by name, status and milliseconds. It has no address of a network, no account,
no session, no query and no path, since paths hold what people asked for. An error's line has a code and the places in the
code that it went through, without the words of the exception, which quote data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CODE_HEADER = "X-Error-Code"
# Any word may come where the method stands; only these are written as they came.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SOURCES = Path(__file__).resolve().parents[2]
requests = logging.getLogger("calpulli.requests")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC, milliseconds), level and logger; then what is told; then the error, if there is one."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": at.replace("+00:00", "Z"), "level": record.levelname.lower(), "logger": record.name}
        error = record.exc_info[1] if record.exc_info else None
        return json.dumps(line | _told(record) | (told_error(error) if error else {}), ensure_ascii=False)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """Our own fields, or the request without its path, or, where no request is spoken of, the message itself."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return asked(request) | {"status": getattr(record, "status_code", None)}
    told = getattr(record, "told", None)
    return told if isinstance(told, dict) else {"message": record.getMessage()}


def asked(request: HttpRequest) -> dict[str, Any]:
    """Method and route of a request; the route is null for an address that leads nowhere."""
    match = request.resolver_match
    static = request.path_info.startswith(f"/{str(settings.STATIC_URL).strip('/')}/")
    route = match.view_name if match else "static" if static else None
    return {"method": request.method if request.method in METHODS else "OTHER", "route": route}


def told_error(error: BaseException) -> dict[str, Any]:
    """Kind, places and code of an error and of what caused it; its words stay out."""
    kinds = [type(one).__name__ for one in _causes(error)]
    places = [place for one in _causes(error) for place in _places(one)]
    return {"error": error_code(error), "kinds": kinds, "traceback": places}


def error_code(error: BaseException) -> str:
    """12 hex of kinds and places: the same fault has the same code, so that it can be counted and asked for."""
    parts = [text for one in _causes(error) for text in (type(one).__name__, *_places(one))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(Path(frame.filename))}:{frame.lineno} {frame.name}" for frame in frames]


def _short(file: Path) -> str:
    """A file as the repository or the library calls it: where things are installed is nobody's concern."""
    if file.is_relative_to(SOURCES):
        return str(file.relative_to(SOURCES))
    parts = file.parts
    return "/".join(parts[parts.index("site-packages") + 1 :]) if "site-packages" in parts else file.name


def write_request(request: HttpRequest, response: HttpResponse, *, ms: float) -> None:
    """The line of one request that was answered."""
    told = asked(request) | {"status": response.status_code, "ms": round(ms, 1)}
    code = response.get(CODE_HEADER)
    requests.info("request", extra={"told": told | ({"error": code} if code else {})})
