"""The desk page: what it gathers from the sources, in what order, and what it shows nobody else."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import ACTS, Actor
from calpulli.commons.registries.desk import SOURCES, Step, Task
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import Account
from calpulli.people.offers.desk import DEEDS
from calpulli.people.pages import gathering
from tests.signing import signed_in, someone

pytestmark = pytest.mark.usefixtures("db")


def text_of(client: Client, address: str = "/mesa") -> str:
    """The words of the page's main part, in order."""
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def task(key: str, due_on: dt.date | None) -> Task:
    return Task(key, key, "", Step("/"), "open", "Abierto", "", due_on)


def test_the_late_come_first_and_those_without_a_date_last() -> None:
    found = gathering.by_due_date(
        [task("c", None), task("b", dt.date(2031, 8, 14)), task("d", dt.date(2031, 5, 15)), task("a", dt.date(2031, 8, 14))]
    )
    assert [one.key for one in found] == ["d", "a", "b", "c"]


def test_a_task_is_late_the_day_after_it_was_due() -> None:
    one = task("a", dt.date(2031, 8, 14))
    assert [one.is_late(dt.date(2031, 8, day)) for day in (13, 14, 15)] == [False, False, True]
    assert not task("b", None).is_late(dt.date(2031, 8, 15))


def test_what_one_did_is_there_with_its_receipt_and_nobody_elses(client: Client) -> None:
    area, revision = text_of(signed_in("area")), text_of(signed_in("revision"))
    assert "Usted propuso una adecuación: AD-03-2026" in area
    assert "Usted lo publicó: primer trimestre de 2023" in revision
    assert "Usted lo publicó" not in area
    assert "Usted propuso" not in revision
    fact = gathering.done_by(Account.objects.get(username="revision").actor())[0]
    page = client.get(f"/libro/{fact.chain}/{fact.sequence}").content.decode()
    assert fact.digest in re.sub(r"</?span>", "", page)


def test_a_task_is_in_one_persons_hands_and_others_see_in_whose() -> None:
    author, reviewer = (Account.objects.get(username=name).actor() for name in ("area", "revision"))
    mine, theirs = gathering.waiting_for(author), gathering.waiting_for(reviewer)
    captured = [one.what for one in mine.mine if one.what.startswith("Capturar")]
    assert captured
    assert [one.what for one in theirs.others if one.what in captured] == captured
    assert all(one.area for one in theirs.others)


def test_an_empty_desk_says_what_comes_and_when() -> None:
    """In August of 2031, of somebody new who reviews in an area for which nothing waits."""
    someone("unidad-tecnologia", "reviewer")
    with clock.rehearse(dt.datetime(2031, 8, 1, 18, tzinfo=dt.UTC)):
        shown = text_of(signed_in("persona.reviewer.17"))
    assert "No tiene pendientes" in shown
    assert "vence el registro del segundo trimestre de 2031, el 14 de agosto de 2031" in shown


def test_whoever_has_no_part_sees_nothing_of_others() -> None:
    command = RegisterAccount("ninguna", "Persona sin parte", "Área", (), "copal-nube-jade-12")
    register_account(command, by=Actor.system("prueba"))
    shown = text_of(signed_in("ninguna"))
    assert "No tiene pendientes" in shown
    for words in ("En manos de otra persona", "Próximas fechas", "Lo que hizo", "Capturar"):
        assert words not in shown


def test_a_fact_that_no_source_tells_is_still_listed() -> None:
    """Without words of its own, but with its number and digest."""
    told = {"chain": "otra", "name": "otra.thing_done", "details": {}, "sequence": 3, "digest": "ab" * 32}
    done = gathering.done_of(told)
    assert (done.deed.title, done.deed.url, done.sequence, done.digest) == ("Hecho", "", 3, "ab" * 32)
    assert SOURCES.get("otra") is None


def test_every_act_on_accounts_has_words_for_whoever_did_it() -> None:
    """Also those of the ways to enter, which everybody does."""
    acts = {name for name in ACTS if name.startswith("people.")}
    assert len(acts) > 20
    assert acts <= set(DEEDS)


def test_what_one_did_is_told_by_day_whatever_chain_wrote_it_first() -> None:
    days = [done.at for done in gathering.done_by(Account.objects.get(username="revision").actor()) if done.at]
    assert len(days) > 3
    assert days == sorted(days, reverse=True)
