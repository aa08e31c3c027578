"""The ledger's pages: every fact can be walked to, of every chain, and says what it is about."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.ledger import doors as ledger
from calpulli.ledger.models import Fact

pytestmark = pytest.mark.usefixtures("db")


def append(name: str) -> ledger.Receipt:
    return ledger.append(chain="planning", name=name, at=clock.now(), actor="x", rows=[], details={})


def numbers(html: str, chain: str) -> list[int]:
    return [int(found) for found in re.findall(rf'href="/libro/{chain}/(\d+)"', html)]


def test_a_chain_is_walked_whole_from_its_newest_fact_to_its_first(client: Client) -> None:
    chain, before = "planning", ledger.head("planning").sequence
    for _ in range(60):
        append("planning.period_opened")
    last = before + 60
    address, met = f"/libro?cadena={chain}", []
    while address:
        html = client.get(address).content.decode()
        met += numbers(html, chain)
        found = re.search(rf'href="(/libro\?cadena={chain}&amp;antes=\d+)#hechos"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert met == list(range(last, 0, -1))


@pytest.mark.parametrize(
    "query",
    ["cadena=nada", "cadena=people&antes=x", "cadena=people&antes=-1", "cadena=people&antes=٣", f"cadena=people&antes={10**30}"],
)
def test_what_is_no_place_in_the_ledger_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/libro?{query}").status_code == 404


def test_before_the_first_there_is_nothing(client: Client) -> None:
    html = client.get("/libro?cadena=people&antes=1").content.decode()
    assert numbers(html, "people") == []
    assert "Cabezas de hoy" in html


def test_the_fact_of_a_data_set_says_which_and_its_hash(client: Client) -> None:
    fact = Fact.objects.filter(name="transparency.dataset_published").order_by("sequence").first()
    assert fact
    html = client.get(f"/libro/transparency/{fact.sequence}").content.decode()
    assert f'href="/datos/{fact.details["dataset"]}/edicion/{fact.details["edition"]}"' in html
    digest = fact.details["sha256"]
    assert "".join(f"<span>{digest[at : at + 4]}</span>" for at in range(0, 64, 4)) in html


def test_facts_are_walked_one_by_one(client: Client) -> None:
    last = ledger.head("planning").sequence
    first, end = (client.get(f"/libro/planning/{number}").content.decode() for number in (1, last))
    assert 'href="/libro/planning/2"' in first
    assert "El hecho anterior" not in first
    assert f'href="/libro/planning/{last - 1}"' in end
    assert "El hecho siguiente" not in end


def test_an_act_of_an_older_version_is_called_by_its_own_name(client: Client) -> None:
    made = append("planning.thing_forgotten")
    html = client.get(f"/libro/planning/{made.sequence}").content.decode()
    assert "planning.thing_forgotten" in html
    assert "no aplica" in html
