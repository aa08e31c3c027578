"""A review has a memory: what was asked before, by whom, and what changed since."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.planning import queries
from calpulli.planning.actions import return_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, ReturnEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured
from tests.signing import signed_in

AFTERWARDS = dt.datetime(2031, 8, 1, 18, tzinfo=dt.UTC)
FIRST = Captured(updated_on=dt.date(2031, 6, 30), note="No hubo cambios.")


def sent(edition: Edition, captured: Captured, by: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, captured), by=by)


def view(edition: Edition) -> queries.EditionView:
    found = queries.find_edition(edition.pk)
    assert found
    return found


def test_each_return_keeps_what_was_said_and_shows_what_changed(edition: Edition, author: Actor, reviewer: Actor) -> None:
    with clock.rehearse(AFTERWARDS):
        sent(edition, FIRST, author)
        assert view(edition).returns == ()
        return_edition(ReturnEdition(edition.pk, "Diga qué se publicó."), by=reviewer)
        sent(edition, FIRST.but(note="Se publicó el programa."), author)
        return_edition(ReturnEdition(edition.pk, "Falta el enlace."), by=reviewer)
        sent(edition, FIRST.but(note="Se publicó el programa.", poa_url="https://www.iecm.mx/poa.pdf"), author)
    newest, oldest = view(edition).returns
    assert (newest.reason, oldest.reason) == ("Falta el enlace.", "Diga qué se publicó.")
    assert newest.at == oldest.at == AFTERWARDS
    assert [(one.number, one.before, one.after) for one in newest.changes] == [(4, "", "https://www.iecm.mx/poa.pdf")]
    assert [(one.number, one.before, one.after) for one in oldest.changes] == [
        (15, "No hubo cambios.", "Se publicó el programa.")
    ]
    assert newest.by


def test_a_return_that_changed_nothing_says_so(edition: Edition, author: Actor, reviewer: Actor) -> None:
    with clock.rehearse(AFTERWARDS):
        sent(edition, FIRST, author)
        return_edition(ReturnEdition(edition.pk, "Revise la nota, por favor."), by=reviewer)
        sent(edition, FIRST, author)
        html = signed_in("revision").get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert "Ya se había devuelto" in html
    assert "«Revise la nota, por favor.»" in html
    assert "no cambió nada de lo que se captura" in html


def test_what_was_asked_is_for_staff(edition: Edition, author: Actor, reviewer: Actor, client: Client) -> None:
    with clock.rehearse(AFTERWARDS):
        sent(edition, FIRST, author)
        return_edition(ReturnEdition(edition.pk, "Motivo interno."), by=reviewer)
        sent(edition, FIRST, author)
        assert "Motivo interno" not in client.get(f"/registros/{edition.period.plan_id}/{edition.period.code}").content.decode()
        assert client.get(f"/mesa/edicion/{edition.pk}").status_code == 302
