"""Who answers leads to somebody: areas that pages name have a link, and a way to be asked that the institute gives."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from calpulli.commons import institutes
from calpulli.commons.institutes.asking import faults_of
from calpulli.commons.registries.answerers import answerer_named, answerers_named
from calpulli.people import queries
from calpulli.people.models import Area
from calpulli.people.offers.unknowns import _asking
from tests.house.sources import ROOT

UNIT, OTHER = "unidad-transparencia", "secretaria-administrativa"


def asking(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> None:
    """As if the institute's data said that."""
    before = institutes.section
    monkeypatch.setattr(institutes, "section", lambda name: told if name == "asking" else before(name))


def way(key: str) -> queries.Way | None:
    return queries.way_to_ask(Area.objects.get(pk=key))


def test_an_area_is_asked_where_it_says_or_through_another(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, {"through": UNIT, "areas": {UNIT: {"mail": "a@x.example"}, "distrito-01": {"phone": "1"}}})
    mine, district, through = way(UNIT), way("distrito-01"), way(OTHER)
    assert mine and (mine.mail, mine.phone, mine.through) == ("a@x.example", "", None)
    assert district and (district.mail, district.phone, district.through) == ("", "1", None)
    assert through and through.mail == "a@x.example"
    assert through.through and through.through.key == UNIT


@pytest.mark.parametrize(
    "told", [{}, {"through": "no-hay"}, {"through": UNIT}, {"through": UNIT, "areas": {"otra": {"mail": "x"}}}]
)
def test_without_a_way_it_is_said_and_listed(db: None, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> None:
    asking(monkeypatch, told)
    assert way(OTHER) is None
    page = Client().get(f"/organigrama/{OTHER}").content.decode()
    assert "no ha dado a este sitio una manera de preguntarle" in page
    (listed,) = _asking()
    assert f"/organigrama/{OTHER}" in (listed.url, *listed.also)


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        ({}, []),
        ({"through": "a", "areas": {"a": {"mail": "a@x.example"}}}, []),
        ({"through": "a"}, ["through es «a»"]),
        ({"areas": {"a": {"note": "Solo una nota"}}}, ["areas.a: no dice por dónde"]),
        ({"areas": {"a": {"phone": "1", "fax": "2"}}}, ["areas.a: no hay un dato «fax»"]),
        (
            {"areas": {"a": {"mail": "a x.example"}}, "trough": "a"},
            ["no hay un ajuste «trough»", "areas.a: mail es «a x.example»"],
        ),
    ],
)
def test_data_that_send_nobody_anywhere_are_told_all_at_once(told: dict[str, Any], faults: list[str]) -> None:
    found = list(faults_of(told))
    assert len(found) == len(faults)
    assert all(fault.startswith(words) for fault, words in zip(found, faults, strict=True)), found


def test_the_demo_gives_a_way_that_says_that_it_is_invented(db: None) -> None:
    assert list(_asking()) == []
    for key in (UNIT, OTHER, "distrito-33", "consejo-general"):
        page = Client().get(f"/organigrama/{key}").content.decode()
        asked = page[page.index('id="preguntar"') :]
        assert 'href="mailto:preguntas@instituto-inventado.example"' in asked
        assert "nadie contesta ahí" in asked
        assert ("no tiene aquí un contacto propio" in asked) == (key != UNIT)


def test_a_name_that_the_institute_does_not_have_stays_plain(db: None) -> None:
    found = answerer_named("Secretaría Administrativa")
    assert found and (found.url, found.asking_url) == (f"/organigrama/{OTHER}", f"/organigrama/{OTHER}#preguntar")
    assert [answerer_named(name) for name in ("", "Secretaría", OTHER, "secretaría administrativa")] == [None] * 4


LINKED = rf'<a href="/organigrama/{OTHER}">Secretaría Administrativa</a>'


@pytest.mark.parametrize(
    "address",
    [
        *("/programas/demo-2026", "/programas/demo-2026/objetivo/1", "/programas/demo-2026/linea/1.3"),
        *("/que-significa/lineas-de-accion", "/datos/periodos", "/por-confirmar"),
    ],
)
def test_whoever_answers_is_a_link_with_how_to_ask(db: None, address: str) -> None:
    page = Client().get(address).content.decode()
    assert re.search(LINKED + rf' <a class="ask" href="/organigrama/{OTHER}#preguntar">Cómo preguntarle</a>', page)


def test_the_answer_of_a_search_leads_to_the_area(db: None) -> None:
    assert re.search(LINKED, Client().get("/buscar?q=1.3").content.decode())


def test_an_area_of_another_institute_is_not_taken_for_ours(db: None) -> None:
    """Both have a Secretaría Administrativa: the link would send people to the wrong one."""
    source = json.loads((ROOT / "institutes" / "iecm" / "programme.json").read_text(encoding="utf-8"))
    page = Client().get("/programas/iecm-2023/linea/1.3").content.decode()
    assert source["responsible_area"] == "Secretaría Administrativa"
    answers = page[page.index("Quién responde</dt>") :]
    assert "Secretaría Administrativa" in answers
    assert "como lo dice el documento de origen" in answers
    assert "/organigrama/" not in answers[: answers.index("</dl>")]


@pytest.mark.parametrize(
    ("told", "most"),
    [({}, 0), ({"through": "no-hay"}, 2), ({"through": UNIT, "areas": {UNIT: {"mail": "a@x.example"}}}, 1)],
)
def test_the_area_that_takes_questions_is_looked_up_once(
    db: None, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any, told: dict[str, Any], most: int
) -> None:
    asking(monkeypatch, told)
    areas = list(Area.objects.all())
    assert len(areas) > 10
    with django_assert_max_num_queries(most):
        ways = queries.ways_to_ask(areas)
    assert {area.key for area in areas} == set(ways)
    assert {way is not None for way in ways.values()} == {bool(told.get("areas"))}


def test_a_name_said_many_times_is_looked_up_once(db: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        found = answerers_named(["Secretaría Administrativa", "Nadie"] * 20)
    assert found == {"Secretaría Administrativa": answerer_named("Secretaría Administrativa"), "Nadie": None}
