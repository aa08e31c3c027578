"""What citizens say finds what the texts say; who may change that; and what is kept of searches in vain."""

import datetime as dt
import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.people.doors import actor_named
from calpulli.people.models import Account
from calpulli.transparency import index, queries
from calpulli.transparency.actions import import_thesaurus, remove_term, set_synonyms
from calpulli.transparency.inputs import ImportThesaurus, RemoveTerm, SetSynonyms, read_thesaurus
from calpulli.transparency.models import SearchEntry, SearchMiss, ThesaurusTerm
from calpulli_core.formats.defects import RecordErrors
from tests.transparency.gold import GOLD, HELD_OUT

REASON = "Lo dice así la gente de la prueba."


@pytest.fixture(autouse=True)
def made(db: None) -> None:
    index.refresh()


@pytest.fixture
def editor(db: None) -> Actor:
    return actor_named("edicion")


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username="edicion"))
    return client


def answered(wanted: dict[str, set[str]], *, thesaurus: bool) -> int:
    """How many phrases have one of their answers among the first three texts of the programme."""
    return sum(
        any(key.rpartition("/")[2] in answers for key in of_the_programme(text, thesaurus=thesaurus)[:3])
        for text, answers in wanted.items()
    )


def of_the_programme(text: str, *, thesaurus: bool) -> list[str]:
    """The keys of what is found of the programme itself, in order."""
    hits = queries.search(text, thesaurus=thesaurus).hits
    return [hit.entry.key for hit in hits if hit.entry.key.startswith("planning.")]


def test_citizens_words_find_formal_titles() -> None:
    """Of 30 phrases 13 without the thesaurus and 29 with it; of 13 that it was not made for, 8 either way."""
    assert len(GOLD) == 30 and len(HELD_OUT) == 13
    assert answered(GOLD, thesaurus=False) <= 15
    assert answered(GOLD, thesaurus=True) >= 29
    assert answered(HELD_OUT, thesaurus=True) >= 8


def test_a_term_works_at_once_and_until_it_is_removed(editor: Actor) -> None:
    assert queries.search("lana").hits == ()
    done = set_synonyms(SetSynonyms("Lana", ("presupuesto participativo", "gasto público"), REASON), by=editor)
    assert {hit.entry.key.rpartition("/")[2] for hit in queries.search("la LANA").hits} >= {"linea-4.5", "oportunidad-6"}
    assert done.receipt.name == "transparency.synonyms_set"
    told = ledger.facts_after("transparency", done.receipt.sequence - 1)[0]
    assert told["details"]["terms"] == ["Lana"] and told["details"]["reason"] == REASON
    assert told["actor"] == editor.ref
    assert queries.find_term("lana").area == "Unidad de Transparencia"
    remove_term(RemoveTerm("lana", REASON), by=editor)
    assert queries.search("lana").hits == ()


def test_saying_a_term_again_changes_it(editor: Actor) -> None:
    for synonyms in (("presupuesto",), ("transparencia",)):
        set_synonyms(SetSynonyms("lána", synonyms, REASON), by=editor)
    assert [row.synonyms for row in ThesaurusTerm.objects.filter(words="lana")] == [["transparencia"]]


@pytest.mark.parametrize("who", ["area", "revision"])
def test_only_the_editor_may(who: str) -> None:
    with pytest.raises(Forbidden):
        set_synonyms(SetSynonyms("lana", ("presupuesto",), REASON), by=actor_named(who))
    with pytest.raises(Forbidden):
        remove_term(RemoveTerm("gastan", REASON), by=actor_named(who))


def test_everything_wrong_is_told_at_once(editor: Actor) -> None:
    with pytest.raises(Refused) as refused:
        set_synonyms(SetSynonyms("¿qué?", ("de la", "x" * 81), "sí"), by=editor)
    assert [problem.field for problem in refused.value.problems] == ["term", "synonyms", "synonyms", "reason"]
    with pytest.raises(Refused):
        remove_term(RemoveTerm("nunca estuvo", REASON), by=editor)


def test_an_import_keeps_what_is_there(editor: Actor) -> None:
    set_synonyms(SetSynonyms("lana", ("presupuesto",), REASON), by=editor)
    terms = (SetSynonyms("lana", ("otra",), REASON), SetSynonyms("feria", ("presupuesto",), REASON))
    import_thesaurus(ImportThesaurus(terms), by=Actor.system("prueba"))
    assert queries.find_term("lana").synonyms == ["presupuesto"]
    assert queries.find_term("feria").synonyms == ["presupuesto"]
    with pytest.raises(Refused, match="«mal»"):
        import_thesaurus(ImportThesaurus((SetSynonyms("mal", (), REASON),)), by=Actor.system("prueba"))


