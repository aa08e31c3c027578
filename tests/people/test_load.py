"""Load by area: counted by hand, in the order of what is most urgent, and no more detail than the person may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import Step, Task
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.pages.load import AreaLoad, load_by_area
from tests.signing import signed_in

TODAY = dt.date(2031, 8, 15)
TASK = Task("a", "Capturar", "", Step("/"), "open", "Abierto", "", dt.date(2031, 8, 14), area="Norte", since=dt.date(2031, 7, 1))


def test_each_area_has_its_counts() -> None:
    rows = load_by_area(
        [
            replace(TASK, area="Sur", due_on=dt.date(2031, 9, 1), since=dt.date(2031, 7, 3)),
            replace(TASK, area="Sur", due_on=dt.date(2031, 8, 20), since=None),
            replace(TASK, area="Sur", due_on=None, since=dt.date(2031, 6, 30)),
            TASK,
            replace(TASK, due_on=TODAY),
            replace(TASK, area="", due_on=None, since=None),
        ],
        today=TODAY,
    )
    assert rows == [
        AreaLoad("Norte", 2, 1, dt.date(2031, 7, 1), TODAY),
        AreaLoad("Sur", 3, 0, dt.date(2031, 6, 30), dt.date(2031, 8, 20)),
        AreaLoad("", 1, 0, None, None),
    ]
    assert load_by_area([], today=TODAY) == []


@pytest.mark.usefixtures("db")
def test_the_detail_of_an_area_is_its_tasks() -> None:
    page = signed_in("area").get("/mesa/carga", {"area": "Secretaría Administrativa"}).content.decode()
    detail = page[page.index('id="detalle"') :]
    assert "Capturar el" in detail
    assert "no puede ver" not in detail


@pytest.mark.usefixtures("db")
def test_an_area_that_has_nothing_is_told_and_not_shown() -> None:
    page = signed_in("area").get("/mesa/carga", {"area": "<script>"}).content.decode()
    assert "Esa área no tiene pendientes" in page
    assert "<script>" not in page


@pytest.mark.usefixtures("db")
def test_whoever_carries_no_role_does_not_see_it() -> None:
    command = RegisterAccount("ninguna", "Persona sin parte", "Área", (), "copal-nube-jade-12")
    register_account(command, by=Actor.system("prueba"))
    assert signed_in("ninguna").get("/mesa/carga").status_code == 404
    assert Client().get("/mesa/carga").status_code == 302
