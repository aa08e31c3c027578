"""What numbers mean: each is explained whole, and no number of a public page stands without its explanation."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from calpulli.commons.registries.meanings import MEANINGS, Check, Counted, Meaning, meaning_of, uncounted
from tests.house.sources import ROOT

# Pages on which numbers stand as numbers.
PAGES = (
    *("/", "/registros", "/programas/demo-2026", "/programas/demo-2026/foda", "/programas/demo-2026/vision", "/libro"),
    "/programas?izquierda=demo-2026&derecha=iecm-2023",
)


def bare(html: str) -> list[str]:
    """Numbers set as numbers (in a part for them, or in a figure) without the way to what they mean."""
    counts = [
        item
        for found in re.findall(r'<ul class="counts">(.*?)</ul>', html, re.S)
        for item in re.findall(r"<li.*?</li>", found, re.S)
    ]
    stats = re.findall(r'<strong class="stat-value">.*?(?=<strong class="stat-value">|$)', html, re.S)
    figures = re.findall(r"<figcaption.*?</figcaption>", html, re.S)
    return [item for item in [*counts, *stats, *figures] if 'class="meaning"' not in item]


@pytest.mark.parametrize("address", PAGES)
def test_no_number_stands_without_its_meaning(client: Client, db: None, address: str) -> None:
    html = client.get(address).content.decode()
    assert 'class="meaning"' in html, "a page of numbers has some"
    assert bare(html) == []


def test_a_bare_number_is_found() -> None:
    assert len(bare('<ul class="counts"><li><strong>5</strong> líneas</li></ul>')) == 1
    assert len(bare('<strong class="stat-value">5</strong> líneas</span>')) == 1
    assert len(bare("<figcaption><h3>Días</h3></figcaption>")) == 1


def test_where_a_number_leads_there_is_its_page(client: Client, db: None) -> None:
    links = {
        link for address in PAGES for link in re.findall(r'class="meaning" href="([^"]+)"', client.get(address).content.decode())
    }
    assert len(links) >= 6
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("meaning", list(MEANINGS), ids=lambda meaning: meaning.key)
def test_a_meaning_is_whole(client: Client, db: None, meaning: object) -> None:
    texts = [getattr(meaning, name) for name in ("name", "counts", "formula", "rows", "proof", "since")]
    assert all(str(text).strip() for text in texts)
    assert all(str(text).endswith(".") for text in (texts[1], texts[2], texts[4], texts[5]))
    page = client.get(f"/que-significa/{meaning.key}").content.decode()  # type: ignore[attr-defined]
    assert meaning.owner() in page  # type: ignore[attr-defined]
    assert client.get(meaning.rows_url()).status_code == 200  # type: ignore[attr-defined]


def test_a_number_is_shown_with_its_programme_and_the_parts_that_add_up_to_it(client: Client, db: None) -> None:
    """Counted in the file of the programme, and in what its page adds."""
    programme = json.loads((ROOT / "institutes" / "demo" / "programme.json").read_text(encoding="utf-8"))
    lines = [len(one["lines"]) for one in programme["objectives"]]
    page = client.get("/que-significa/lineas-de-accion").content.decode()
    mine = page[page.index("<h3>Programa 2026</h3>") :].split("</li>")[0]
    assert f">{sum(lines)}</strong>" in mine
    assert [int(told) for told in re.findall(r"Objetivo \d+: (\d+)</a>", mine)] == lines
    for link in re.findall(r'href="([^"]+)"', mine):
        assert len(re.findall(r'class="line-row"', client.get(link).content.decode())) in lines


@pytest.mark.parametrize("meaning", [one for one in MEANINGS if one.today is not uncounted], ids=lambda one: one.key)
def test_the_rows_of_a_number_are_where_it_says(client: Client, db: None, meaning: Meaning) -> None:
    counted = meaning.today()
    assert counted
    for address, hash_mark, place in (one.url.partition("#") for one in counted):
        page = client.get(address).content.decode()
        assert f'id="{place}"' in page if hash_mark else page, f"{address} has no {place}"
    for one in counted:
        assert not one.parts or str(sum(part.value for part in one.parts)) == one.value


def test_the_list_has_them_all(client: Client, db: None) -> None:
    page = client.get("/que-significa").content.decode()
    assert len(MEANINGS) >= 7
    assert [meaning.key for meaning in MEANINGS if reverse("meaning", kwargs={"key": meaning.key}) not in page] == []


def test_a_number_that_nobody_explains_cannot_be_shown() -> None:
    with pytest.raises(KeyError):
        meaning_of("no-hay")
    page = '{% import "commons/parts.jinja" as parts %}{{ parts.number(1, "x", "no-hay") }}'
    with pytest.raises(KeyError):
        engines["jinja2"].env.from_string(page).render()  # type: ignore[attr-defined]


def test_every_degree_of_checking_has_its_words() -> None:
    page = '{% import "site/pieces.jinja" as pieces %}{{ pieces.check_name(c) }}|{{ pieces.check_words(c) }}'
    template = engines["jinja2"].env.from_string(page)  # type: ignore[attr-defined]
    assert len({template.render(c=check) for check in Check}) == len(Check) == 3


@pytest.mark.parametrize(("value", "in_words", "stands"), [("12345678", False, True), ("Ninguno", True, False)])
def test_a_number_stands_out_and_a_sentence_is_text(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, value: str, in_words: bool, stands: bool
) -> None:
    """However long the one or short the other."""
    told = replace(meaning_of("lineas-de-accion"), today=lambda: (Counted("Programa", value, "/", in_words=in_words),))
    monkeypatch.setattr(MEANINGS, "get", lambda _key: told)
    page = client.get("/que-significa/lineas-de-accion").content.decode()
    assert (f'<strong class="stat-value">{value}</strong>' in page, f"<p>{value}</p>" in page) == (stands, not stands)
