"""The search on a real PostgreSQL: what it finds, in what order, and what nobody may find."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.registries.progress import Progress, ProgressGroup
from calpulli.commons.registries.searchable import SEARCHABLES
from calpulli.people.doors import actor_named
from calpulli.people.models import Appointment
from calpulli.planning import actions, inputs
from calpulli.transparency import index, queries
from calpulli.transparency.models import SearchEntry, SearchState
from calpulli_core.formats.captured import Captured
from calpulli_core.text.folding import fold
from calpulli_core.text.searching import search_words

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Xilofono"
SOME_DAY = dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def made(db: None) -> None:
    index.refresh()


def found(text: str) -> list[str]:
    return [hit.entry.key for hit in queries.search(text).hits]


def founding_words() -> set[str]:
    """Every word of the founding text that carries an accent or a ñ."""
    text = json.dumps(json.loads((ROOT / "institutes/iecm/programme.json").read_text("utf-8")), ensure_ascii=False)
    return {word for word in re.findall(r"[^\W\d_]+", text) if fold(word) != word.lower()}


def share_that_match(*, folded: bool) -> float:
    """Of the accented words, how many a PostgreSQL search finds by the same word typed without accents."""
    words = sorted(founding_words())
    hits = 0
    for word in words:
        written = " ".join(search_words(word)) if folded else word
        typed = " ".join(search_words(fold(word))) if folded else fold(word)
        vector = SearchVector(Value(written), config="spanish")
        query = SearchQuery(typed, config="spanish", search_type="plain")
        hits += SearchState.objects.annotate(told=vector).filter(told=query).exists() or (folded and written == typed == "")
    return hits / len(words)


def test_accents_decide_nothing_when_folded_before_stemming() -> None:
    """On the founding text: 100 % of its accented words, against 52.0 % with the stemmer alone."""
    assert len(founding_words()) > 90
    assert share_that_match(folded=True) == 1
    assert share_that_match(folded=False) == pytest.approx(0.520, abs=0.005)


@pytest.mark.parametrize(
    "texts", [("accion", "acción", "acciones", "ACCIÓN"), ("evaluar", "evaluación", "evaluacion"), ("mujer", "mujeres")]
)
def test_forms_of_a_word_find_the_same(texts: tuple[str, ...]) -> None:
    words = [" ".join(search_words(text)) for text in texts]
    for other in words:
        vector = SearchVector(Value(words[0]), config="spanish")
        assert SearchState.objects.annotate(told=vector).filter(told=SearchQuery(other, config="spanish")).exists()


def test_a_line_is_found_by_its_number_and_answers() -> None:
    hit = queries.search("línea 1.3").hits[0]
    assert (hit.entry.key, hit.complete) == ("planning.line:demo-2026/linea-1.3", True)
    assert [fact.label for fact in hit.facts] == ["Objetivo al que sirve", "Cómo va", "Registros del programa", "Quién responde"]
    assert hit.facts[1].value.startswith("Actividades de la línea 1.3 cumplidas en término: ")
    assert hit.facts[1].url.startswith("/indicador/linea-1.3-en-termino/")
    assert hit.facts[2].url == "/registros#demo-2026"
    assert hit.facts[3].value == "Secretaría Administrativa"
    assert [twin.key for twin in hit.twins] == ["planning.line:iecm-2023/linea-1.3"]


def test_only_a_programme_of_which_nothing_is_counted_says_that_its_lines_are_not_informed() -> None:
    unsaid = "No se informa todavía el avance de cada"
    told = {
        name: _goes(f"planning.{name}:{key}")
        for name, key in (("line", "demo-2026/linea-1.3"), ("objective", "demo-2026/objetivo-1"))
    }
    assert not any(unsaid in value for value in told.values())
    assert told["objective"] == "Se informa línea por línea: abra la que le importe."
    assert _goes("planning.line:iecm-2023/linea-1.3").startswith(unsaid)
    assert _goes("planning.objective:iecm-2023/objetivo-1").startswith(unsaid)


def test_an_objective_is_informed_if_any_line_of_it_is_and_money_alone_is_not_how_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the first line only its money is told; of the third, how it goes."""
    said = Progress("Algo de la línea", "3", "/algo")

    def told(plan_key: str, line: str) -> list[ProgressGroup]:
        money = [ProgressGroup("Dinero", (said,))] if line == "linea-1.1" else []
        return money + ([ProgressGroup("", (said,))] if line == "linea-1.3" else [])

    monkeypatch.setattr("calpulli.planning.offers.searching.progress_of", told)
    unsaid = "No se informa todavía el avance de cada"
    assert _goes("planning.objective:demo-2026/objetivo-1") == "Se informa línea por línea: abra la que le importe."
    assert _goes("planning.objective:demo-2026/objetivo-2").startswith(unsaid)
    assert _goes("planning.line:demo-2026/linea-1.1").startswith(unsaid)
    monkeypatch.setattr(
        "calpulli.planning.offers.searching.progress_of", lambda plan, line: told(plan, line)[:1] if line == "linea-1.1" else []
    )
    assert _goes("planning.objective:demo-2026/objetivo-1").startswith(unsaid), "money alone"


