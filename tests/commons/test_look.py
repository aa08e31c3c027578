"""The marks of an institute: what may be used, what is refused and how it is told, and that nothing of another remains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from calpulli.commons.institutes import colours, current, current_look, look, marks_can_be_used
from calpulli.commons.institutes.logo import LARGEST_BYTES, defect_of
from tests.house.sources import INSTITUTE, ROOT

CSS = (INSTITUTE / "commons" / "static" / "commons" / "calpulli.css").read_text(encoding="utf-8")
# What the style sheet puts on what, among the colours of the house: (front, back, least ratio).
HOUSE_PAIRS = [
    *((front, "paper", 4.5) for front in ("ink", "ink-soft", "good", "warn", "fault")),
    *(("paper", back, 4.5) for back in ("ink", "good", "fault")),
    *((front, f"{front}-tint", 4.5) for front in ("good", "warn", "fault")),
    *(("ink", back, 4.5) for back in ("good-tint", "warn-tint", "fault-tint", "good-wash")),
    ("rule-strong", "paper", 3.0),
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'


def house_tokens() -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", CSS))


def write(home: Path, told: str, logo: str = SVG.format('<path d="M0 0h8v8z"/>')) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    head = 'name = "Instituto de Prueba"\nacronym = "IDP"\n\n[notices]\nsite = "Prueba"\n\n'
    (home / "institute.toml").write_text(head + told, encoding="utf-8")
    (home / "logo.svg").write_text(logo, encoding="utf-8")
    return home


# The three ratios are of the standard's own examples: black on white, and the greys that pass and fail by a hair.
@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_colours_are_mixed_by_channel() -> None:
    assert colours.mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert colours.mixed("#0a5582", "#ffffff", 0.0) == "#0a5582"


@pytest.mark.parametrize(("front", "back", "least"), HOUSE_PAIRS)
def test_colours_of_the_house_can_be_read(front: str, back: str, least: float) -> None:
    tokens = house_tokens()
    assert colours.contrast(tokens[front], tokens[back]) >= least


def test_the_sheet_knows_every_token_and_no_loose_colour() -> None:
    declared = set(re.findall(r"(--[a-z0-9-]+):", CSS)) | set(re.findall(r"(--[a-z-]+):", current_look().sheet))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", CSS)) - declared == set()
    body = CSS.partition("/* 2. Ground */")[2]
    # Paper is white and its ink black, whatever the screen shows; behind a logo in forced colours there is paper.
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", body)) <= {"#000", "#fff"}
    assert {"ink": look.INK, "ink-soft": look.INK_SOFT, "paper": look.WHITE}.items() <= house_tokens().items()


@pytest.mark.parametrize(
    "home", sorted(folder.parent for folder in (ROOT / "institutes").glob("*/institute.toml")), ids=lambda home: home.name
)
def test_marks_of_every_institute_can_be_used(home: Path) -> None:
    found = look.read_look(home)
    assert [str(pair) for pair, ratio in look.ratios(found.colours) if ratio < pair.least] == []


def test_what_an_institute_does_not_give_is_mixed_from_its_own(tmp_path: Path) -> None:
    found = look.read_look(
        write(tmp_path / "otro", '[look]\nlogo = "logo.svg"\n[look.colours]\nbrand = "#6b0b57"\ndeep = "#380730"\n')
    )
    assert found.colours["tint"] == "#f0e7ee"
    assert "--brand: #6b0b57;" in found.sheet
    assert "--brand-deep: #380730;" in found.sheet
    assert found.version != look.read_look(ROOT / "institutes" / "demo").version


def test_every_defect_is_told_at_once_with_place_value_and_remedy(tmp_path: Path) -> None:
    told = '[look]\nlogo = "no-hay.svg"\n[look.colours]\nbrand = "verde"\nborde = "#000000"\n'
    with pytest.raises(look.LookError) as caught:
        look.read_look(write(tmp_path / "otro", told))
    lines = str(caught.value).split("\n")
    assert [line.partition(": ")[0] for line in lines] == [
        "institutes/otro/institute.toml, [look.colours]",
        "institutes/otro/institute.toml, [look.colours], brand",
        "institutes/otro/institute.toml, [look.colours]",
        "institutes/otro/institute.toml, [look], logo",
    ]
    assert "«borde»" in lines[0]
    assert "«verde»" in lines[1]
    assert "#rrggbb" in lines[1]
    assert "«no-hay.svg»" in lines[3]


def test_colours_that_cannot_be_read_are_refused_by_name_of_the_pair(tmp_path: Path) -> None:
    told = '[look.colours]\nbrand = "#8ac7e6"\ndeep = "#08304b"\n'
    with pytest.raises(look.LookError) as caught:
        look.read_look(write(tmp_path / "otro", told))
    # By hand: luminance 0.2126 * 0.254 + 0.7152 * 0.571 + 0.0722 * 0.791 = 0.519; 1.05 / 0.569 = 1.84.
    assert "brand sobre paper (enlaces y botones) contrasta 1.84 a 1 y hace falta 4.5 a 1" in str(caught.value)


def test_the_site_does_not_start_with_such_marks(tmp_path: Path, settings: object, another: None) -> None:
    told = '[look.colours]\nbrand = "#8ac7e6"\ndeep = "#08304b"\n'
    write(tmp_path / "otro", told)
    current_look.cache_clear()
    errors = marks_can_be_used()
    assert errors
    assert all(error.id == "calpulli.look" and "institutes/otro" in str(error.msg) for error in errors)


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<path onload="alert(1)" d=""/>', "onload"),
        ('<path style="fill:url(https://malo.ejemplo)" d=""/>', "style"),
        ('<path fill="url(https://malo.ejemplo/x)" d=""/>', "fill"),
        ('<use href="https://malo.ejemplo/x.svg#a"/>', "href"),
        ('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:text/html,x"/>', "href"),
        ("<foreignObject/>", "foreignObject"),
        ('<image href="#a"/>', "image"),
        ("<style>path{}</style>", "style"),
        ('<a href="#x"><path d=""/></a>', "«a»"),
        ("<path", "bien formado"),
        ("x" * LARGEST_BYTES, "Simplifique"),
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused(inside: str, word: str) -> None:
    assert word in defect_of(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "content", [b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg/>', b"<svg/>", b"<html viewBox='0'/>", b"\xff\xfe", b""]
)
def test_what_is_no_plain_drawing_is_refused(content: bytes) -> None:
    assert defect_of(content)


def test_a_drawing_is_let_be() -> None:
    gradient = '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
    inside = f'{gradient}<path fill="url(#a)" d="M0 0h8v8z"/><use href="#b"/>'
    assert defect_of(SVG.format(inside).encode()) == ""


# -- served ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def another(tmp_path: Path, settings: object) -> Iterator[None]:
    """A second institute, with other marks, on this very site."""
    told = '[look]\nlogo = "logo.svg"\n[look.colours]\nbrand = "#6b0b57"\ndeep = "#380730"\nground = "#f4ecf4"\n'
    write(tmp_path / "otro", told, SVG.format('<circle fill="#6b0b57" cx="4" cy="4" r="4"/>'))
    before = settings.INSTITUTES_DIR, settings.INSTITUTE  # type: ignore[attr-defined]  # of the fixture of pytest-django
    settings.INSTITUTES_DIR, settings.INSTITUTE = tmp_path, "otro"  # type: ignore[attr-defined]
    _forget()
    yield
    settings.INSTITUTES_DIR, settings.INSTITUTE = before  # type: ignore[attr-defined]
    _forget()


def _forget() -> None:
    current.cache_clear()
    current_look.cache_clear()


def test_nothing_of_the_first_institute_remains_in_the_second(client: Client, db: None, another: None) -> None:
    served = [
        client.get(address).content.decode() for address in ("/verificar", "/institucion.css", "/institucion.svg", "/no-hay")
    ]
    assert "Instituto de Prueba" in served[0]
    assert "#f4ecf4" in served[0]
    assert "--brand: #6b0b57;" in served[1]
    assert "circle" in served[2]
    first = look.read_look(ROOT / "institutes" / "demo").colours.values()
    everything = "\n".join(served) + CSS
    assert [mark for mark in (*first, "Instituto Electoral de Demostración", "IED") if mark in everything] == []


def test_marks_are_kept_by_the_browser_while_they_are_the_same(client: Client, db: None) -> None:
    version = current_look().version
    page = client.get("/verificar").content.decode()
    for address, media_type in (("/institucion.css", "text/css; charset=utf-8"), ("/institucion.svg", "image/svg+xml")):
        assert f"{address}?v={version}" in page
        kept, asked = client.get(f"{address}?v={version}"), client.get(f"{address}?v=000000000000")
        assert (kept.status_code, kept["Content-Type"]) == (200, media_type)
        assert "immutable" in kept["Cache-Control"]
        assert asked["Cache-Control"] == "public, no-cache"
        assert kept["X-Content-Type-Options"] == "nosniff"
        again = client.get(address, HTTP_IF_NONE_MATCH=kept["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert "Set-Cookie" not in kept


def test_a_logo_opened_by_itself_may_only_paint(client: Client, db: None) -> None:
    assert client.get("/institucion.svg")["Content-Security-Policy"] == "default-src 'none'; sandbox"
