"""Every quiet mark of the public pages is in the list, with who answers for it."""

import csv
import io
import re
from collections import deque
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from calpulli.commons import institutes
from calpulli.commons.registries.unknowns import Mark
from calpulli.people import doors as people
from calpulli.transparency import queries

QUIET = re.compile(r'<span class="quiet-mark[^"]*"[^>]*>(.*?)</span>', re.S)
LINK = re.compile(r'href="(/[^"#?]*)')
# They are files, a page that shows the marks themselves, or the same pages in English.
APART = re.compile(
    r"\.(csv|json|xlsx|pdf|zip|atom|pyz|xml|ics|css|svg|woff2|png)$|^/por-confirmar|^/buscar|^/estatico|^/verificador$|^/diseno|^/en(/|$)"
)
# What these say is known: that something does not apply, or that it is not this site's to know.
KNOWN = {
    *("no depende de software", "no aplica", "este sitio no tiene evidencia de ese instituto", "sin evidencia de hoy"),
    *("nombre no publicado", "acto anónimo"),
}
# The chart of punctuality and its table say again what the page of each unpublished record says.
AGAIN = {("/registros", "sin publicar"), ("/registros", "sin datos")}
# An edition that was corrected stays as it was published: what it lacked, its correction tells.
CORRECTED = "Esta edición ya se corrigió"


def walked(client: Client) -> dict[str, set[str]]:
    """Each public page that links lead to from the home page, with its quiet marks."""
    marks: dict[str, set[str]] = {}
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        if address in marks or APART.search(address):
            continue
        answer = client.get(address)
        text = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
        marks[address] = set() if CORRECTED in text else {unescape(mark).strip() for mark in QUIET.findall(text)}
        waiting.extend(LINK.findall(text))
    return marks


def listed() -> set[tuple[str, str]]:
    """Page and mark of everything in the list."""
    found = queries.listed_unknowns().shown
    return {(url.partition("#")[0], str(one.mark)) for one in found for url in (one.url, *one.also)}


def same_page(address: str) -> str:
    """An edition that is the newest is also the page of its period."""
    return re.sub(r"/edicion/\d+$", "", address)


def test_every_quiet_mark_is_listed(client: Client, db: None) -> None:
    marks = walked(client)
    assert len(marks) > 80
    shown = {(same_page(address), mark) for address, found in marks.items() for mark in found - KNOWN}
    assert len(shown) > 15
    assert shown - AGAIN - listed() == set()
    assert any(mark == Mark.UNPUBLISHED for _, mark in listed())


def test_everything_listed_is_shown_where_it_says(client: Client, db: None) -> None:
    for address, mark in sorted(listed()):
        assert mark in {unescape(text).strip() for text in QUIET.findall(client.get(address).content.decode())}, address


def test_each_unknown_tells_who_answers_and_what_settles_it(db: None) -> None:
    found = queries.listed_unknowns().shown
    assert {one.mark for one in found} == set(Mark) - {Mark.NO_LICENCE, Mark.NO_AREA}
    areas = {card.name for card in people.area_cards()}
    for one in found:
        assert one.mark == Mark.NOBODY or one.owner in areas
        assert one.what and one.place and one.owner and one.remedy.startswith("Que ")


@pytest.mark.parametrize("mark", [Mark.UNCONFIRMED, Mark.NOT_REPORTED])
def test_the_list_is_filtered_by_mark_and_the_file_follows(client: Client, db: None, mark: Mark) -> None:
    whole = queries.listed_unknowns()
    page = client.get("/por-confirmar", {"marca": mark.value}).content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/por-confirmar.csv", {"marca": mark.value}).content.decode("utf-8-sig"))))
    assert len(rows) == whole.by_mark[mark.value] > 0
    assert {row["marca"] for row in rows} == {mark.value}
    assert f"{len(rows)} de {whole.total}." in page
    assert set(QUIET.findall(page)) == {mark.value}


def test_no_cell_of_the_file_is_a_formula(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = replace(
        queries.listed_unknowns().shown[0], what='=HYPERLINK("https://malo.ejemplo")', place="@SUM(1)", owner="+1-1"
    )
    listed = replace(queries.listed_unknowns(), shown=(hostile,))
    monkeypatch.setattr(queries, "listed_unknowns", lambda **_: listed)
    (_, row) = csv.reader(io.StringIO(client.get("/por-confirmar.csv").content.decode("utf-8-sig")))
    assert (row[0], row[2], row[5]) == ('\'=HYPERLINK("https://malo.ejemplo")', "'@SUM(1)", "'+1-1")


def test_a_filter_that_fits_nothing_says_so(client: Client, db: None) -> None:
    for query in ({"marca": "'; --"}, {"area": "x" * 5000}, {"marca": "no reportado", "area": "Nadie"}):
        answer = client.get("/por-confirmar", query)
        assert answer.status_code == 200
        assert "Nada con esa marca y esa área" in answer.content.decode()


def test_every_page_leads_to_the_list(client: Client, db: None) -> None:
    assert 'href="/por-confirmar"' in client.get("/registros").content.decode()


def test_what_the_institute_never_said_of_its_data_is_listed(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody declared a licence nor named an area, the page of the data set says so, and so does the list."""
    monkeypatch.setattr(institutes, "open_data", lambda: institutes.OpenData(licence="", licence_url="", areas={}))
    here = {(one.url, one.mark) for one in queries.listed_unknowns().shown}
    shown = QUIET.findall(client.get("/datos/foda").content.decode())
    for mark in (Mark.NO_LICENCE, Mark.NO_AREA):
        assert mark in shown
        assert ("/datos/foda", mark) in here


def test_the_file_tells_every_page_of_a_mark(client: Client, db: None) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/por-confirmar.csv").content.decode("utf-8-sig"))))
    told = {address.partition("#")[0] for row in rows for address in (row["dirección"], *row["también se ve en"].split())}
    assert "http://localhost/registros/demo-2026/2026-Q2/plazo" in told


def test_words_of_doubt_on_a_data_set_are_a_mark_too(client: Client, db: None) -> None:
    """What is said in passing, within a text, is in no list."""
    page = client.get("/datos/periodos").content.decode()
    assert "Artículo 121, fracción XXII, inciso b)" in page
    assert Mark.UNCONFIRMED in QUIET.findall(page)
    package = client.get("/datos/periodos/datapackage.json").json()
    assert package["legal"].endswith("(fuente por confirmar)")
