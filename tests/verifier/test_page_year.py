"""What the page says of the indicators of a bundle of version 2, and of one number in it that was changed and signed again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from engine import Engine
from page_driver import SOUND, accessibility_faults, fits, give

from tests.core.verify.cases import pack, put, row
from tests.core.verify.cases_year import changed, sound

pytestmark = pytest.mark.browser


def test_the_indicators_are_told_with_their_values(tab: Any, tmp_path: Path) -> None:
    assert give(tab, pack(sound())) == SOUND
    told = tab.inner_text("#details")
    assert "7 indicadores recalculados: todos dan lo que el paquete dice." in told
    assert "De las 22 celdas que trae, 18 se contaron otra vez en sus tablas; las otras 4 son palabra del instituto" in told
    tab.click("#details details:has(.indicators) summary")
    items = tab.locator("#details .indicators li").all_inner_texts()
    own, words = "Sus datos se contaron otra vez en las tablas del paquete.", "Algunos de sus datos son palabra del instituto."
    assert items == [
        f"Actividades cumplidas (de gestión). tercer trimestre de 2023: 50 %. {own}",
        f"Cambio de las cumplidas (de gestión). tercer trimestre de 2023: −50. {own}",
        "Meta alcanzada (de gestión). julio de 2023: sin datos: no hay datos; agosto de 2023: 1.1; "
        f"septiembre de 2023: sin datos: un divisor es cero. {own}",
        f"Pesos por persona (de resultado). tercer trimestre de 2023: sin datos: se calla por privacidad. {words}",
        f"Respuestas (de resultado). tercer trimestre de 2023: 12 respuestas. {words}",
        f"Respuestas de antes (de resultado). tercer trimestre de 2023: sin datos: no hay datos. {words}",
        f"Respuestas del año (de resultado). Sin valor en este periodo. {words}",
    ]
    tab.screenshot(path=os.environ.get("SHOT", tmp_path / "page.png"), full_page=True)
    assert fits(tab)
    assert accessibility_faults(tab) == []


def test_a_number_changed_and_signed_again_is_named(wide: Any) -> None:
    assert give(wide, pack(changed("measures", put(8, "value", to="9/2")))) == "Alterado"
    told = wide.inner_text("#details")
    assert "Un indicador no resulta de sus datos" in told
    assert "data/measures.jsonl" in told
    assert "Dice 9/2, y de las tablas sale 7/2." in told
    assert "En 2023-M08 dice 11/10, y de su fórmula sale 13/10." in told
    assert "recalculados" not in told


def test_a_bundle_of_version_1_says_nothing_of_indicators(wide: Any) -> None:
    assert give(wide, pack(row().first)) == SOUND
    assert "indicador" not in wide.inner_text("#details")


@pytest.mark.parametrize(
    ("value", "words"),
    [("0", "0"), ("50", "50"), ("-50", "−50"),
     ("1/3", "0.33…"), ("-1/3", "−0.33…"), ("11/10", "1.1"), ("6172839/2", "3,086,419.5"),
     ("1/1000", "0.00…"), ("5/4", "1.25"), ("1000000", "1,000,000")],
)  # fmt: skip
def test_values_in_words(rooms: Engine, value: str, words: str) -> None:
    assert rooms.ask(["words", "numberWords", [value]]) == {"value": words}
