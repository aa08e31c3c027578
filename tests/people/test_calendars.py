"""Due dates in calendars: read back by hand from the lines of RFC 5545, under private addresses that end when renewed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import DueDate
from calpulli.ledger.doors import append, state_of
from calpulli.people import calendars
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import Account

pytestmark = pytest.mark.usefixtures("db")
ATOM = "{http://www.w3.org/2005/Atom}"
DATE = DueDate(
    "planning.record.demo-2026.2031-Q2",
    dt.date(2031, 8, 14),
    "Vence el registro; del segundo, trimestre de 2031, con un nombre tan largo que no cabe en un renglón",
    "Línea uno.\nLínea dos, con coma; y punto y coma \\ y barra.",
    "/registros/demo-2026/2031-Q2",
    "/registros/demo-2026/2031-Q2/plazo",
)


def events(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar, read as section 3.1 and 3.3.11 of RFC 5545 say: unfolded, parameters dropped, escapes undone."""
    text = content.decode("utf-8")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert max(len(line.encode()) for line in lines) <= 75
    found: list[dict[str, str]] = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("BEGIN", "END"):
            found[-1][name.partition(";")[0]] = re.sub(r"\\(.)", lambda hit: "\n" if hit[1] in "nN" else hit[1], value)
    return found


def file_of(*dates: DueDate) -> list[dict[str, str]]:
    content = calendars.calendar_file(dates, name="Fechas", absolute=lambda address: "https://ejemplo.mx" + address)
    return events(content)


@pytest.fixture
def account() -> Account:
    return Account.objects.get(username="area")


def test_an_event_says_what_when_and_why() -> None:
    with clock.rehearse(dt.datetime(2031, 7, 10, 18, 30, 5, tzinfo=dt.UTC)):
        [event] = file_of(DATE)
    assert event["UID"] == "planning.record.demo-2026.2031-Q2@demo.calpulli"
    assert event["DTSTART"] == "20310814"
    assert event["SUMMARY"] == DATE.what
    assert event["DESCRIPTION"].startswith(DATE.about)
    assert event["DESCRIPTION"].endswith("https://ejemplo.mx/registros/demo-2026/2031-Q2/plazo")
    assert event["URL"] == "https://ejemplo.mx/registros/demo-2026/2031-Q2"
    assert (event["SEQUENCE"], event["DTSTAMP"], event["LAST-MODIFIED"]) == ("0", "20310710T183005Z", "20310710T183005Z")


def test_a_due_date_that_moves_is_the_same_event_one_number_later() -> None:
    with clock.rehearse(dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)):
        [first] = file_of(DATE)
    with clock.rehearse(dt.datetime(2031, 7, 11, 18, tzinfo=dt.UTC)):
        [again] = file_of(replace(DATE, what="Capturar el segundo trimestre de 2031"))
        [moved] = file_of(replace(DATE, on=dt.date(2031, 8, 10)))
    with clock.rehearse(dt.datetime(2031, 7, 12, 18, tzinfo=dt.UTC)):
        [back] = file_of(DATE)
    assert {event["UID"] for event in (first, again, moved, back)} == {first["UID"]}
    assert [event["SEQUENCE"] for event in (first, again, moved, back)] == ["0", "0", "1", "2"]
    assert [event["DTSTART"] for event in (first, moved, back)] == ["20310814", "20310810", "20310814"]
    assert (moved["LAST-MODIFIED"], back["LAST-MODIFIED"]) == ("20310711T180000Z", "20310712T180000Z")


def test_the_address_belongs_to_one_account_until_it_is_renewed(account: Account) -> None:
    assert calendars.token_of(account.pk) == ""
    calendars.renew(account.pk)
    first = calendars.token_of(account.pk)
    assert calendars.account_of(first) == account
    calendars.renew(account.pk)
    assert calendars.account_of(first) is None
    assert calendars.account_of(calendars.token_of(account.pk)) == account
    calendars.withdraw(account.pk)
    assert calendars.token_of(account.pk) == ""


def test_the_table_alone_gives_no_address(account: Account) -> None:
    """Whoever reads the handles still needs the installation's key."""
    calendars.renew(account.pk)
    token = calendars.token_of(account.pk)
    handle = token.partition("-")[0]
    for mark in ("0" * 32, handle, token[-32:-1] + ("0" if token[-1] != "0" else "1"), ""):
        assert calendars.account_of(f"{handle}-{mark}") is None


def test_a_closed_account_has_no_address(account: Account) -> None:
    calendars.renew(account.pk)
    token = calendars.token_of(account.pk)
    account.is_active = False
    with transaction.atomic():
        account.save()
        append(chain="people", name="people.closed", at=clock.now(), actor=None, rows=[state_of(account)], details={})
    assert calendars.account_of(token) is None


def test_the_person_makes_renews_and_withdraws_her_address(client: Client, account: Account) -> None:
    client.force_login(account)
    assert "Todavía no tiene una dirección" in client.get("/mesa/calendario").content.decode()
    client.post("/mesa/calendario", {"renew": "1"})
    first = calendars.token_of(account.pk)
    page = client.get("/mesa/calendario").content.decode()
    assert f"/mesa/calendario/{first}.ics<" in page
    stranger = Client()
    assert stranger.get(f"/mesa/calendario/{first}.ics").status_code == 200
    client.post("/mesa/calendario", {"withdraw": "1"})
    assert stranger.get(f"/mesa/calendario/{first}.ics").status_code == 404
    assert stranger.get(f"/mesa/calendario/{first}.atom").status_code == 404


def test_a_stranger_changes_nobodys_address(client: Client, account: Account) -> None:
    assert client.post("/mesa/calendario", {"renew": "1"}).status_code == 302
    assert calendars.token_of(account.pk) == ""


def test_her_calendar_holds_what_concerns_her_and_changes_with_her_work(client: Client, account: Account) -> None:
    calendars.renew(account.pk)
    address = f"/mesa/calendario/{calendars.token_of(account.pk)}"
    answer = client.get(address + ".ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    found = events(answer.content)
    assert len(found) >= 2
    assert len({event["UID"] for event in found}) == len(found)
    assert any(event["SUMMARY"].startswith("Capturar el") for event in found)
    entries = ElementTree.fromstring(client.get(address + ".atom").content).findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert any(title.startswith("Capturar el") for title in titles)


def test_an_account_without_a_part_follows_an_empty_calendar(client: Client) -> None:
    command = RegisterAccount("ninguna", "Persona sin parte", "Área", (), "copal-nube-jade-12")
    account = register_account(command, by=Actor.system("prueba")).result
    calendars.renew(account.pk)
    answer = client.get(f"/mesa/calendario/{calendars.token_of(account.pk)}.ics")
    assert (answer.status_code, events(answer.content)) == (200, [])


def test_anyone_follows_the_due_dates_of_a_plan(client: Client) -> None:
    """Q1 2023 was due on 15/05/2023, Q2 on 14/08, Q3 on 14/11 and Q4 on 14/02/2024: 45 natural days after each quarter."""
    found = {event["UID"]: event["DTSTART"] for event in events(client.get("/registros/iecm-2023/plazos.ics").content)}
    told = {
        code: found[f"planning.record.iecm-2023.{code}@demo.calpulli"] for code in ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
    }
    assert told == {"2023-Q1": "20230515", "2023-Q2": "20230814", "2023-Q3": "20231114", "2023-Q4": "20240214"}
