"""What every request goes through: its line in the log, and what every answer carries."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from calpulli.ledger import doors as ledger

from . import logs

TOO_LARGE = (
    "Lo que envió es demasiado grande para este sitio (más de {most} MB). No se guardó nada. "
    "Vuelva atrás y envíe un archivo más pequeño.\n"
)
BUSY = "El sitio está recibiendo otros envíos y no tomó el suyo. No se guardó nada. Espere unos segundos y envíelo otra vez.\n"
RETRY_AFTER_S = 5
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ASKS_OWN_SITE = "; connect-src 'self'"


def request_line(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Writes one line for each request. The outermost, so that it also tells what the others answer by themselves."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        logs.write_request(request, response, ms=(time.perf_counter() - began) * 1000)
        return response

    return answer


def refuse_large(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """413 for a body that no form here needs, by what the request says of it, before a byte is kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if told.isascii() and told.isdigit() and int(told) <= settings.LARGEST_BODY:
            return get_response(request)
        message = TOO_LARGE.format(most=settings.LARGEST_BODY // 1024 // 1024)
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")

    return answer


def receive_forms(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Reads what a form brings before anything else is done for it, and never so many at once that nobody is left to answer.

    A body comes as slowly as who sends it wishes, and holds a thread of the server meanwhile: a few that never end would
    stop the site. One thread always stays free of them; the form that would take it is told to come again.
    """
    places = threading.BoundedSemaphore(settings.FORMS_AT_ONCE)

    def answer(request: HttpRequest) -> HttpResponse:
        if request.META.get("CONTENT_LENGTH") in (None, "", "0"):
            return get_response(request)
        if not places.acquire(blocking=False):
            return HttpResponse(
                BUSY, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(RETRY_AFTER_S)}
            )
        try:
            _ = request.POST
        except UnreadablePostError:  # whoever sent it went away
            return HttpResponse(status=400)
        finally:
            places.release()
        return get_response(request)

    return answer


def one_look(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page that only reads asks once where the chains of the ledger stand; what is remembered is remembered by that."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with ledger.one_look():
            return get_response(request)

    return answer


def content_security_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Adds the policy that forbids inline script and style, unless the view set a stricter one of its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        asks = getattr(response, "asks_own_site", False)  # see commons.prose
        response.headers.setdefault("Content-Security-Policy", POLICY + ASKS_OWN_SITE if asks else POLICY)
        return response

    return answer
