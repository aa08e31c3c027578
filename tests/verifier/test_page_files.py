"""Files that are no bundle, on the page: alone, and with what the address of a page of the site brought."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from engine import PAGE
from page_driver import SOUND, accessibility_faults, answer, fits, give, groups, upload

from tests.core.verify.cases import pack, row

pytestmark = pytest.mark.browser
TABLE, OTHER = b"a,b\r\n1,2\r\n", b"a,b\r\n1,3\r\n"
SITE, EDITION, FACT = "https://sitio.example", "/datos/foda/edicion/2", "/libro/transparency/12"
HASH = hashlib.sha256(TABLE).hexdigest()
FRAGMENT = "#" + urlencode({"archivo": "foda_ed2_datos.csv", "huella": HASH, "edicion": "2", "vuelta": EDITION, "hecho": FACT})
IS, IS_NOT = "Es, byte por byte, el archivo publicado", "No es el archivo publicado"


@pytest.fixture
def site(chromium: Any) -> Iterator[Any]:
    """A phone on a site that serves the page, and an edition that links to it; no other address is ever asked for."""
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    tab = context.new_page()
    asked: list[str] = []

    def serve(route: Any) -> None:
        address = route.request.url
        asked.append(address)
        body = (
            PAGE.read_text("utf-8")
            if address.endswith("/verificador")
            else f'<title>Edición</title><a href="/verificador{FRAGMENT}">Ir</a>'
        )
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Referrer-Policy": "same-origin"})

    tab.route("**/*", serve)
    yield tab
    context.close()
    assert {address.split("/")[2] for address in asked} <= {"sitio.example", "otro.example"}


def from_the_edition(tab: Any) -> Any:
    tab.goto(SITE + EDITION)
    tab.click("a")
    tab.wait_for_selector("#tool")
    return tab


def test_from_the_page_of_an_edition_a_person_only_chooses_the_file(site: Any) -> None:
    from_the_edition(site)
    assert "La página de donde viene publica (edición 2):" in site.inner_text("#expected")
    assert "foda_ed2_datos.csv" in site.inner_text("#expected-names")
    assert give(site, TABLE, name="foda_ed2_datos (1).csv") == IS
    assert "Es foda_ed2_datos.csv, de la edición 2. Ni un byte es distinto." in site.inner_text("#verdict")
    told = site.inner_text("#details")
    assert groups(HASH) in " ".join(told.split())
    assert "La huella con que se comparó la dio este mismo sitio." in told
    assert site.locator("#details a", has_text="Ver el hecho del libro").get_attribute("href") == FACT
    assert accessibility_faults(site) == []
    assert fits(site)


def test_another_file_is_not_it_and_the_page_says_what_to_do(site: Any) -> None:
    from_the_edition(site)
    assert give(site, OTHER, name="foda.csv") == IS_NOT
    assert "La huella de foda.csv es otra que la de foda_ed2_datos.csv, de la edición 2." in site.inner_text("#verdict")
    assert "«como está hoy»" in site.inner_text("#details")
    assert "hecho del libro" not in site.inner_text("#details")
    assert accessibility_faults(site) == []
    site.set_input_files("#file", [upload("a.csv", TABLE), upload("b.csv", OTHER)])
    assert answer(site) == "No todos son los archivos publicados"
    assert site.locator("#details .hash").count() == 2


def test_the_way_back_is_the_page_that_sent_here(site: Any) -> None:
    from_the_edition(site)
    give(site, TABLE)
    backs = site.locator("a", has_text="Volver a la página de donde vino")
    assert [link.get_attribute("href") for link in backs.all()] == [EDITION, EDITION]
    backs.last.click()
    assert site.url == SITE + EDITION


@pytest.mark.parametrize("referrer", [None, "https://otro.example/datos/foda/edicion/2", SITE + "/buscar"])
def test_a_link_from_anywhere_else_is_not_taken_for_the_sites_word(site: Any, referrer: str | None) -> None:
    site.goto(SITE + "/verificador" + FRAGMENT, **({"referer": referrer} if referrer else {}))
    assert "El enlace con que abrió esta página trae las huellas de (edición 2):" in site.inner_text("#expected")
    assert give(site, TABLE) == "Coincide con la huella del enlace"
    assert site.locator("#verdict .warn").count() == 1
    assert "un enlace lo puede escribir cualquiera" in site.inner_text("#details")
    assert "este mismo sitio" not in site.inner_text("#details")
    assert give(site, OTHER) == "No coincide con la huella del enlace"


def test_an_address_changed_meanwhile_is_not_the_sites_word(site: Any) -> None:
    from_the_edition(site)
    assert give(site, OTHER) == IS_NOT
    forged = FRAGMENT.replace(HASH, hashlib.sha256(OTHER).hexdigest())
    site.evaluate("fragment => { location.hash = fragment; }", forged)
    site.get_by_text("Coincide con la huella del enlace").wait_for()


def test_a_hostile_address_leaves_no_trace(site: Any) -> None:
    hostile = {
        "archivo": '<img src="x" onerror="document.title=1">',
        "huella": HASH,
        "edicion": "<b>2</b>",
        "vuelta": "//otro.example",
        "hecho": "javascript:alert(1)",
    }
    site.goto(SITE + "/verificador#" + urlencode(hostile))
    assert not site.locator("#expected").is_visible()
    assert give(site, TABLE) == "Esta es la huella de su archivo"
    assert site.locator("main img, main b").count() == 0
    assert site.title() == "Verificador"
    assert {link.get_attribute("href") for link in site.locator("a").all()} == {"./"}


def test_a_hash_that_a_person_brings_goes_before_that_of_the_link(site: Any) -> None:
    from_the_edition(site)
    site.fill("#key", groups(hashlib.sha256(OTHER).hexdigest()).upper())
    assert give(site, TABLE) == "No es el archivo de la huella que usted dio"
    assert give(site, OTHER) == "Es el archivo de la huella que usted dio"


def test_a_file_alone_shows_its_hash_and_compares_it_with_one_pasted(wide: Any) -> None:
    assert give(wide, TABLE, name="foda.csv") == "Esta es la huella de su archivo"
    assert [" ".join(one.split()) for one in wide.locator("#details .hash").all_inner_texts()] == [groups(HASH)]
    wide.fill("#key", HASH)
    wide.click("#compare button")
    assert answer(wide) == "Es el archivo de la huella que usted dio"
    assert "Esta página ya mostraba esa huella" in wide.inner_text("#details")


def test_from_a_disk_the_address_is_read_and_there_is_no_way_back(wide: Any) -> None:
    wide.goto("about:blank")
    wide.goto(PAGE.as_uri() + FRAGMENT)
    assert give(wide, TABLE) == "Coincide con la huella del enlace"
    assert wide.locator("a").count() == 0


def test_a_spreadsheet_is_a_file_though_it_is_a_zip(wide: Any) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as sheet:
        sheet.writestr("[Content_Types].xml", "<Types/>")
        sheet.writestr("xl/workbook.xml", "<workbook/>")
    assert give(wide, made.getvalue(), name="registro.xlsx") == "Esta es la huella de su archivo"
    assert groups(hashlib.sha256(made.getvalue()).hexdigest()) in " ".join(wide.inner_text("#details").split())


def test_a_bundle_is_judged_as_a_bundle_wherever_one_comes_from(site: Any) -> None:
    from_the_edition(site)
    assert give(site, pack(row().first)) == SOUND
    assert site.locator("#details a", has_text="Volver a la página de donde vino").count() == 1


def from_the_record(tab: Any, bundle: bytes) -> Any:
    """From a page that announces the hash of that bundle's manifest."""
    manifest = hashlib.sha256(bundle).hexdigest()
    from_the_edition(tab)
    tab.evaluate("fragment => { location.hash = fragment; }", f"{FRAGMENT}&manifiesto={manifest}")
    return tab


