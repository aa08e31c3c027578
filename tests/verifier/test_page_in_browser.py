"""The page as a person meets it: opened from file://, offline, given good, altered and unreadable bundles."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from engine import PAGE, builder

from tests.browser.chromium import AXE, browser
from tests.core.verify.cases import K1, K9, pack, row, swap
from tests.core.verify.factory import PROGRAMME, Installation, key, resealed
from tests.core.verify.primitives import Files

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MARKUP = '<img src="x" onerror="document.title = 1"><b>Misión</b>'


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**asdict(browser()))
        yield opened
        opened.close()


@pytest.fixture(params=[320, 1280], ids=["320px", "1280px"])
def tab(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from opened(chromium, viewport={"width": request.param, "height": 800})


@pytest.fixture
def wide(chromium: Any) -> Iterator[Any]:
    yield from opened(chromium, viewport={"width": 1280, "height": 800})


def opened(chromium: Any, **how: Any) -> Iterator[Any]:
    """The page from file://, offline; at the end nothing was asked of the network and nothing was complained of."""
    context = chromium.new_context(offline=True, **how)
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith(("file:", "data:,")) else None)
    tab.goto(PAGE.as_uri())
    yield tab
    context.close()
    assert told == []


def upload(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/zip", "buffer": data}


def give(tab: Any, data: bytes, *, field: str = "#file", name: str = "paquete.zip") -> str:
    """Chooses the file, waits for the answer; the verdict's title."""
    tab.set_input_files(field, [upload(name, data)])
    return answer(tab)


def answer(tab: Any) -> str:
    tab.wait_for_selector("#progress", state="hidden")
    return str(tab.wait_for_selector("#verdict h2").inner_text())


def drop(tab: Any, files: Files) -> str:
    """Drops these files on the page, as a drag from a folder's window does."""
    made = {path: base64.b64encode(data).decode() for path, data in files.items()}
    transfer = tab.evaluate_handle(
        """made => {
          const transfer = new DataTransfer();
          for (const [path, text] of Object.entries(made)) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], path.split("/").pop()));
          }
          return transfer;
        }""",
        made,
    )
    tab.dispatch_event("#zone", "drop", {"dataTransfer": transfer})
    return answer(tab)


def accessibility_faults(tab: Any) -> list[Any]:
    tab.evaluate(AXE.read_text("utf-8"))
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    found = tab.evaluate("options => axe.run(document, options)", options)
    assert found["passes"], "axe looked at nothing"
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]]


def fits(tab: Any) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def altered() -> Files:
    files = row().first
    return swap(files, "data/lines.csv", files["data/lines.csv"].replace(b"seguimiento", b"seguimienta"))


def with_markup() -> Files:
    """A bundle that is sound, and whose mission is markup."""
    return Installation(programme={**PROGRAMME, "mission": MARKUP, "note": "largo" * 400}).close("2023-Q1")


def noise() -> Files:
    """Every data file replaced by something without a space to break at."""
    return {path: b"x" * 3000 if path.startswith("data/") else data for path, data in row().first.items()}


STATES: dict[str, tuple[bytes, str]] = {
    "compared": (pack(row().second), "Íntegro, con firma contrastada"),
    "good": (pack(row().erratum), "Íntegro; firma no contrastada"),
    "altered": (pack(altered()), "Alterado"),
    "unreadable": (b"hola", "No se pudo leer el paquete"),
    "many-faults": (pack(noise()), "Alterado"),
    "hostile-text": (pack(with_markup()), "Íntegro; firma no contrastada"),
}


@pytest.mark.parametrize("state", [None, *STATES])
def test_every_state_is_accessible_and_fits(tab: Any, state: str | None) -> None:
    if state:
        data, title = STATES[state]
        tab.fill("#key", K1 if state == "compared" else "")
        assert give(tab, data) == title
    assert accessibility_faults(tab) == []
    assert fits(tab)
    assert tab.title() == "Verificador de paquetes"


def test_a_good_bundle_shows_its_fingerprint_and_its_columns(wide: Any) -> None:
    files = row().first
    give(wide, pack(files))
    manifest, record = json.loads(files["manifest.json"]), json.loads(files["data/record.json"])
    printed = [" ".join(one.split()) for one in wide.locator("#details .hash").all_inner_texts()]
    own = hashlib.sha256(files["manifest.json"]).hexdigest()
    assert printed == [groups(own), groups(manifest["key"]["fingerprint"])]
    assert wide.locator("#details dt").all_inner_texts() == ["Huella del paquete", "Huella de la llave"]
    assert "Puede quedarse aquí: el archivo no cambió desde que se selló." in wide.inner_text("#verdict")
    assert not wide.locator("#details details").get_attribute("open")
    assert "Falta" not in wide.inner_text("#result")
    columns = wide.locator("#record-list > div")
    assert columns.count() == 15
    for number, column in enumerate(record["columns"]):
        assert columns.nth(number).locator("dt").inner_text() == f"{number + 1}. {column['name']}"
        assert columns.nth(number).locator("dd").inner_text() == (column["value"] or column["mark"])
    assert "primer trimestre de 2023 (2023-Q1)" in wide.inner_text("#about-list")
    assert "no es un documento oficial" in wide.inner_text("#about-list")