def test_a_file_tells_every_defect() -> None:
    text = '[[term]]\nterm = "a"\n[[term]]\nterm = ""\nsynonyms = [1]\nreason = "x"\n'
    with pytest.raises(RecordErrors) as errors:
        read_thesaurus(text, file="thesaurus.toml")
    assert [defect.place for defect in errors.value.defects] == [f"thesaurus.toml, término {at}" for at in (1, 2, 2)]
    with pytest.raises(RecordErrors):
        read_thesaurus("[[", file="thesaurus.toml")


def test_the_editor_goes_from_a_miss_to_a_term(client: Client, desk: Client) -> None:
    for _ in range(settings.SEARCH_MISS_FLOOR):
        client.get("/buscar", {"q": "quiero mi chequera"})
    page = desk.get("/mesa/tesauro").content.decode()
    assert "<strong>chequera</strong>" in page
    assert 'value="chequera"' in desk.get("/mesa/tesauro?termino=chequera").content.decode()
    told = {"term": "chequera", "synonyms": "presupuesto\ngasto público", "reason": REASON}
    assert desk.post("/mesa/tesauro", told).status_code == 302
    page = desk.get("/mesa/tesauro").content.decode()
    assert "Vale desde ahora en el buscador" in page
    assert "<strong>chequera</strong>" not in page
    assert "presupuesto" in client.get("/buscar", {"q": "chequera"}).content.decode()
    removal = {"term": "chequera", "removal_reason": REASON, "remove": "1"}
    assert desk.post("/mesa/tesauro", removal | {"removal_reason": "no"}).status_code == 422
    assert desk.post("/mesa/tesauro", removal).status_code == 302
    assert queries.find_term("chequera") is None


def test_hostile_terms_are_refused_or_kept_as_text(desk: Client) -> None:
    for term in ("", "' | !", "a\x00b", "x" * 5000, "\u202e", "<b>"):
        answer = desk.post("/mesa/tesauro", {"term": term, "synonyms": "<i>x</i>\n'''", "reason": REASON})
        assert answer.status_code in (302, 422)
        assert "<i>x</i>" not in answer.content.decode()
    assert desk.get("/mesa/tesauro?termino=%00%ff").status_code == 200


# -- words that found nothing ------------------------------------------------------------------------------------------


def searched(client: Client, text: str, times: int = 1) -> None:
    for _ in range(times):
        client.get("/buscar", {"q": text})


def test_a_word_is_written_down_only_when_it_was_asked_for_often_enough(client: Client) -> None:
    floor = settings.SEARCH_MISS_FLOOR
    searched(client, "Perengano Zutanejo", floor - 1)
    assert set(SearchMiss.objects.values_list("word", "times")) == {("", floor - 1)}
    assert all("perengano" not in str(row) for row in SearchMiss.objects.values_list())
    searched(client, "PERENGANO")
    assert {row.word for row in SearchMiss.objects.all()} == {"perengano", ""}
    assert [(miss.word, miss.times) for miss in queries.misses()] == [("perengano", floor)]


def test_days_are_added_and_old_ones_forgotten(client: Client) -> None:
    first = dt.datetime(2031, 3, 1, 18, tzinfo=dt.UTC)
    for day in range(settings.SEARCH_MISS_FLOOR):
        with clock.rehearse(first + dt.timedelta(days=day)):
            searched(client, "chequera")
    assert {row.word for row in SearchMiss.objects.all()} == {"chequera"}
    with clock.rehearse(first + dt.timedelta(days=settings.SEARCH_MISS_DAYS + 1)):
        assert index.forget_old_misses() == 2
        assert SearchMiss.objects.count() == settings.SEARCH_MISS_FLOOR - 2
    with clock.rehearse(first + dt.timedelta(days=400)):
        assert queries.misses() == []


@pytest.mark.parametrize("text", ["5512345678", "perengano@ejemplo.mx", "xqz12345", "x" * 31, "zz", "presupuesto"])
def test_what_may_be_a_number_or_a_key_is_never_counted(client: Client, text: str) -> None:
    searched(client, text, 2)
    assert not SearchMiss.objects.exists()


def test_nothing_says_who_searched() -> None:
    assert {field.name for field in SearchMiss._meta.fields} == {"id", "day", "key", "word", "times"}


def test_nobody_fills_the_table(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calpulli.transparency.index.misses.MOST_A_DAY", 3)
    for word in ("qwa", "qwb", "qwc", "qwd", "qwe"):
        index.note_misses([word])
    assert SearchMiss.objects.count() == 3


def test_the_operator_makes_the_index_and_adds_the_terms_again() -> None:
    told = io.StringIO()
    SearchEntry.objects.all().delete()
    call_command("search", "rebuild", stdout=told)
    assert SearchEntry.objects.count() > 100
    call_command("search", "thesaurus", stdout=told)
    first, second = told.getvalue().splitlines()
    assert (
        first
        == second
        == f"{SearchEntry.objects.count()} documentos en el índice, {ThesaurusTerm.objects.count()} términos en el tesauro"
    )
