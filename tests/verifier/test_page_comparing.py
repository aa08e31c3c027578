"""Comparing a bundle with what a person already had: a hash of a key or of a bundle, an older bundle."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from page_driver import (
    SIGNER_COMPARED,
    SOUND,
    answer,
    give,
    groups,
    upload,
)

from tests.core.verify.cases import K1, K9, pack, row
from tests.core.verify.factory import key, resealed

pytestmark = pytest.mark.browser

REPEATED = "Esta página ya mostraba esa huella: si la tomó de aquí, solo dice que la copió bien"


def compare(tab: Any, written: str) -> str:
    """What stands below the verdict once the text is compared as the key."""
    tab.fill("#key", written)
    tab.click("#compare button")
    answer(tab)
    return str(tab.inner_text("#details"))


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
    assert answer(wide) == SOUND
    assert SIGNER_COMPARED in wide.inner_text("#verdict")
    wide.fill("#key", K9)
    wide.click("#compare button")
    wide.wait_for_selector("#verdict .bad")
    assert answer(wide) == "No concuerda con lo que usted ya tenía"


def test_a_fingerprint_copied_from_the_page_is_told_apart(wide: Any) -> None:
    give(wide, pack(row().first))
    told = compare(wide, wide.inner_text("#about-list .hash >> nth=1"))
    assert wide.inner_text("#verdict h2") == SOUND
    assert SIGNER_COMPARED in wide.inner_text("#verdict")
    assert REPEATED in told
    assert "Puede citar" not in wide.inner_text("body")


def test_a_receipt_is_told_from_a_fingerprint(wide: Any) -> None:
    """Whoever pastes the hash of a fact that the bundle brings reads which fact it is, and no alarm."""
    give(wide, pack(row().first))
    fact = json.loads(row().first["data/facts.jsonl"].splitlines()[0])
    told = compare(wide, fact["digest"])
    assert wide.inner_text("#verdict h2") == SOUND
    assert f"hecho {fact['sequence']} del libro" in told
    assert "sin contrastar" in wide.inner_text("#verdict")


def test_a_fingerprint_brought_before_the_page_showed_it_is_not_called_a_copy(wide: Any) -> None:
    wide.fill("#key", f"Huella de la llave: {K1}\nCabeza del libro: cadena planning (planeación), hecho 1: {K9}")
    assert give(wide, pack(row().first)) == SOUND
    assert SIGNER_COMPARED in wide.inner_text("#verdict")
    for told in (wide.inner_text("#details"), compare(wide, K1)):
        assert REPEATED not in told
    assert REPEATED not in compare(wide, K9), "a key that the page never showed"


def test_the_hash_of_the_bundle_is_recognised_in_the_same_field(wide: Any) -> None:
    own = hashlib.sha256(row().second["manifest.json"]).hexdigest()
    wide.fill("#key", f"Huella del paquete {groups(own)}")
    assert give(wide, pack(row().second)) == "Está completo, y es el paquete de su huella"
    assert "es la huella del paquete" in wide.inner_text("#verdict")
    assert REPEATED not in wide.inner_text("#details")


def test_a_hash_that_agrees_with_nothing_names_both_possibilities(wide: Any) -> None:
    give(wide, pack(row().second))
    told = compare(wide, K9)
    assert wide.inner_text("#verdict h2") == "No concuerda con lo que usted ya tenía"
    assert "no es la huella de este paquete ni la de una llave" in told
    assert "número 1" in compare(wide, hashlib.sha256(row().first["manifest.json"]).hexdigest())


def test_the_field_says_where_a_fingerprint_must_come_from(wide: Any) -> None:
    described = str(wide.locator("#key").get_attribute("aria-describedby")).split()
    told = " ".join(wide.inner_text(f"#{name}") for name in described if name != "key-error")
    assert "16 grupos de 4; sin importar espacios" in told
    assert "un registro impreso, un acta, la copia de otro sitio o un paquete que alguien guardó" in told


def test_an_older_bundle_contrasts_the_signature(wide: Any) -> None:
    wide.set_input_files("#older", [upload("anterior.zip", pack(row().first))])
    assert give(wide, pack(row().erratum)) == SOUND
    assert SIGNER_COMPARED in wide.inner_text("#verdict")
    assert "este paquete continúa el que usted dio" in wide.inner_text("#details")
    forged = resealed(row().second, {"LEEME.txt": b"otro\n"}, key(9))
    assert give(wide, pack(forged)) == "Alterado"


def test_comparing_without_a_bundle_asks_for_one(wide: Any) -> None:
    wide.click("#compare button")
    assert wide.locator("#missing-error").is_visible()
    assert wide.evaluate("document.activeElement.id") == "file"
    give(wide, pack(row().first))
    assert not wide.locator("#missing-error").is_visible()
