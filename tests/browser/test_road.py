"""The whole road as people walk it, without scripts: two of the staff, and a stranger who checks."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import verifying
from tests.browser.sites import ROOT, Site
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOTE = "Nota de quien captura: el trimestre cerró con 25 líneas en marcha."
VERIFIER = ROOT / "verifier" / "verificador.html"
SOUND = "Está completo: nadie lo cambió desde que se selló"
PHONE = {"width": 360, "height": 740}
MOST_CLICKS_TO_APPROVE = 3
# Of what is captured here: an address of no public site, and none.
WARNINGS = ("lleva a «ejemplo.mx»", "La columna 5 («")
# `python -m calpulli_core.verify` in an interpreter that sees no installed package, as it looks for no folder by itself.
START = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('calpulli_core.verify', run_name='__main__')"


@dataclass
class Road:
    """Who walks it, and what they learn on the way; the tests of this file follow one another."""

    author: Person
    reviewer: Person
    stranger: Person
    public: str = ""
    label: str = ""  # "tercer trimestre de 2026"
    edition: str = ""
    bundle: bytes = b""
    erratum: bytes = b""


@pytest.fixture(scope="module")
def road(chromium: Browser, walked: Site) -> Iterator[Road]:
    contexts = [chromium.new_context(java_script_enabled=False, viewport=PHONE, locale="es-MX") for _ in range(3)]
    people = [Person(context.new_page(), walked) for context in contexts]
    for person in people:
        person.page.set_default_timeout(15_000)
    yield Road(*people)
    for context in contexts:
        context.close()


@pytest.fixture
def verifier(chromium: Browser, walked: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page as the site serves it, or as a file on a stick without a network."""
    offline = request.param == "file"
    context = chromium.new_context(offline=offline)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(VERIFIER.as_uri() if offline else walked.url("/verificador"))
    yield page
    context.close()
    assert complaints == []


both_pages = pytest.mark.parametrize("verifier", ["served", "file"], indirect=True)


def test_the_author_finds_the_quarter_that_waits(road: Road) -> None:
    author, stranger = road.author, road.stranger
    author.signs_in("area")
    author.follows("Capturar el")
    assert "Lo que usted captura" in author.reads()
    label = author.reads("h1")
    road.label = label[0].lower() + label[1:]
    stranger.goes("/registros")
    stranger.follows(label)
    road.public, road.edition = stranger.page.url, author.page.url
    assert "Sin sellar" in stranger.reads()
    assert stranger.column(15) == "no reportado"
    assert stranger.page.get_by_role("link", name="Paquete firmado").count() == 0


def test_a_wrong_date_is_told_and_nothing_is_kept(road: Road) -> None:
    author = road.author
    author.types("note", NOTE)
    author.types("poa_url", "https://ejemplo.mx/poa.pdf")
    author.types("updated_on", "31/02/2026")
    author.presses("Enviar a revisión")
    assert author.page.title().startswith("Error:")
    summary = author.page.locator(".error-summary")
    assert "febrero de 2026 tiene 28 días" in summary.inner_text()
    assert summary.evaluate("element => element === document.activeElement")
    assert author.page.locator("#id_updated_on").get_attribute("aria-invalid") == "true"
    author.follows("Fecha de actualización", within=".error-summary")
    assert author.page.evaluate("location.hash") == "#id_updated_on"
    assert (author.page.input_value("#id_note"), author.page.input_value("#id_updated_on")) == (NOTE, "31/02/2026")
    author.page.goto(road.edition)
    assert author.page.input_value("#id_note") == ""


def test_sent_it_waits_for_another_person(road: Road) -> None:
    author = road.author
    assert author.page.input_value("#id_updated_on"), "the date comes filled in"
    author.types("note", "Todavía mal.")
    author.presses("Enviar a revisión")
    assert "Usted lo envió a revisión" in author.reads()
    assert "Ahora le toca a otra persona" in author.reads()
    author.page.goto(road.edition)
    assert "quien captura no revisa" in author.reads()
    assert author.page.locator("main button").all_inner_texts() == ["Retirar el envío"]
    author.presses("Salir")
    assert "Entrar" in author.reads("header")


def test_the_reviewer_returns_it_with_a_reason(road: Road) -> None:
    reviewer = road.reviewer
    reviewer.signs_in("revision")
    reviewer.follows("Revisar el")
    assert reviewer.column(15) == "Todavía mal."
    reviewer.unfolds("Hay algo que corregir")
    reviewer.types("reason", "La nota de la columna 15 no dice nada.")
    reviewer.presses("Devolver para corregir")
    assert "Usted lo devolvió a quien lo capturó" in reviewer.reads()
    assert "Revisar el" not in reviewer.reads()


def test_the_author_corrects_it(road: Road) -> None:
    author = road.author
    author.signs_in("area")
    assert "Se devolvió: «La nota de la columna 15 no dice nada.»" in author.reads()
    author.follows("Corregir el")
    assert author.page.input_value("#id_note") == "Todavía mal."
    author.types("note", NOTE)
    author.types("poa_url", "https://ejemplo.mx/poa.pdf")
    author.presses("Enviar a revisión")
    assert "Usted lo envió a revisión" in author.reads()


def test_approving_costs_three_clicks_and_no_typing(road: Road) -> None:
    reviewer = road.reviewer
    reviewer.goes("/mesa")
    reviewer.start()
    reviewer.follows("Revisar el")
    assert reviewer.column(15) == NOTE
    assert reviewer.page.input_value("#id_validated_on"), "the date comes filled in"
    for warning in WARNINGS:
        assert reviewer.reads("#decision").count(warning) == 1, "told again where one decides"
    reviewer.touches("#id_warned")
    reviewer.presses(f"Aprobar y sellar el {road.label}")
    assert "Su contenido ya no cambia" in reviewer.reads()
    assert reviewer.clicks <= MOST_CLICKS_TO_APPROVE
    assert reviewer.typed == []
    print(f"aprobar: {reviewer.clicks} clics, {len(reviewer.typed)} campos")