def test_an_altered_bundle_names_file_record_and_its_name(wide: Any) -> None:
    assert drop(wide, {"paquete.zip": pack(altered())}) == "Alterado"
    told = wide.inner_text("#details")
    assert "data/lines.csv" in told
    assert "renglón 2" in told
    assert "linea-1.2" in told
    assert wide.locator("#verdict").get_attribute("role") == "status"


def test_loose_files_are_put_in_their_places(wide: Any) -> None:
    assert drop(wide, row().first) == "Íntegro; firma no contrastada"
    assert drop(wide, altered()) == "Alterado"


def test_a_folder_is_read(wide: Any, tmp_path: Path) -> None:
    folder = tmp_path / "trimestre"
    for path, data in row().first.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    wide.set_input_files("#folder", folder)
    assert answer(wide) == "Íntegro; firma no contrastada"
    (folder / "data" / "sobra.txt").write_bytes(b"")
    wide.set_input_files("#folder", folder)
    assert answer(wide) == "Alterado"
    assert "data/sobra.txt" in wide.inner_text("#details")


def test_a_printed_key_contrasts_the_signature(wide: Any) -> None:
    give(wide, pack(row().second))
    wide.fill("#key", "Huella: no sé")
    wide.click("#compare button")
    assert wide.locator("#key").get_attribute("aria-invalid") == "true"
    assert "64 caracteres" in wide.inner_text("#key-error")
    assert wide.evaluate("document.activeElement.id") == "key"
    assert wide.locator("#verdict h2").count() == 0, "no verdict that was not asked for stays"
    wide.fill("#key", " ".join(K1[n : n + 4].upper() for n in range(0, 64, 4)))
    wide.click("#compare button")
    assert answer(wide) == "Íntegro, con firma contrastada"
    wide.fill("#key", K9)
    wide.click("#compare button")
    wide.wait_for_selector("#verdict .bad")
    assert answer(wide) == "No concuerda con lo que usted ya tenía"


REPEATED = "Esta huella ya la mostraba esta página: si la copió de aquí, no prueba nada."
NOTHING = "Una huella copiada de esta página, del paquete o de un mensaje que vino con él no prueba nada."


def compare(tab: Any, written: str) -> str:
    """What stands below the verdict once the text is compared as the key."""
    tab.fill("#key", written)
    tab.click("#compare button")
    answer(tab)
    return str(tab.inner_text("#details"))


def test_a_fingerprint_copied_from_the_page_is_told_apart(wide: Any) -> None:
    give(wide, pack(row().first))
    told = compare(wide, wide.inner_text("#about-list .hash >> nth=1"))
    assert wide.inner_text("#verdict h2") == "Íntegro, con firma contrastada"
    assert REPEATED in told
    assert NOTHING in told
    assert "Puede citar" not in wide.inner_text("body")


def test_a_fingerprint_brought_before_the_page_showed_it_is_not_called_a_copy(wide: Any) -> None:
    wide.fill("#key", f"Huella de la llave: {K1}\nCabeza del libro: cadena planning (planeación), hecho 1: {K9}")
    assert give(wide, pack(row().first)) == "Íntegro, con firma contrastada"
    for told in (wide.inner_text("#details"), compare(wide, K1)):
        assert REPEATED not in told
        assert NOTHING in told
    assert REPEATED not in compare(wide, K9), "a key that the page never showed"


def groups(hex_digits: str) -> str:
    return " ".join(hex_digits[n : n + 4] for n in range(0, 64, 4))


def test_the_hash_of_the_bundle_is_recognised_in_the_same_field(wide: Any) -> None:
    own = hashlib.sha256(row().second["manifest.json"]).hexdigest()
    wide.fill("#key", f"Huella del paquete {groups(own)}")
    assert give(wide, pack(row().second)) == "Íntegro, y es el paquete de su huella"
    assert "es la huella del paquete" in wide.inner_text("#verdict")
    assert REPEATED not in wide.inner_text("#details")


