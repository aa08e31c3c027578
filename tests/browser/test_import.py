"""A record from a file, in the browser and without scripts: every defect at once, a dry run, then the import."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.sites import DIRECT, Site
from tests.browser.uploads import BROKEN, FILES
from tests.browser.walking import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def author(chromium: Browser, walked: Site) -> Iterator[Person]:
    context = chromium.new_context(java_script_enabled=False, locale="es-MX")
    person = Person(context.new_page(), walked)
    person.signs_in("area")
    person.follows("Importar un registro")
    yield person
    context.close()


def public(site: Site, address: str) -> bytes:
    with DIRECT.open(site.url(address), timeout=30) as answer:
        return bytes(answer.read())


def bring(author: Person, name: str) -> None:
    """Chooses the file of that name, made from a record that the site published, under a key that is new."""
    content = FILES[name](public(author.site, "/registros/iecm-2023/2023-Q1/registro.json"))
    author.page.set_input_files("#id_file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    author.types("plan_key", "prueba-2023")
    author.page.select_option("#id_base", "iecm-2023")


@pytest.mark.parametrize("button", ["Revisar sin guardar", "Importar"])
def test_a_broken_sheet_tells_every_defect_and_keeps_nothing(author: Person, button: str) -> None:
    before = public(author.site, "/libro/cabeza.json"), public(author.site, "/programas")
    bring(author, "broken.xlsx")
    author.presses(button)
    assert "No se guardó nada" in author.reads()
    rows = author.page.locator("table tbody tr").all_inner_texts()
    named = {number for number in BROKEN for row in rows if f"columna {number} " in row or (number == 4 and "celda D8" in row)}
    assert named == set(BROKEN)
    assert not [row for row in rows if any(f"columna {number} " in row for number in set(range(1, 16)) - set(BROKEN))]
    assert (public(author.site, "/libro/cabeza.json"), public(author.site, "/programas")) == before
    assert author.page.input_value("#id_plan_key") == "prueba-2023"


def test_a_dry_run_keeps_nothing_and_the_import_opens_the_period(author: Person) -> None:
    before = public(author.site, "/libro/cabeza.json")
    bring(author, "good.json")
    author.presses("Revisar sin guardar")
    assert "El archivo está completo y sin errores" in author.reads()
    assert author.column(15) == "sin dato en la fuente"
    assert public(author.site, "/libro/cabeza.json") == before
    bring(author, "good.json")
    author.presses("Importar")
    assert "Usted importó el registro" in author.reads()
    assert public(author.site, "/libro/cabeza.json") != before
    assert b"prueba-2023" not in public(author.site, "/programas")  # one person alone publishes nothing


def test_what_a_file_says_is_never_markup(author: Person) -> None:
    bring(author, "hostile.csv")
    author.presses("Revisar sin guardar")
    assert "<img src=x" in author.reads("table")
    assert author.page.locator("main img").count() == 0
