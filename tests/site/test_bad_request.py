"""Requests that cannot be understood get a page in Spanish, and digits of other scripts name nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.signing import signed_in


def test_another_host_is_told_in_spanish() -> None:
    answer = Client(headers={"host": "otro.example"}).get("/")
    assert answer.status_code == 400
    assert "<h1>La solicitud no se entendió</h1>" in answer.content.decode()


def test_a_form_cut_short_is_told_in_spanish(db: None) -> None:
    answer = Client().generic("POST", "/entrar", b"--x\r\n", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "<h1>La solicitud no se entendió</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/registros/demo-2026/{}", "/registros/demo-2026/2026-Q1/edicion/{}", "/programas/demo-2026/linea/{}.1"],
)
def test_only_our_digits_name_something(address: str) -> None:
    number = "2026" if address.endswith("2026/{}") else "1"
    assert resolve(address.format(number))
    arabic = number.translate(dict(zip(map(ord, "0126"), "٠١٢٦", strict=True)))
    with pytest.raises(Resolver404):
        resolve(address.format(arabic))


@pytest.mark.parametrize(("plan", "period"), [("\x00", "2026-Q1"), ("demo-2026", "\x00"), ("x" * 5_000, "9" * 5_000)])
def test_a_period_that_no_text_can_name_is_refused_in_words(db: None, plan: str, period: str) -> None:
    answer = signed_in("area").post("/mesa/abrir", {"plan": plan, "period": period})
    assert answer.status_code == 409