def test_a_hash_that_agrees_with_nothing_names_both_possibilities(wide: Any) -> None:
    give(wide, pack(row().second))
    told = compare(wide, K9)
    assert wide.inner_text("#verdict h2") == "No concuerda con lo que usted ya tenía"
    assert "no es la huella de este paquete ni la de una llave" in told
    assert "número 1" in compare(wide, hashlib.sha256(row().first["manifest.json"]).hexdigest())


def test_there_is_a_way_back_only_where_a_site_served_the_page(chromium: Any, wide: Any) -> None:
    assert wide.locator("a", has_text="Volver al sitio").count() == 0
    context = chromium.new_context()
    tab = context.new_page()
    tab.route("**/*", lambda route: route.fulfill(body=PAGE.read_text("utf-8"), content_type="text/html"))
    tab.goto("https://sitio.example/verificador")
    give(tab, pack(row().first))
    back = tab.locator("a", has_text="Volver al sitio")
    assert back.count() == 2
    assert {link.evaluate("link => link.href") for link in back.all()} == {"https://sitio.example/"}
    context.close()


def test_the_field_says_where_a_fingerprint_must_come_from(wide: Any) -> None:
    described = str(wide.locator("#key").get_attribute("aria-describedby")).split()
    told = " ".join(wide.inner_text(f"#{name}") for name in described if name != "key-error")
    assert "16 grupos de 4; sin importar espacios" in told
    assert "No la copie de esta página, del paquete ni de un mensaje que vino con él" in told
    assert "un registro impreso, un acta, otro sitio o un paquete guardado de antes" in told


def test_a_good_answer_says_that_a_later_edition_may_exist(wide: Any) -> None:
    later = "puede haber una edición posterior: mire la página del registro"
    give(wide, pack(row().first))
    assert later in wide.inner_text("#details")
    give(wide, pack(altered()))
    assert later not in wide.inner_text("#details")


def test_what_the_bundle_is_in_plain_words(wide: Any) -> None:
    files = row().first
    give(wide, pack(files))
    manifest = json.loads(files["manifest.json"])
    rows = wide.locator("#about-list > div")
    told = dict(part.inner_text().split("\n", 1) for part in rows.all())
    assert told["Programa"] == manifest["plan"]
    assert told["Publicado por"] == manifest["installation"]["institute"]
    for term, notice in (("Aviso", manifest["installation"]["notice"]), ("Sobre el sello", manifest["seal"]["notice"])):
        assert told.get(term, "") == (notice[0].upper() + notice[1:] if notice else "")
    assert not {"clave", "recibo", "manifiesto"} & set(re.findall(r"\w+", wide.inner_text("body").lower()))


def test_the_header_of_a_table_is_named(wide: Any) -> None:
    files = row().first
    spoiled = swap(files, "data/lines.csv", files["data/lines.csv"].replace(b'"identifier"', b'"identifiex"', 1))
    give(wide, pack(spoiled))
    places = wide.locator(".place").all_inner_texts()
    assert any("data/lines.csv · el encabezado" in place for place in places)
    assert not any("renglón 0" in place for place in places)


def test_the_same_file_can_be_chosen_again(wide: Any, tmp_path: Path) -> None:
    """A browser tells of a choice only where the field changed: when its window opens, the field must be empty."""
    path = tmp_path / "paquete.zip"
    for files, title in ((row().first, "Íntegro; firma no contrastada"), (altered(), "Alterado")):
        path.write_bytes(pack(files))
        with wide.expect_file_chooser() as opening:
            wide.click("#file")
        assert wide.input_value("#file") == ""
        opening.value.set_files(path)
        assert answer(wide) == title


def test_by_touch_nobody_is_asked_to_drop(chromium: Any) -> None:
    for tab in opened(chromium, viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True):
        told = tab.inner_text("#zone")
        assert "Suéltelo" not in told
        assert "Elíjalo" in told


def test_an_older_bundle_contrasts_the_signature(wide: Any) -> None:
    wide.set_input_files("#older", [upload("anterior.zip", pack(row().first))])
    assert give(wide, pack(row().erratum)) == "Íntegro, con firma contrastada"
    assert "este paquete continúa el que usted dio" in wide.inner_text("#details")
    forged = resealed(row().second, {"LEEME.txt": b"otro\n"}, key(9))
    assert give(wide, pack(forged)) == "Alterado"


def test_comparing_without_a_bundle_asks_for_one(wide: Any) -> None:
    wide.click("#compare button")
    assert wide.locator("#missing-error").is_visible()
    assert wide.evaluate("document.activeElement.id") == "file"
    give(wide, pack(row().first))
    assert not wide.locator("#missing-error").is_visible()


