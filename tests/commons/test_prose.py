"""What is said beside a text: the number with its proof, the hints with their remedy, and nothing kept."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from calpulli.commons import prose
from calpulli.ledger.doors import counts
from calpulli.people.models import Account
from calpulli.people.pages import text as text_pages
from calpulli.planning import queries

OFFICE = "Con la finalidad de llevar a cabo la implementación de las acciones, el área se dio a la tarea de proceder."
# Ten words of two syllables and two of one, in two sentences, counted by hand: 22 syllables.
PLAIN = "La casa tiene puerta roja. Mi perro come carne cada noche larga."


def test_the_number_comes_with_what_it_is_made_of() -> None:
    """206.835 - 62.3 x 22/12 - 12/2 = 86.6: above 80, very easy."""
    found = prose.review(PLAIN)
    assert (found.index, found.band) == ("87", "muy fácil")
    assert found.proof == "206.835 − 62.3 × 22 sílabas / 12 palabras − 12 palabras / 2 frases"
    assert found.count == 0


def test_a_hint_says_which_words_and_how_to_mend_them() -> None:
    found = prose.review(OFFICE)
    [first] = [one for one in found.advice if one.words.lower() == "con la finalidad de"]
    assert "expresión de oficina" in first.rule
    assert "para" in first.remedy


@pytest.mark.parametrize("text", ["", "   \n", "Corregido.", "…!?", "1 2 3"])
def test_a_text_too_short_has_no_number(text: str) -> None:
    assert (prose.review(text).index, prose.review(text).band) == ("", "")


def test_a_hard_text_is_never_said_to_need_nothing() -> None:
    hard = "Universidades internacionales desarrollaron metodologías participativas extraordinariamente complejas"
    found = prose.review(f"{hard} considerando responsabilidades administrativas interinstitucionales y presupuestales.")
    assert found.band == "muy difícil"
    assert found.count == 1
    assert "sílabas en promedio" in found.advice[0].rule
    easy = prose.review("La casa que da al mar tiene luz por la tarde y pan por la mañana.")
    assert easy.band in ("bastante fácil", "muy fácil")
    assert easy.count == 0


def test_many_hints_are_counted_and_few_listed() -> None:
    found = prose.review("Con la finalidad de seguir. " * 30)
    assert (len(found.advice), found.count) == (prose.SHOWN_HINTS, 30)


def test_of_a_text_without_end_the_beginning_is_looked_at() -> None:
    found = prose.review("a" * prose.LONGEST + " con la finalidad de")
    assert found.count == 0


@pytest.fixture
def author(db: None) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username="area"))
    cache.clear()
    return client


def test_asking_keeps_nothing_and_gives_the_text_back(author: Client) -> None:
    view = queries.waiting("open")[0]
    before = counts()
    typed = {"note": OFFICE, "poa_url": "esto no es una dirección", "updated_on": "31/02/2026", "seen": view.state_digest}
    answer = author.post(f"/mesa/edicion/{view.id}", typed | {"review_text": "note"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "expresión de oficina" in page
    for text in (OFFICE, "esto no es una dirección", "31/02/2026"):
        assert text in page
    assert "Hay 2 errores" not in page
    assert counts() == before
    again = queries.find_edition(view.id)
    assert again is not None
    assert (again.edition.note, again.state_digest) == (view.edition.note, view.state_digest)


def test_a_file_that_was_chosen_is_not_kept_and_the_page_says_so(author: Client) -> None:
    view = queries.waiting("open")[0]
    before = counts()
    chosen = SimpleUploadedFile("poa.pdf", b"%PDF-1.7 esto no se lee", "application/pdf")
    page = author.post(f"/mesa/edicion/{view.id}", {"note": PLAIN, "review_text": "note", "poa_file": chosen}).content.decode()
    assert "El archivo que había elegido no se guardó" in page
    assert "No encontramos nada que cambiar" in page
    assert counts() == before


def test_hints_are_escaped(author: Client) -> None:
    answer = author.post("/texto/pistas", {"text": "<script>x</script> con la finalidad de <b>leer</b> " * 3})
    page = answer.content.decode()
    assert "con la finalidad de" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_no_act_looks_at_hints(author: Client) -> None:
    """The worst text is sent like any other."""
    view = next(view for view in queries.waiting("open") if view.is_bound and view.span.ends_on.year < 2027)
    typed = {"note": OFFICE * 3, "updated_on": f"{view.span.ends_on:%d/%m/%Y}", "seen": view.state_digest, "submit": "1"}
    assert author.post(f"/mesa/edicion/{view.id}", typed).status_code == 302


def test_the_address_has_limits(author: Client) -> None:
    assert author.post("/texto/pistas", {"text": "a" * prose.LONGEST}).status_code == 200
    assert author.post("/texto/pistas", {"text": "a" * (prose.LONGEST + 1)}).status_code == 413
    with patch.object(text_pages, "MOST_A_MINUTE", 3):
        assert [author.post("/texto/pistas", {"text": "a"}).status_code for _ in range(3)] == [200, 200, 429]


def test_the_address_is_not_for_strangers_nor_for_forms_from_elsewhere(db: None) -> None:
    assert Client().post("/texto/pistas", {"text": "a"}).status_code == 302
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="area"))
    assert client.post("/texto/pistas", {"text": "a"}).status_code == 403


def test_only_pages_where_people_write_may_ask_the_site(author: Client) -> None:
    view = queries.waiting("open")[0]
    assert "connect-src 'self'" in author.get(f"/mesa/edicion/{view.id}")["Content-Security-Policy"]
    for address in ("/", "/mesa", "/registros", "/libro"):
        assert "connect-src" not in author.get(address)["Content-Security-Policy"]
