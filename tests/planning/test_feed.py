"""The feed of what was published of a programme."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from calpulli.planning.models import Edition

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, address: str = "/registros/iecm-2023/atom") -> ElementTree.Element:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def test_it_lists_what_was_published_under_names_that_do_not_change(client: Client, db: None) -> None:
    edition = Edition.objects.get(period__plan_id="iecm-2023", period__code="2023-Q1")
    feed = entries(client)
    assert {entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")} >= {f"urn:sha256:{edition.manifest_sha256}"}
    again = entries(client)
    assert ElementTree.tostring(feed) == ElementTree.tostring(again)
    other = entries(client, "/registros/demo-2026/atom")
    assert feed.find(f"{ATOM}id").text != other.find(f"{ATOM}id").text


def test_its_addresses_lead_to_what_they_name(client: Client, db: None) -> None:
    entry = next(entries(client).iter(f"{ATOM}entry"))
    links = {link.get("rel"): link for link in entry.iter(f"{ATOM}link")}
    assert client.get(links["alternate"].get("href")).status_code == 200
    bundle = client.get(links["enclosure"].get("href"))
    assert (bundle.status_code, len(bundle.content)) == (200, int(links["enclosure"].get("length")))


@pytest.mark.parametrize("plan", ["otro-2023", "iecm"])
def test_a_plan_that_does_not_exist_has_none(client: Client, db: None, plan: str) -> None:
    assert client.get(f"/registros/{plan}/atom").status_code == 404