def test_what_a_bundle_says_never_becomes_markup(wide: Any) -> None:
    give(wide, pack(with_markup()))
    assert wide.locator("#record-list dd").nth(5).inner_text() == MARKUP
    assert wide.locator("main img").count() == 0
    assert wide.title() == "Verificador de paquetes"


def test_by_keyboard_every_control_is_reached_and_seen(wide: Any) -> None:
    give(wide, pack(row().first))
    controls = ["file", "folder", "Opcional: compruebe también quién lo firmó", "key", "older", "Contrastar", "print"]
    reached = []
    for _ in range(20):
        wide.keyboard.press("Tab")
        reached.append(wide.evaluate("document.activeElement.id || document.activeElement.textContent"))
        if reached[-1] in controls:
            assert wide.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") == 3
    first = reached.index("file")
    assert reached[first : first + len(controls)] == controls


WATCH = """() => {
  window.seen = [];
  const look = () => {
    const bar = document.getElementById("bar");
    const busy = document.getElementById("result").getAttribute("aria-busy");
    if (bar.value > 0) window.seen.push([bar.value, busy, document.getElementById("verdict").textContent]);
    if (bar.value > 30) document.getElementById("stop").click();
    else setTimeout(look, 0);
  };
  look();
}"""


def large(folder: Path) -> Path:
    """A zip of 30 MiB on disk."""
    path = folder / "grande.zip"
    path.write_bytes(pack({**row().first, "data/record.pdf": b"%" * (15 << 20), "data/record.xlsx": b"P" * (15 << 20)}))
    return path


def test_a_large_bundle_shows_progress_and_can_be_stopped(wide: Any, tmp_path: Path) -> None:
    """On a machine four times slower, as an old phone is; the page stays alive, or nobody could press the button."""
    wide.context.new_cdp_session(wide).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    wide.evaluate(WATCH)
    wide.set_input_files("#file", large(tmp_path))
    wide.get_by_text("Revisión detenida.").wait_for()
    seen = wide.evaluate("window.seen")
    assert len({percent for percent, _, _ in seen}) > 2
    assert {(busy, told) for _, busy, told in seen} == {("true", "Revisando el paquete…")}
    assert not wide.locator("#progress").is_visible()
    assert wide.evaluate("document.activeElement.id") == "file"
    assert give(wide, pack(row().first)) == "Íntegro; firma no contrastada"


def test_a_later_choice_takes_the_place_of_a_running_check(wide: Any, tmp_path: Path) -> None:
    wide.set_input_files("#file", large(tmp_path))
    assert give(wide, pack(row().first)) == "Íntegro; firma no contrastada"
    wide.wait_for_timeout(400)
    assert wide.inner_text("#verdict h2") == "Íntegro; firma no contrastada"


def test_without_javascript_it_says_what_to_do(chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(PAGE.as_uri())
    assert "python -m calpulli_core.verify" in tab.inner_text("main")
    assert not tab.locator("#tool").is_visible()
    context.close()


@pytest.mark.parametrize("how", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}], ids=["forced-colours", "still"])
def test_other_ways_of_seeing(chromium: Any, how: dict[str, str]) -> None:
    for tab in opened(chromium, viewport={"width": 320, "height": 800}, **how):
        assert give(tab, pack(altered())) == "Alterado"
        assert tab.evaluate("getComputedStyle(document.querySelector('.verdict')).borderTopStyle") in ("solid", "none")
        assert fits(tab)


def test_on_paper_the_tool_is_left_out(wide: Any) -> None:
    give(wide, pack(row().first))
    wide.emulate_media(media="print")
    assert not wide.locator("#zone").is_visible()
    assert not wide.locator("#compare").is_visible()
    assert wide.locator("#verdict h2").is_visible()
    assert wide.locator("#record-list").is_visible()


def test_it_runs_under_a_policy_from_its_hashes(chromium: Any) -> None:
    """As a site serves it: the policy in a header, from `csp_hashes`, and nothing looser."""
    html = PAGE.read_text("utf-8")
    policy = "default-src 'none'; img-src data:; " + "; ".join(" ".join(item) for item in builder().csp_hashes(html).items())
    context = chromium.new_context()
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    served = {"body": html, "content_type": "text/html", "headers": {"Content-Security-Policy": policy}}
    tab.route("**/*", lambda route: route.fulfill(**served))
    tab.goto("https://verificador.example/")
    assert give(tab, pack(row().first)) == "Íntegro; firma no contrastada"
    assert tab.evaluate("getComputedStyle(document.querySelector('.verdict')).display") == "flex"
    context.close()
    assert told == []