def test_publishing_changes_the_public_page(road: Road) -> None:
    reviewer, stranger = road.reviewer, road.stranger
    stranger.page.goto(road.public)
    assert "Sin sellar" in stranger.reads()
    reviewer.start()
    reviewer.presses(f"Publicar el {road.label}")
    assert "Ya lo puede ver y comprobar cualquier persona" in reviewer.reads()
    assert (reviewer.clicks, reviewer.typed) == (1, []), "the page of the record leads on to it"
    stranger.page.reload()
    assert "Sin sellar" not in stranger.reads()
    assert "Publicado" in stranger.reads()
    assert (stranger.column(4), stranger.column(15)) == ("https://ejemplo.mx/poa.pdf", NOTE)
    assert "Mi mesa" not in stranger.reads("header")


def test_the_stranger_takes_the_bundle_and_python_finds_it_whole(road: Road, tmp_path: Path) -> None:
    road.bundle = road.stranger.keeps("Paquete firmado")
    assert NOTE.encode() in b"".join(verified_parts(road.bundle))
    done = verify(road.bundle, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "firma no contrastada" in done.stdout
    done = verify(verifying.changed(road.bundle, "data/record.json"), tmp_path)
    assert done.returncode == 1
    assert "data/record.json" in done.stdout
    assert "Traceback" not in done.stderr


@both_pages
def test_the_stranger_drops_it_on_the_verifier(road: Road, verifier: Page, tmp_path: Path) -> None:
    assert verifying.drop(verifier, road.bundle, tmp_path) == SOUND
    assert NOTE in verifier.inner_text("#record-list")
    assert verifying.drop(verifier, verifying.changed(road.bundle, "data/lines.csv"), tmp_path) == "Alterado"
    assert "data/lines.csv" in verifier.inner_text("#details")
    assert verifying.choose(verifier, road.bundle) == SOUND
    assert verifying.choose(verifier, verifying.changed(road.bundle, "data/facts.jsonl")) == "Alterado"
    assert "data/facts.jsonl" in verifier.inner_text("#details")


@both_pages
def test_the_key_printed_on_the_page_contrasts_the_signature(road: Road, verifier: Page, tmp_path: Path) -> None:
    """The mark of the key as a person copies it from the foot of any page."""
    printed = road.stranger.page.locator("footer .hash").first.text_content()
    verifying.drop(verifier, road.bundle, tmp_path)
    verifier.fill("#key", printed or "")
    verifying.forget(verifier)
    verifier.click("#compare button")
    assert verifying.verdict(verifier) == SOUND
    assert "contrastado con lo que usted ya tenía" in verifier.inner_text("#verdict")


def test_an_erratum_is_published_with_its_differences(road: Road) -> None:
    author, reviewer, stranger = road.author, road.reviewer, road.stranger
    author.page.goto(road.edition)
    author.unfolds("Abrir una fe de erratas")
    author.types("reason", "La liga de la columna 4 llevaba a otro documento.")
    author.presses("Abrir la fe de erratas")
    author.types("poa_url", "https://ejemplo.mx/poa-corregido.pdf")
    author.presses("Enviar a revisión")
    stranger.page.reload()
    assert stranger.column(4) == "https://ejemplo.mx/poa.pdf", "until it is published the first edition stands"
    reviewer.goes("/mesa")
    reviewer.follows("Revisar el")
    assert "poa-corregido" in reviewer.reads("main .difference")
    reviewer.touches("#id_warned")
    reviewer.presses(f"Aprobar y sellar el {road.label}")
    reviewer.presses(f"Publicar el {road.label}")


def test_the_public_page_shows_what_the_erratum_changed(road: Road, tmp_path: Path) -> None:
    stranger = road.stranger
    stranger.page.reload()
    assert stranger.column(4) == "https://ejemplo.mx/poa-corregido.pdf"
    told = stranger.reads("#erratum")
    assert "La liga de la columna 4 llevaba a otro documento." in told
    assert "Columna 4" in told
    assert [stranger.page.inner_text(f"#erratum .is-{when}") for when in ("before", "after")] == [
        "Antes decía\nhttps://ejemplo.mx/poa.pdf",
        "Ahora dice\nhttps://ejemplo.mx/poa-corregido.pdf",
    ]
    road.erratum = stranger.keeps("Paquete firmado")
    (tmp_path / "first.zip").write_bytes(road.bundle)
    done = verify(road.erratum, tmp_path, "--after", str(tmp_path / "first.zip"))
    assert done.returncode == 0, done.stdout + done.stderr
    stranger.follows("Edición 1")
    assert "ya se corrigió" in stranger.reads()
    assert stranger.column(4) == "https://ejemplo.mx/poa.pdf"
    assert stranger.keeps("Paquete firmado") == road.bundle


def verify(bundle: bytes, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The Python verifier on a bundle, as a stranger runs it: the core alone, isolated from everything else."""
    file = folder / "paquete.zip"
    file.write_bytes(bundle)
    command = [sys.executable, "-I", "-S", "-c", START, str(ROOT / "src"), str(file), *more]
    return subprocess.run(command, text=True, capture_output=True, check=False, timeout=60, env={"PATH": os.environ["PATH"]})


def verified_parts(bundle: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as whole:
        return [whole.read(name) for name in whole.namelist()]
