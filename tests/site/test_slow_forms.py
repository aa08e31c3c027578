"""Bodies that never end hold threads of the server: not so many that the site stops."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from calpulli.site import serving
from calpulli.site.middleware import receive_forms


class Endless(io.RawIOBase):
    """A body whose sender stops in the middle, until it is let go on."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def read(self, size: int = -1) -> bytes:
        self.asked.set()
        assert self.go_on.wait(20)
        return b""


def form(body: io.RawIOBase | None = None) -> HttpRequest:
    request = RequestFactory().post("/entrar", b"username=ana", content_type="application/x-www-form-urlencoded")
    return WSGIRequest(request.environ | {"wsgi.input": body}) if body else request


@contextmanager
def held(answer: Callable[[HttpRequest], HttpResponse], count: int) -> Iterator[None]:
    """`count` forms whose senders stopped in the middle."""
    bodies = [Endless() for _ in range(count)]
    threads = [threading.Thread(target=answer, args=(form(body),)) for body in bodies]
    for thread, body in zip(threads, bodies, strict=True):
        thread.start()
        assert body.asked.wait(20)
    try:
        yield
    finally:
        for body in bodies:
            body.go_on.set()
        for thread in threads:
            thread.join(20)


def test_one_thread_of_the_server_is_never_given_to_a_form() -> None:
    assert settings.FORMS_AT_ONCE == serving.THREADS - 1
    assert "calpulli.site.middleware.receive_forms" in settings.MIDDLEWARE


def test_while_forms_that_never_end_are_held_pages_are_read_and_one_more_form_is_told_to_wait() -> None:
    answer = receive_forms(lambda request: HttpResponse(request.POST.get("username", "nada")))
    with held(answer, settings.FORMS_AT_ONCE):
        assert answer(RequestFactory().get("/")).content == b"nada"
        refused = answer(form())
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        assert "envíelo otra vez" in refused.content.decode()
    assert answer(form()).content == b"ana", "the places are given back"


def test_a_form_of_whoever_went_away_leaves_its_place() -> None:
    class Gone(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("connection reset")

    answer = receive_forms(lambda request: HttpResponse("x"))
    assert [answer(form(Gone())).status_code for _ in range(settings.FORMS_AT_ONCE + 1)] == [400] * (settings.FORMS_AT_ONCE + 1)


def test_what_a_form_brings_is_whole_for_its_page(db: None) -> None:
    answer = Client().post("/entrar", {"username": "nadie", "password": "no-es-esta-12"})
    assert (answer.status_code, "nadie" in answer.content.decode()) == (422, True)
