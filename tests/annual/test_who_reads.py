"""What an area sent and nobody approved yet: its area reads it, who reviews it, who answers for the plan; nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from calpulli.annual import actions, inputs, policies
from calpulli.annual.models import Activity, Evidence, Report
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named
from tests.annual.conftest import PLAN, YEAR, Write, on, paper
from tests.signing import signed_in

SECRET = "Se hizo la mitad porque faltó la sede de la colonia inventada."
READS, STANDS, NOTHING = "what it says", "how it stands", "404"
WHO = {
    "area": READS,  # captures in its area
    "revision": READS,  # reviews it
    "seguimiento": STANDS,  # reviews another area
    "participacion": STANDS,  # captures in another area
    "distrito": NOTHING,  # a district's office
    "administracion": NOTHING,  # keeps accounts
    "edicion": NOTHING,  # keeps the search
    "vecina": NOTHING,  # no staff
    "vecino": NOTHING,
}


@pytest.fixture
def sent(write: Write, approve: Callable[[], None], author: Actor) -> Report:
    """A report of the first quarter with a file, waiting for its review."""
    activity = write("A-1", {1: 4, 2: 4, 3: 4})
    approve()
    with on(4, 6):
        command = inputs.SubmitReport(
            activity.pk, 1, {1: 2_000, 2: 2_000, 3: 2_000}, "demanda", SECRET, (paper("Constancia inventada"),)
        )
        return actions.submit_report(command, by=author).result


def page(report: Report) -> str:
    return f"/mesa/poa/actividad/{report.activity_id}/trimestre/1"


def file(report: Report) -> str:
    one = Evidence.objects.get(report=report)
    return f"/poa/evidencia/{one.sha256}.{one.extension}"


@pytest.mark.parametrize(("username", "what"), WHO.items())
def test_a_report_that_waits_is_read_by_whom_it_concerns(sent: Report, username: str, what: str) -> None:
    with on(4, 8):
        client = signed_in(username)
        assert client.get(file(sent)).status_code == (200 if what is READS else 404)
        answer = client.get(page(sent))
    assert answer.status_code == (404 if what is NOTHING else 200)
    assert (SECRET in answer.content.decode()) is (what is READS)


def test_a_returned_report_is_no_more_open_than_one_that_waits(sent: Report, reviewer: Actor) -> None:
    with on(4, 9):
        actions.return_report(inputs.ReturnReport(sent.pk, "Falta decir en qué sede se hizo."), by=reviewer)
        told = signed_in("participacion").get(page(sent)).content.decode()
        assert SECRET not in told
        assert "Falta decir en qué sede" not in told
        assert signed_in("participacion").get(file(sent)).status_code == 404
        assert SECRET in signed_in("area").get(page(sent)).content.decode()


def test_staff_who_are_not_concerned_are_told_how_it_stands(sent: Report) -> None:
    with on(4, 8):
        told = signed_in("participacion").get(page(sent)).content.decode()
    assert "En revisión" in told
    assert "Lo que dice todavía no se publica" in told


def test_approved_anyone_has_it(sent: Report, reviewer: Actor) -> None:
    assert Client().get(file(sent)).status_code == 404
    with on(4, 9):
        actions.approve_report(inputs.DecideReport(sent.pk), by=reviewer)
        assert Client().get(file(sent)).status_code == 200
        assert SECRET in Client().get(f"/poa/{PLAN}/{YEAR}/actividad/A-1").content.decode()


def test_an_approved_version_keeps_its_file_open_while_the_correction_waits(sent: Report, author: Actor, reviewer: Actor) -> None:
    with on(4, 9):
        actions.approve_report(inputs.DecideReport(sent.pk), by=reviewer)
    with on(4, 20):
        again = inputs.SubmitReport(sent.activity_id, 1, {1: 1_000, 2: 2_000, 3: 2_000}, "demanda", SECRET + " Bis.")
        actions.correct_report(inputs.CorrectReport(again, "Se contó uno de más en enero."), by=author)
        assert Client().get(file(sent)).status_code == 200
        told = signed_in("participacion").get(page(sent)).content.decode()
    assert "Bis." not in told
    assert Activity.objects.get(pk=sent.activity_id).reports.filter(counts=True).get().version == 1


@pytest.mark.django_db
def test_where_nobody_is_listed_as_answering_for_the_plan_the_area_alone_reads() -> None:
    """No scope is no place, and not every place."""
    assert policies.see_unapproved(actor_named("area"), "secretaria-administrativa", None)
    for username in ("seguimiento", "participacion", "revision"):
        assert not policies.see_unapproved(actor_named(username), "unidad-inventada", None), username