def test_the_bundle_of_another_period_is_not_taken_for_the_one_announced(site: Any) -> None:
    """Whole as it is, it is another: the verdict says which, and that it is not the one of the page."""
    first, second = row().first, row().second
    from_the_record(site, second["manifest.json"])
    assert "el paquete firmado (.zip)" in site.inner_text("#expected-names")
    assert give(site, pack(first)) == "Está completo, pero es otro paquete"
    assert site.locator("#verdict .warn").count() == 1
    assert "primer trimestre de 2023 (2023-Q1), edición 1" in site.inner_text("#verdict")
    assert "bájelo de ella y elíjalo aquí" in site.inner_text("#details")
    assert accessibility_faults(site) == []
    assert give(site, pack(second)) == SOUND
    assert "Es el que anuncia el enlace por el que llegó" in site.inner_text("#verdict")
    assert "segundo trimestre de 2023 (2023-Q2), edición 1" in site.inner_text("#verdict")
    assert fits(site)


def test_the_verdict_says_which_bundle_it_is_about(wide: Any) -> None:
    assert give(wide, pack(row().erratum)) == SOUND
    assert "Lo que eligió:" in wide.inner_text("#verdict")
    assert "primer trimestre de 2023 (2023-Q1), edición 2" in wide.inner_text("#verdict")


def test_a_spreadsheet_where_only_tables_are_announced_is_no_alarm(site: Any) -> None:
    from_the_edition(site)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as sheet:
        sheet.writestr("xl/workbook.xml", "<workbook/>")
    assert give(site, made.getvalue(), name="foda.xlsx") == "De este tipo de archivo no hay huella publicada"
    assert site.locator("#verdict .warn").count() == 1
    assert "La página anuncia foda_ed2_datos.csv; lo que eligió es foda.xlsx." in site.inner_text("#verdict")
    assert "avise al instituto" not in site.inner_text("#details")


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 300_000])
def test_the_hash_of_any_size(wide: Any, size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    give(wide, data, name="bytes.bin")
    assert groups(hashlib.sha256(data).hexdigest()) in " ".join(wide.inner_text("#details").split())


def test_a_bundle_among_other_files_is_asked_for_alone(wide: Any) -> None:
    wide.set_input_files("#file", [upload("a.csv", TABLE), upload("paquete.zip", pack(row().first))])
    assert answer(wide) == "No se pudo leer lo que eligió"
    assert "paquete.zip es un paquete: elíjalo solo" in wide.inner_text("#verdict")


def test_there_is_a_way_to_the_site_only_where_one_served_the_page(site: Any, wide: Any) -> None:
    assert wide.locator("a").count() == 0
    site.goto(SITE + "/verificador")
    give(site, pack(row().first))
    back = site.locator("a", has_text="Volver al sitio")
    assert {link.evaluate("link => link.href") for link in back.all()} == {SITE + "/"}
    assert back.count() == 2
