"""What the public pages tell of a record: late, corrected, of another institute, with addresses that may be followed."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.template import engines
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.planning import queries
from calpulli.planning.actions import open_erratum, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenErratum, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured

CAPTURED = Captured(poa_url="https://ejemplo.mx/poa", updated_on=dt.date(2031, 6, 30))
RECORD = "/registros/demo-2026/2031-Q2"
# Due on 14/08/2031: published eight days later, and corrected in October.
LATE, CORRECTED = dt.datetime(2031, 8, 22, 18, tzinfo=dt.UTC), dt.datetime(2031, 10, 3, 18, tzinfo=dt.UTC)
TOLD = "rimera edición: publicada 8 días después del plazo; corregida el 03/10/2031"


def publish(edition: Edition, captured: Captured, author: Actor, reviewer: Actor) -> Edition:
    submit_edition(CaptureEdition(edition.pk, captured), by=author)
    seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
    return publish_edition(PublishEdition(edition.pk), by=reviewer).result


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def late(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    with clock.rehearse(LATE):
        return publish(edition, CAPTURED, author, reviewer)


@pytest.fixture
def corrected(late: Edition, author: Actor, reviewer: Actor) -> Edition:
    with clock.rehearse(CORRECTED):
        erratum = open_erratum(OpenErratum(late.pk, "La dirección estaba mal."), by=author).result
        return publish(erratum, CAPTURED.but(poa_url="https://ejemplo.mx/otro"), author, reviewer)


def test_a_correction_does_not_undo_a_delay(corrected: Edition) -> None:
    view = queries.find_edition(corrected.pk)
    assert view is not None
    assert view.standing == f"p{TOLD}"
    assert f"P{TOLD}" in read("/")
    assert f"P{TOLD}" in read(RECORD)


def test_a_corrected_record_says_so_and_leads_to_what_changed(corrected: Edition) -> None:
    page = read(RECORD)
    assert page.index("Corregido") < page.index("<h1>")
    assert 'href="#erratum"' in page
    assert 'id="erratum"' in page
    with clock.rehearse(CORRECTED):
        listed = read("/registros")
    row = re.search(r"<tr role=\"row\"><th[^>]*><span><a href=\"[^\"]*2031-Q2\">.*?</tr>", listed, re.S)
    assert row is not None
    assert "Corregido" in row[0]
    assert "Publicado 8 días después del plazo; corregido el 03/10/2031" in row[0]


def test_a_corrected_edition_leads_to_the_one_that_holds(corrected: Edition) -> None:
    page = read(f"{RECORD}/edicion/1")
    warning = page[page.index("notification-warning") :].partition("</div></div>")[0]
    assert f'<a href="{RECORD}">' in warning
    assert "La que vale es la 2." in warning
    assert "notification-warning" not in read(f"{RECORD}/edicion/2")


def test_a_record_without_an_erratum_is_not_called_corrected(late: Edition) -> None:
    page = read(RECORD)
    assert "Corregido" not in page
    assert "Publicado 8 días después del plazo" in page


def test_a_reference_is_not_accused_of_a_delay(author: Actor) -> None:
    page = read("/registros/iecm-2023/2023-Q1")
    assert "Plazo que tuvo aquel instituto" in page
    assert "Sellado y publicado aquí, como demostración, el" in page
    assert "Publicado el" not in page


@pytest.mark.parametrize(
    ("on", "words"), [(14, "Debe publicarse a más tardar el 14"), (15, "Debió publicarse a más tardar el 14")]
)
def test_a_due_date_behind_us_is_told_in_the_past(edition: Edition, on: int, words: str) -> None:
    with clock.rehearse(dt.datetime(2031, 8, on, 18, tzinfo=dt.UTC)):
        page = read(f"{RECORD}/plazo")
    assert words in page
    assert "record.quarterly" not in page
    assert page.count("Copia de demostración del artículo 121") == 1


@pytest.mark.parametrize(
    ("value", "is_link"),
    [
        ("https://ejemplo.mx/poa?a=1&b=2", True),
        ("HTTP://ejemplo.mx", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//ejemplo.mx", False),
        ("https://ejemplo.mx y otra cosa", False),
        ("No aplica", False),
    ],
)
def test_an_address_of_the_web_is_a_link_and_nothing_else_is(value: str, is_link: bool) -> None:
    cell = '{"number": 1, "name": "", "kind": kind, "value": value}'
    source = '{% import "commons/parts.jinja" as parts %}{{ parts.record_columns([' + cell + "]) }}"
    template = engines["jinja2"].env.from_string(source)  # type: ignore[attr-defined]  # of Django's backend for Jinja2
    cells = {kind: unescape(template.render(kind=kind, value=value)) for kind in ("address", "prose")}
    assert f">{value}</" in cells["address"]
    assert ("<a " in cells["address"]) == is_link
    assert (f'href="{value}" rel="nofollow noopener"' in cells["address"]) == is_link
    assert "<a " not in cells["prose"]


def test_whoever_is_sent_to_sign_in_is_told_why(author: Actor) -> None:
    words = "Su sesión terminó o aún no entra: entre para continuar."
    assert words not in read("/entrar")
    sent = Client().get("/mesa", follow=True)
    assert words in unescape(sent.content.decode())


def test_the_counts_of_the_diagnosis_lead_to_their_groups(author: Actor) -> None:
    links = re.findall(r'href="(/programas/demo-2026/foda)#([a-z]+)"', read("/"))
    assert [anchor for _, anchor in links] == ["fortalezas", "oportunidades", "debilidades", "amenazas"]
    page = read("/programas/demo-2026/foda")
    assert all(f'id="{anchor}"' in page and f'href="#{anchor}"' in page for _, anchor in links)


def test_comparing_starts_from_the_plan_at_hand(author: Actor) -> None:
    for address in ("/programas/iecm-2023/objetivo/1", "/programas/iecm-2023/linea/1.1", "/programas/iecm-2023"):
        assert 'href="/programas?izquierda=iecm-2023#comparar"' in read(address)
    page = read("/programas?izquierda=iecm-2023")
    chosen = re.findall(r'<option value="([^"]+)" selected', page)
    assert chosen == ["iecm-2023", "demo-2026"]


def test_a_comparison_says_what_it_covers_and_what_the_acronyms_are(author: Actor) -> None:
    page = read("/programas?izquierda=demo-2026&derecha=iecm-2023")
    assert "Se compararon 62 textos: la misión, la visión, los objetivos, las líneas de acción" in page
    assert "IED = Instituto Electoral de Demostración." in page
    assert "IECM = Instituto Electoral de la Ciudad de México." in page


def test_the_signed_bundle_says_how_much_it_weighs(late: Edition) -> None:
    view = queries.find_edition(late.pk)
    assert view is not None
    assert view.bundle_bytes == len(Client().get(f"{RECORD}/edicion/1/paquete.zip").content)
    page = read(RECORD)
    zip_card = page[page.index(">ZIP</span>") :].partition("</li>")[0]
    assert re.search(r"download-size\">[\d.,]+ kB<", zip_card)


@pytest.mark.parametrize("ending", ["", "/plazo", "/registro.pdf", "/registro.csv"])
def test_a_period_that_no_norm_covers_is_not_there(author: Actor, ending: str) -> None:
    assert Client().get(f"/registros/iecm-2023/2000-Q1{ending}").status_code == 404
