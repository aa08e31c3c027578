"""The English twin of every address: the same view, in English, with links that stay in English."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation

from calpulli.commons.act import for_everyone
from calpulli.transparency.index import building
from calpulli.transparency.models import SearchEntry
from calpulli.transparency.queries import tables

SPANISH, ENGLISH = "Objetivos y líneas de acción", "Objectives and lines of action"


def test_a_page_has_its_twin(client: Client, db: None) -> None:
    spanish, english = client.get("/"), client.get("/en/")
    assert (spanish.status_code, english.status_code) == (200, 200)
    assert (spanish["Content-Language"], english["Content-Language"]) == ("es-MX", "en")
    assert SPANISH in spanish.content.decode()
    assert ENGLISH in english.content.decode()
    assert '<html lang="en">' in english.content.decode()


def test_links_of_an_english_page_lead_to_english_pages(client: Client, db: None) -> None:
    page = client.get("/en/programas/demo-2026/linea/1.3").content.decode()
    links = re.findall(r'<a [^>]*href="(/[^"#]*)', page)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("/en/")] == ["/programas/demo-2026/linea/1.3"]  # the way back


@pytest.mark.parametrize(
    ("address", "twin"),
    [
        ("/", "/en/"),
        ("/en", "/"),
        ("/en/", "/"),
        ("/registros", "/en/registros"),
        ("/en/registros", "/registros"),
        ("/programas?izquierda=iecm-2023", "/en/programas?izquierda=iecm-2023"),
        ("/en/programas?izquierda=iecm-2023", "/programas?izquierda=iecm-2023"),
    ],
)
def test_the_way_to_the_other_language(client: Client, db: None, address: str, twin: str) -> None:
    page = client.get(address).content.decode()
    assert f'href="{twin}" hreflang=' in page


def test_what_begins_alike_is_no_twin(client: Client, db: None) -> None:
    assert client.get("/entrar")["Content-Language"] == "es-MX"
    assert client.get("/english").status_code == 404
    assert client.get("/en/en/").status_code == 404


def test_nothing_of_one_request_stays_for_the_next(client: Client, db: None) -> None:
    client.get("/en/no-hay")
    assert (get_script_prefix(), reverse("home")) == ("/", "/")
    assert translation.get_language() == "es-mx"


def test_who_has_no_session_is_asked_to_sign_in_in_english(client: Client, db: None) -> None:
    answer = client.get("/en/mesa")
    assert (answer.status_code, answer["Location"]) == (302, "/en/entrar?next=/en/mesa")


def test_neither_cookie_nor_browser_decides(db: None) -> None:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    assert client.get("/")["Content-Language"] == "es-MX"


def test_what_is_kept_for_everyone_is_in_spanish_whoever_asks_first(client: Client, db: None) -> None:
    tables._held.clear()
    first = client.get("/en/datos/periodos.csv").getvalue()
    tables._held.clear()
    assert client.get("/datos/periodos.csv").getvalue() == first
    assert ",a tiempo," in first.decode()


def test_the_index_is_the_same_whoever_asks_first(client: Client, db: None) -> None:
    building.refresh(whole=True)
    spanish = list(SearchEntry.objects.order_by("key").values_list("title", "body", "url", "name"))
    with translation.override("en"):
        set_script_prefix("/en/")
        try:
            building.refresh(whole=True)
        finally:
            set_script_prefix("/")
    assert list(SearchEntry.objects.order_by("key").values_list("title", "body", "url", "name")) == spanish
    found = client.get("/en/buscar?q=presupuesto").content.decode()
    assert 'href="/en/programas/demo-2026/' in found


def test_an_act_is_told_in_spanish_whoever_does_it(db: None) -> None:
    with translation.override("en"):
        with for_everyone():
            assert (translation.get_language(), reverse("home")) == ("es-mx", "/")
        assert translation.get_language() == "en"