def _goes(key: str) -> str:
    kind, _colon, place = key.partition(":")
    searchable = SEARCHABLES.get(kind)
    assert searchable is not None
    return next(fact.value for fact in searchable.answer(place) if fact.label == "Cómo va")


def test_a_title_weighs_more_than_a_body() -> None:
    SearchEntry.objects.all().delete()
    for key, title, body in (("a", "Otra cosa", "cuadernillo"), ("b", "Cuadernillo", "otra cosa")):
        words = {"title_words": " ".join(search_words(title)), "body_words": " ".join(search_words(body))}
        SearchEntry.objects.create(key=key, kind="x", title=title, body=body, precedence=0, **words)
    assert found("cuadernillo") == ["b", "a"]


def test_ties_are_ordered_by_the_folded_title_not_by_chance() -> None:
    SearchEntry.objects.all().delete()
    for key, title in (("1", "Urna z"), ("2", "Urna Á"), ("3", "urna ñ"), ("4", "Urna n"), ("5", "Urna b")):
        words = " ".join(search_words(title))
        SearchEntry.objects.create(key=key, kind="x", title=title, precedence=0, title_words="urna", body_words=words)
    assert found("urna") == ["2", "5", "4", "3", "1"]


def test_the_last_word_may_be_unfinished() -> None:
    assert found("presup") == found("presupuesto") != []


def test_documents_with_every_word_leave_out_the_others() -> None:
    result = queries.search("presupuesto participativo")
    assert result.hits and all(hit.complete for hit in result.hits)
    partial = queries.search("presupuesto xilofono")
    assert partial.missing == ("xilofono",)
    assert partial.hits and not any(hit.complete for hit in partial.hits)


@pytest.mark.parametrize(
    ("typed", "meant"), [("transparensia", "transparencia"), ("el prezupuesto", "el presupuesto"), ("xqzw", "")]
)
def test_a_mistyped_word_is_put_right(typed: str, meant: str) -> None:
    assert queries.suggestion(queries.search(typed)) == meant


def submitted(note: str) -> int:
    edition = actions.open_period(inputs.OpenPeriod("demo-2026", "2031-Q2"), by=actor_named("area")).result
    captured = Captured(updated_on=dt.date(2031, 6, 30), note=note)
    return actions.submit_edition(inputs.CaptureEdition(edition.pk, captured), by=actor_named("area")).result.pk


def test_nothing_is_found_before_it_is_published_and_everything_right_after(client: Client) -> None:
    with clock.rehearse(SOME_DAY):
        edition = submitted(f"{SECRET} que nadie revisó")
        assert "No encontramos nada" in client.get("/buscar", {"q": SECRET}).content.decode()
        actions.seal_edition(inputs.SealEdition(edition, dt.date(2031, 7, 9)), by=actor_named("revision"))
        index.refresh_if_stale()
        assert found(SECRET) == []
        actions.publish_edition(inputs.PublishEdition(edition), by=actor_named("revision"))
        assert "segundo trimestre de 2031" in client.get("/buscar", {"q": SECRET}).content.decode().lower()


