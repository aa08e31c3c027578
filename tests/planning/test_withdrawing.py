"""Taking back what one sent: by whom, until when, and who is told."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.mail import EmailMessage

from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.notices.jobs import queue
from calpulli.people.actions import change_contact
from calpulli.people.inputs import ChangeContact
from calpulli.planning.actions import return_edition, seal_edition, submit_edition, withdraw_edition
from calpulli.planning.inputs import CaptureEdition, ReturnEdition, SealEdition, WithdrawEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers import desk
from calpulli_core.formats.captured import Captured
from tests.signing import signed_in, someone

SENT = Captured(updated_on=dt.date(2031, 6, 30), note="Sin cambios.")
TITLE = "el segundo trimestre de 2031"


@pytest.fixture
def sent(edition: Edition, author: Actor) -> Edition:
    return submit_edition(CaptureEdition(edition.pk, SENT), by=author).result


def tasks(actor: Actor) -> dict[str, str]:
    """What each task of this quarter says, by its title."""
    return {task.what: task.about for task in desk.tasks(actor) if TITLE in task.what}


def test_it_is_open_again_with_what_it_said(sent: Edition, author: Actor, reviewer: Actor) -> None:
    assert "puede retirarlo" in tasks(author)[f"Revisar {TITLE}"]
    assert "puede retirarlo" not in tasks(reviewer)[f"Revisar {TITLE}"]
    withdraw_edition(WithdrawEdition(sent.pk), by=author)
    now = Edition.objects.get(pk=sent.pk)
    assert (now.state, now.submitted_at, now.note, now.returned_because) == ("open", None, "Sin cambios.", "")
    assert list(tasks(author)) == list(tasks(reviewer)) == [f"Capturar {TITLE}"]
    assert submit_edition(CaptureEdition(sent.pk, SENT), by=author).result.state == "in_review"


def test_only_who_sent_it_takes_it_back(sent: Edition, reviewer: Actor) -> None:
    with pytest.raises(Refused, match="Lo envió otra persona"):
        withdraw_edition(WithdrawEdition(sent.pk), by=someone("secretaria-administrativa", "author"))
    with pytest.raises(Forbidden):
        withdraw_edition(WithdrawEdition(sent.pk), by=reviewer)
    assert Edition.objects.get(pk=sent.pk).state == "in_review"


def test_what_was_decided_is_not_taken_back(sent: Edition, author: Actor, reviewer: Actor) -> None:
    return_edition(ReturnEdition(sent.pk, "Falta decir de dónde sale."), by=reviewer)
    with pytest.raises(Refused, match="está «abierto»"):
        withdraw_edition(WithdrawEdition(sent.pk), by=author)
    assert Edition.objects.get(pk=sent.pk).returned_because == "Falta decir de dónde sale."
    submit_edition(CaptureEdition(sent.pk, SENT), by=author)
    seal_edition(SealEdition(sent.pk, dt.date(2031, 7, 10)), by=reviewer)
    with pytest.raises(Refused, match="está «sellado»"):
        withdraw_edition(WithdrawEdition(sent.pk), by=author)


def test_a_stale_page_takes_nothing_back(sent: Edition, author: Actor) -> None:
    with pytest.raises(Refused, match="Alguien cambió esta edición"):
        withdraw_edition(WithdrawEdition(sent.pk, "0" * 64), by=author)


def test_the_page_offers_it_to_the_author_and_stays_there(sent: Edition) -> None:
    place = f"/mesa/edicion/{sent.pk}"
    assert "Retirar el envío" not in signed_in("revision").get(place).content.decode()
    client = signed_in("area")
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(place).content.decode())
    assert seen is not None
    answer = client.post(f"{place}/retirar", {"seen": seen[1]}, follow=True)
    assert answer.redirect_chain == [(f"{place}#paso", 302)]
    told = answer.content.decode()
    assert "Usted lo retiró de revisión: segundo trimestre de 2031" in told
    assert told.index("Usted lo retiró") < told.index('id="id_note"')


def test_who_was_told_to_review_is_told_not_to(
    edition: Edition, author: Actor, reviewer: Actor, mailoutbox: list[EmailMessage]
) -> None:
    change_contact(ChangeContact("revisa@ejemplo.mx"), by=reviewer)
    submit_edition(CaptureEdition(edition.pk, SENT), by=author)
    withdraw_edition(WithdrawEdition(edition.pk), by=author)
    while queue.work_one("prueba"):
        pass
    subjects = [mail.subject for mail in mailoutbox if mail.to == ["revisa@ejemplo.mx"]]
    assert subjects == [f"Por revisar: {TITLE} del programa 2026", f"Ya no espera su revisión: {TITLE} del programa 2026"]
