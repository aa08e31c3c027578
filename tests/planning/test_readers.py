"""A role that reads less: what its readers may not see of an edition is not on the desk, nor at its page or its files."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from calpulli.commons import files
from calpulli.commons.act import Actor
from calpulli.people.doors import Role
from calpulli.people.models import Account
from calpulli.planning import actions, policies, queries
from calpulli.planning.inputs import CaptureEdition, NewAttachment, PublishEdition, ReturnEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers import desk
from calpulli_core.formats.captured import Captured
from tests.commons import pictures
from tests.signing import signed_in, someone

CONTENT = pictures.good_pdf("acuse")
FILE = f"/archivos/{hashlib.sha256(CONTENT).hexdigest()}.pdf"
STEPS = ("open", "in_review", "sealed", "published")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, server: Any) -> None:
    """Files kept here go nowhere else."""
    shutil.copytree(server.state / "files", tmp_path / "files")
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def clerk(db: None, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Somebody whose role reads the desk, and of editions only what is in review."""
    monkeypatch.setattr(Role.DISTRICT_CLERK, "includes", ("reader",))
    both = (Role.AUTHOR, Role.REVIEWER)
    monkeypatch.setattr(policies, "READERS", dict.fromkeys(STEPS, both) | {"in_review": (Role.READER,)})
    return someone("distrito-02", "district_clerk")


def browser_of(actor: Actor) -> Client:
    return signed_in(Account.objects.get(pk=actor.account).username)


def bring(edition: Edition, state: str, author: Actor, reviewer: Actor) -> str:
    """Takes it to that state, with a file; gives the address of its page."""
    captured = Captured(updated_on=dt.date(2031, 7, 1), note="Nota de la prueba")
    attach = (NewAttachment("support", files.receive(CONTENT), "Acuse"),)
    actions.submit_edition(CaptureEdition(edition.pk, captured, attach=attach), by=author)
    if state == "open":
        actions.return_edition(ReturnEdition(edition.pk, "La liga lleva a otro documento."), by=reviewer)
    if state in ("sealed", "published"):
        actions.seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 9)), by=reviewer)
    if state == "published":
        actions.publish_edition(PublishEdition(edition.pk), by=reviewer)
    assert Edition.objects.get(pk=edition.pk).state == state
    return reverse("edition", args=[edition.pk])


@pytest.mark.parametrize("state", STEPS)
def test_what_it_may_not_read_is_not_there(edition: Edition, author: Actor, reviewer: Actor, clerk: Actor, state: str) -> None:
    address, client = bring(edition, state, author, reviewer), browser_of(clerk)
    seen = state == "in_review"
    assert (client.get(address).status_code == 200) is seen
    html = client.get("/mesa").content.decode()
    assert (f'href="{address}"' in html) is seen
    assert 'action="/mesa/abrir"' not in html  # what others should have opened is told, and is not theirs to open
    assert (client.get(FILE).status_code == 200) is (seen or state == "published")  # what is public is anyone's
    assert {task.step.url for task in desk.tasks(clerk) if task.mine} <= {
        reverse("edition", args=[view.id]) for view in queries.waiting("in_review")
    }


@pytest.mark.parametrize("state", STEPS)
def test_who_captures_and_who_reviews_still_see_it(
    edition: Edition, author: Actor, reviewer: Actor, clerk: Actor, state: str
) -> None:
    address = bring(edition, state, author, reviewer)
    for name in ("area", "revision"):
        assert signed_in(name).get(address).status_code == 200
        assert signed_in(name).get(FILE).status_code == 200


@pytest.mark.parametrize("step", ["", "/sellar", "/devolver", "/publicar", "/errata"])
def test_reading_what_is_in_review_changes_nothing(
    edition: Edition, author: Actor, reviewer: Actor, clerk: Actor, step: str
) -> None:
    address = bring(edition, "in_review", author, reviewer)
    before = queries.find_edition(edition.pk)
    assert before
    sent = {"seen": before.state_digest, "submit": "1", "reason": "Un motivo cualquiera.", "validated_on": "09/07/2031"}
    assert browser_of(clerk).post(address + step, sent).status_code == 404
    assert queries.find_edition(edition.pk) == before


def test_every_state_says_who_reads_it() -> None:
    assert set(policies.READERS) == set(Edition.State.values)
