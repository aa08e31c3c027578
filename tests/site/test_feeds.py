"""Every public feed is a feed that readers take (RFC 4287), and tells nothing new while nothing happened."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from calpulli.ledger import doors as ledger

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/datos/ediciones.atom", "/libro/cabeza.atom", "/registros/demo-2026/atom")


def read(client: Client, address: str, **more: str) -> ElementTree.Element:
    answer = client.get(address, **more)  # type: ignore[arg-type]  # heads of the request
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_all_that_the_standard_asks(client: Client, db: None, address: str) -> None:
    feed = read(client, address)
    entries = feed.findall(ATOM + "entry")
    assert entries
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1, name
            assert one.findtext(ATOM + name), name
        assert dt.datetime.fromisoformat(str(one.findtext(ATOM + "updated"))).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Instituto Electoral de Demostración"
    ids = [one.findtext(ATOM + "id") for one in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    own = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    assert [urlsplit(str(link.get("href"))).path for link in own] == [address]
    assert feed.findtext(ATOM + "updated") == max(str(one.findtext(ATOM + "updated")) for one in entries)


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_keeps_its_name_wherever_the_site_is(client: Client, db: None, address: str) -> None:
    """An address that moved, or a question added to it, is the same feed: its followers do not see everything anew."""
    here, there = read(client, address), read(client, f"{address}?de=boletin", HTTP_HOST="127.0.0.1:8000")
    assert here.findtext(ATOM + "id") == there.findtext(ATOM + "id")
    assert str(here.findtext(ATOM + "id")).startswith("urn:")


def test_the_heads_are_of_the_instant_of_their_facts(client: Client, db: None) -> None:
    feed = read(client, "/libro/cabeza.atom")
    told = {one.findtext(ATOM + "title"): str(one.findtext(ATOM + "updated")) for one in feed.findall(ATOM + "entry")}
    for head in ledger.heads():
        fact = ledger.fact_at(head.chain, head.sequence)
        assert fact
        at = dt.datetime.fromisoformat(told[f"{head.chain} {head.sequence}"]).replace(microsecond=0)
        assert at == dt.datetime.fromisoformat(fact["at"])
