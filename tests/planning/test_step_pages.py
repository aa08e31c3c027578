"""What the page of an edition tells at each step, and to whom it offers the next one; how a line of the programme is doing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.people.models import Account
from calpulli.planning import policies
from calpulli.planning.actions import return_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, ReturnEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers import desk
from calpulli_core.formats.captured import Captured

CAPTURED = Captured(updated_on=dt.date(2031, 6, 30), poa_url="https://ejemplo.mx/poa.pdf")
WHY = "Falta decir en la nota de dónde sale el dato."
AT_CAPTURE, AT_REVIEW = dt.datetime(2031, 7, 10, 16, 5, tzinfo=dt.UTC), dt.datetime(2031, 7, 12, 18, 30, tzinfo=dt.UTC)


def page(edition: Edition, username: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return str(client.get(f"/mesa/edicion/{edition.pk}").content.decode())


def send(edition: Edition, author: Actor) -> None:
    with clock.rehearse(AT_CAPTURE):
        submit_edition(CaptureEdition(edition.pk, CAPTURED), by=author)


@pytest.fixture
def sealed(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    send(edition, author)
    with clock.rehearse(AT_REVIEW):
        return seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 11)), by=reviewer).result


def moments(html: str) -> list[str]:
    """The steps of the timeline, as read."""
    found = re.findall(r'<li class="moment.*?</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_only_whoever_may_publish_is_offered_to(sealed: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    for username in ("area", "revision"):
        assert "Publicar el segundo trimestre de 2031" in page(sealed, username)
    monkeypatch.setattr(policies, "publish_edition", lambda actor: "reviewer" in actor.roles)
    told = page(sealed, "area")
    assert "Falta publicarlo" in told
    assert "Publicar el segundo trimestre de 2031" not in told
    assert f"/mesa/edicion/{sealed.pk}/publicar" not in told
    assert "Publicar el segundo trimestre de 2031" in page(sealed, "revision")


def test_each_step_says_when_it_was_taken(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    capture, review = moments(page(edition, "revision"))[:2]
    assert re.search(r"Enviado el .*10.*10:05", capture), capture  # 16:05 UTC, where the institute is
    assert review == "Revisión Ahora"
    with clock.rehearse(AT_REVIEW):
        seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 11)), by=reviewer)
    capture, review = moments(page(edition, "revision"))[:2]
    assert "10:05" in capture
    assert re.search(r"Hecho: .*12.*12:30", review), review


def test_what_was_asked_comes_first_and_again_before_the_note(edition: Edition, author: Actor, reviewer: Actor) -> None:
    send(edition, author)
    return_edition(ReturnEdition(edition.pk, WHY), by=reviewer)
    told = page(edition, "area")
    places = [found.start() for found in re.finditer(re.escape(WHY), told)]
    assert len(places) == 2
    assert places[0] < told.index("Lo que usted captura") < places[1] < told.index('id="id_note"')
    assert "Enviado el" not in told
    warned = told.index("mire también")
    assert warned > told.index('id="id_note"'), "what the site noticed by itself comes after what a person asked for"
    assert 'class="warning"' not in told


def test_the_text_is_reviewed_beside_the_note(edition: Edition) -> None:
    told = page(edition, "area")
    assert told.index('id="id_note"') < told.index("Ver consejos de redacción") < told.index('id="id_support_file"')


def test_the_desk_names_the_programme_in_words(edition: Edition, author: Actor) -> None:
    abouts = [task.about for task in desk.tasks(author)]
    assert any(about.startswith("Programa 2026.") for about in abouts), abouts
    assert not [about for about in abouts if "demo-2026" in about or "iecm-2023" in about]


@pytest.mark.parametrize("plan", ["demo-2026", "iecm-2023"])
def test_a_line_says_who_answers_and_what_its_programme_published(plan: str, db: None) -> None:
    """The records are of the whole programme, and stand under a heading that says so."""
    told = str(Client().get(f"/programas/{plan}/linea/1.1").content.decode())
    goes, records = told[told.index("Cómo va</h2>") :].split("Los registros de todo el programa", 1)
    assert ('href="/indicador/' in goes) is (plan == "demo-2026")
    assert ("no informa todavía el avance de cada línea" in goes) is (plan == "iecm-2023")
    assert re.search(r"<p>(De |Este programa es de referencia)", records[:1500])
    assert f'href="/registros#{plan}"' in records
    own = r'<a href="/organigrama/[a-z-]+">' if plan == "demo-2026" else ""
    assert re.search(rf"<dt>Quién responde</dt><dd>\s*{own}\w+", told)
    assert "sin área registrada" not in told
