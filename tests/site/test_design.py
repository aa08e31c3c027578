"""The page of the design: every part is on it, with its colours measured and its data said to be invented."""

from __future__ import annotations

import re

from django.test import Client

from calpulli.commons import institutes
from tests.house.sources import INSTITUTE

PARTS = INSTITUTE / "commons" / "templates" / "commons"
PAGE = INSTITUTE / "site" / "templates" / "site" / "design.jinja"
MACRO = re.compile(r"{%-?\s*macro (\w+)\(.*?{%-?\s*endmacro", re.S)


def unshown(source: str, page: str, name: str) -> set[str]:
    """The macros of a file that a page uses neither itself nor through another that it uses."""
    bodies = {found[1]: found[0] for found in MACRO.finditer(source)}
    shown = {macro for macro in bodies if re.search(rf"\b{name}\.{macro}\(", page)}
    while reached := {one for one in bodies.keys() - shown if any(re.search(rf"\b{one}\(", bodies[user]) for user in shown)}:
        shown |= reached
    return bodies.keys() - shown


def test_every_part_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    sources = {name: (PARTS / f"{name}.jinja").read_text(encoding="utf-8") for name in ("parts", "charts")}
    assert all(len(MACRO.findall(source)) > 8 for source in sources.values())
    # Charts are drawn by parts too.
    assert unshown(sources["parts"], page + sources["charts"], "parts") == set()
    assert unshown(sources["charts"], page, "charts") == set()


def test_a_part_that_is_not_on_the_page_is_found() -> None:
    source = "{% macro a(x) -%}{{ b() }}{%- endmacro %}{% macro b() %}1{% endmacro %}{% macro c() %}2{% endmacro %}"
    assert unshown(source, "{{ parts.a(1) }}", "parts") == {"c"}


def test_every_icon_is_on_the_page() -> None:
    drawn = set(re.findall(r'^  "(\w+)": "[Mm]', (PARTS / "parts.jinja").read_text(encoding="utf-8"), re.M))
    assert {"question", "info"} <= drawn
    assert (
        drawn - set(re.findall(r'"(\w+)"', PAGE.read_text(encoding="utf-8").partition("glyphs")[2].partition("endfor")[0]))
        == set()
    )


def test_colours_of_the_page_are_measured_and_pass(client: Client, db: None) -> None:
    html = client.get("/diseno").content.decode()
    measured = institutes.ratios(institutes.current_look().colours) + institutes.house_ratios()
    assert html.count('<li class="ink">') == len(measured) > 25
    assert [str(pair) for pair, ratio in measured if ratio < pair.least] == []
    # Ink on paper by hand: luminance of #1b1b1f is 0.0111; 1.05 / 0.0611 = 17.2.
    assert "17.1" in html.partition("ink sobre paper")[2][:80] or "17.2" in html.partition("ink sobre paper")[2][:80]


def test_examples_say_that_they_are_invented(client: Client, db: None) -> None:
    html = client.get("/diseno").content.decode()
    assert "Los datos de los ejemplos son inventados" in html
    assert html.count("Ejemplo inventado.") == html.count("<figure") == 5


def test_the_example_form_answers_as_every_form_and_keeps_nothing(client: Client, db: None) -> None:
    empty = client.post("/diseno", {})
    assert empty.status_code == 422
    assert "Hay 2 errores por corregir" in empty.content.decode()
    good = client.post("/diseno", {"ejemplo_nombre": "Nadie", "ejemplo_fecha": "15/05/2023"})
    assert good.status_code == 200
    assert "No se guardó nada" in good.content.decode()
    assert Client(enforce_csrf_checks=True).post("/diseno", {}).status_code == 403
