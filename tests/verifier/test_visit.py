"""What the address of the page brings, and what a file's hash shows with it: in Node, with hostile addresses."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

import pytest
from engine import Engine

A, B = hashlib.sha256(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest()
NOTHING = {"files": [], "edition": None, "back": None, "fact": None, "bundle": None, "manifest": None}
WHOLE = (
    f"#archivo=foda_ed2_datos.csv&huella={A}&archivo=foda_ed2_datos.json&huella={B}"
    "&edicion=2&vuelta=/datos/foda/edicion/2&hecho=/libro/transparency/12"
)


def visit(rooms: Engine, fragment: str) -> Any:
    return rooms.ask(["visit", "visitOf", [fragment]])["value"]


def test_what_the_site_writes_is_read(rooms: Engine) -> None:
    files = [{"name": "foda_ed2_datos.csv", "hash": A}, {"name": "foda_ed2_datos.json", "hash": B}]
    expected = {
        "files": files,
        "edition": "2",
        "back": "/datos/foda/edicion/2",
        "fact": "/libro/transparency/12",
        "bundle": None,
        "manifest": None,
    }
    assert visit(rooms, WHOLE) == expected
    assert visit(rooms, WHOLE.replace("/", "%2F")) == expected
    assert visit(rooms, "#vuelta=/en/registros/iecm-2023/2023-Q1")["back"] == "/en/registros/iecm-2023/2023-Q1"
    assert visit(rooms, "") == visit(rooms, "#") == NOTHING


@pytest.mark.parametrize(
    "path",
    [
        *("//otro.example", "///otro.example", "/\\otro.example", "\\\\otro.example", "/a//otro.example", "/%2Fotro.example"),
        *("https://otro.example/", "https:otro.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x"),
        *(
            "/../otro",
            "/a/../../otro",
            "/./a",
            "/a/.",
            "/.well-known",
            "datos",
            "",
            "/",
            "/a/",
            "/a?b=c",
            "/a#b",
            "/a b",
            "/a\n",
            "\n/a",
            "/a\t",
        ),
        *("/@otro.example", "/:80", "/\u2044otro.example", "/ñ", "/" + "a" * 300, '/"><script>', "/a;b", "/a&b"),
    ],
)
def test_a_way_back_that_is_no_plain_path_of_the_site_is_not_taken(rooms: Engine, path: str) -> None:
    fragment = "#" + urlencode({"vuelta": path, "hecho": path, "paquete": path})
    assert visit(rooms, fragment) == NOTHING


@pytest.mark.parametrize(
    "told",
    [
        [("archivo", "a.csv")],
        [("huella", A)],
        [("archivo", "a.csv"), ("huella", A), ("huella", B)],
        [("archivo", "a.csv"), ("huella", A), ("archivo", "a.csv"), ("huella", B)],
        [("archivo", "a.csv"), ("huella", A), ("archivo", "b.csv"), ("huella", A[:-1])],
        [("archivo", "a.csv"), ("huella", A.upper())],
        [("archivo", "a.csv"), ("huella", A + "0")],
        [("archivo", "a.csv"), ("huella", "z" * 64)],
        [("archivo", "a.csv"), ("huella", A + "\n")],
        [("archivo", ""), ("huella", A)],
        [("archivo", "<b>a.csv</b>"), ("huella", A)],
        [("archivo", "Firmado por el instituto"), ("huella", A)],
        [("archivo", "../a.csv"), ("huella", A)],
        [("archivo", "a\u202evsc.exe"), ("huella", A)],
        [("archivo", "a" * 121), ("huella", A)],
        [pair for n in range(61) for pair in (("archivo", f"{n}.csv"), ("huella", A))],
    ],
)
def test_of_pairs_that_are_not_all_right_none_is_believed(rooms: Engine, told: list[tuple[str, str]]) -> None:
    assert visit(rooms, "#" + urlencode(told)) == NOTHING


@pytest.mark.parametrize("edition", ["0", "-1", "1e3", "02", "1234567", "dos", "2 de oro", "", "2\n"])
def test_an_edition_is_a_number(rooms: Engine, edition: str) -> None:
    assert visit(rooms, "#" + urlencode({"edicion": edition})) == NOTHING


def test_what_is_said_twice_is_not_believed(rooms: Engine) -> None:
    assert visit(rooms, "#vuelta=/datos/foda&vuelta=/entrar&edicion=1&edicion=2&hecho=/a&hecho=/a") == NOTHING


@pytest.mark.parametrize(
    "fragment",
    ["#%", "#%ff%fe", "#&&&===", "#archivo", "#" + "a=" * 9000, "#__proto__=1&constructor=2", WHOLE + "&a=" + "b" * 16000],
)
def test_nonsense_brings_nothing(rooms: Engine, fragment: str) -> None:
    assert visit(rooms, fragment) == NOTHING


SITE, BACK = "https://sitio.example", "/datos/foda/edicion/2"


@pytest.mark.parametrize(
    ("referrer", "origin", "back", "known"),
    [
        (SITE + BACK, SITE, BACK, True),
        (SITE + BACK + "?x=/otra", SITE, BACK, True),
        ("http://sitio.example" + BACK, SITE, BACK, False),
        ("https://sitio.example.otro" + BACK, SITE, BACK, False),
        ("https://otro.example" + BACK, SITE, BACK, False),
        ("https://otro.example/?" + SITE + BACK, SITE, BACK, False),
        (SITE + "/verificador", SITE, BACK, False),
        (SITE + BACK + "/mas", SITE, BACK, False),
        (SITE, SITE, BACK, False),
        ("", SITE, BACK, False),
        ("", "null", BACK, False),
        ("file://" + BACK, "file://", BACK, False),
        (SITE + "null", SITE, None, False),
    ],
)
def test_only_the_page_that_was_left_makes_a_link_the_sites_own(
    rooms: Engine, referrer: str, origin: str, back: str | None, known: bool
) -> None:
    assert rooms.ask(["visit", "cameFrom", [{**NOTHING, "back": back}, referrer, origin]])["value"] is known


LISTED = [{"name": "x.csv", "hash": A}]


@pytest.mark.parametrize(
    ("hash_of_file", "given", "kind"),
    [
        (A, {"print": None, "files": LISTED, "known": True}, "published"),
        (B, {"print": None, "files": LISTED, "known": True}, "notPublished"),
        (A, {"print": None, "files": LISTED, "known": False}, "linked"),
        (B, {"print": None, "files": LISTED, "known": False}, "notLinked"),
        (A, {"print": None, "files": [], "known": True}, "alone"),
        (A, {"print": A, "files": [], "known": False}, "given"),
        (A, {"print": B, "files": LISTED, "known": True}, "notGiven"),
        (B, {"print": B, "files": LISTED, "known": True}, "given"),
        (B, {"print": None, "files": LISTED, "known": True, "file": "x.XLSX"}, "notOfKind"),
        (B, {"print": None, "files": [{"name": "y.xlsx", "hash": A}], "known": True, "file": "x.xlsx"}, "notPublished"),
    ],
)
def test_what_a_hash_shows(rooms: Engine, hash_of_file: str, given: dict[str, Any], kind: str) -> None:
    name = "x.csv" if hash_of_file == A and given["files"] else None
    assert rooms.ask(["loose", "judged", [hash_of_file, given]])["value"] == {"kind": kind, "name": name}


def test_of_several_files_the_one_that_fails_is_told(rooms: Engine) -> None:
    for kinds, told in (
        (["published", "notPublished"], "notPublished"),
        (["given", "given"], "given"),
        (["linked", "notLinked", "linked"], "notLinked"),
    ):
        assert rooms.ask(["loose", "together", [kinds]])["value"] == told