def test_every_address_of_the_index_is_public(client: Client) -> None:
    urls = set(SearchEntry.objects.values_list("url", flat=True))
    assert len(urls) > 60
    assert {url for url in urls if client.get(url.partition("#")[0]).status_code != 200} == set()


def test_it_is_made_again_only_after_an_act() -> None:
    index.refresh_if_stale()
    assert index.refresh_if_stale() is False
    with clock.rehearse(SOME_DAY):
        actions.open_period(inputs.OpenPeriod("demo-2026", "2031-Q2"), by=actor_named("area"))
        assert index.refresh_if_stale() is True
        assert index.refresh_if_stale() is False


def test_an_index_made_anew_is_the_same(db: None) -> None:
    def rows() -> list[tuple[str, str, str]]:
        return list(SearchEntry.objects.order_by("key").values_list("key", "digest", "vector"))

    before = rows()
    SearchEntry.objects.filter(kind="planning.line").delete()
    SearchEntry.objects.create(key="planning.line:gone", kind="planning.line", precedence=0, title_words="sobra")
    index.refresh(whole=True)
    assert rows() == before != []


HOSTILE = [
    "",
    " ",
    "' OR 1=1 --",
    "a & | ! b <-> :* \\",
    "'''''",
    "(((((",
    "x" * 10_000,
    "palabra " * 2_000,
    "1.2." * 3_000,
    "a\x00b",
    "\x00",
    "🗳️👩🏽‍🦽",
    "\u202egnol\u202c عربي עברית",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "中文 检索",
    "e\u0301" * 500,
    "<script>alert(1)</script>",
    "%s %d {0} {{ x }}",
    "-- ; DROP TABLE transparency_searchentry",
    "ﬁn ß İ ŉ",
    "9" * 400,
    "1e9999 -1e5 0x41 1/0",
    "a.b.c@ejemplo.mx https://ejemplo.mx/a?b=c",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_any_text_gets_a_page(client: Client, text: str) -> None:
    answer = client.get("/buscar", {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert len(answer.content) < 60_000


def test_bytes_that_are_no_text_get_a_page(client: Client) -> None:
    assert client.get("/buscar?q=%ff%fe%00%c3%28&q=otra").status_code == 200


@pytest.mark.parametrize(
    ("text", "key", "labels"),
    [
        ("diagnóstico foda datos", "transparency.dataset:foda", ["Qué trae", "Cada cuándo cambia", "Quién responde", "Archivos"]),
        ("organigrama", "transparency.dataset:areas", ["Qué trae", "Cada cuándo cambia", "Quién responde", "Archivos"]),
        ("unidad de transparencia", "people.area:unidad-transparencia", ["De qué responde", "Depende de", "Puestos"]),
        ("oficina distrito 7", "people.area:distrito-07", ["De qué responde", "Depende de", "Puestos"]),
        ("qué significa hechos del libro", "site.meaning:hechos-del-libro", ["Qué cuenta", "Cómo se calcula", "Quién responde"]),
    ],
)
def test_data_areas_and_numbers_are_found_and_answer(text: str, key: str, labels: list[str]) -> None:
    hit = queries.search(text).hits[0]
    assert hit.entry.key == key
    assert [fact.label for fact in hit.facts] == labels
    assert all(fact.value for fact in hit.facts)


def test_what_was_found_opens(client: Client) -> None:
    kinds = ("transparency.dataset", "people.area", "site.meaning")
    for kind in kinds:
        entry = SearchEntry.objects.filter(kind=kind).order_by("key")[0]
        page = client.get(entry.url)
        assert page.status_code == 200
        assert entry.title in page.content.decode()


def test_the_index_holds_the_name_of_nobody() -> None:
    """Also of those who hold a public post: the index and what is copied of it would outlive an erasure."""
    names = [held.account.display_name for held in Appointment.objects.select_related("account")]
    assert len(names) > 3
    told = "\n".join(f"{one.title} {one.body}" for one in SearchEntry.objects.all())
    assert [name for name in names if name in told] == []
