"""Areas and posts as tables: what the institute's own file says, and nobody's name."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.test import Client

from calpulli.people.models import Appointment
from calpulli.people.offers.datasets import area_rows, post_rows

FILE = Path(__file__).resolve().parents[2] / "institutes" / "demo" / "organisation.toml"


def test_every_area_and_post_of_the_file_is_there(db: None) -> None:
    told = tomllib.loads(FILE.read_text("utf-8"))["area"]
    areas = {row[0]: row for row in area_rows()}
    assert areas.keys() == {one["key"] for one in told}
    words = {"central": "área central", "district": "oficina de distrito", "body": "órgano colegiado"}
    for one in told:
        row = areas[one["key"]]
        assert row[1:4] == (one["name"], words[one["kind"]], one.get("parent"))
        assert (row[4], row[5]) == (one.get("number"), one.get("answers_for", ""))
    posts = {row[0]: row for row in post_rows()}
    wanted = {post["key"]: (one["key"], post["title"], post["public"]) for one in told for post in one.get("post", [])}
    assert {key: (row[1], row[3], row[4]) for key, row in posts.items()} == wanted


def test_nobody_is_named(db: None, client: Client) -> None:
    """The page of an area names who holds a public post; a table that is copied for ever does not."""
    names = [held.account.display_name for held in Appointment.objects.select_related("account")]
    assert len(names) > 3
    for key in ("areas", "puestos"):
        told = client.get(f"/api/v1/conjuntos/{key}/renglones?limite=1000").content.decode()
        assert "secretaria-administrativa" in told
        assert [name for name in names if name in told] == []


def test_the_catalogue_says_who_answers_for_them(db: None, client: Client) -> None:
    page = client.get("/datos/areas").content.decode()
    assert "Organización" in page
    assert "Secretaría Administrativa" in page
