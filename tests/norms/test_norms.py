"""What binds is what was adopted: as a fact, whole, and never so that something under way is left without its rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from calpulli.commons import institutes
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries.datasets import DATASETS
from calpulli.commons.registries.rules import RULES
from calpulli.ledger import doors as ledger
from calpulli.norms import doors, queries
from calpulli.norms.actions import adopt_norms
from calpulli.norms.inputs import AdoptNorms
from calpulli.norms.models import Adoption
from calpulli_core.law.rules import UNITS, NoRule, Rule
from tests.signing import signed_in

SYSTEM = Actor.system("prueba")
ON = dt.date(2026, 9, 30)


def written() -> tuple[Rule, ...]:
    return institutes.norms("demo")


def adopt(rules: tuple[Rule, ...], institute: str = "demo") -> Adoption:
    return adopt_norms(AdoptNorms(institute, rules), by=SYSTEM).result


def days(value: int) -> tuple[Rule, ...]:
    return tuple(replace(rule, value=value) for rule in written())


def test_a_change_holds_once_it_is_adopted_and_is_a_fact(db: object) -> None:
    before = ledger.head("norms").sequence
    assert doors.rule("demo", key="record.quarterly", on=ON).value == 45
    made = adopt(days(30))
    assert (made.institute, made.number) == ("demo", 2)
    assert doors.rule("demo", key="record.quarterly", on=ON).value == 30
    assert doors.rule("iecm", key="record.quarterly", on=ON).value == 45
    fact = ledger.fact_at("norms", before + 1)
    assert fact
    assert (fact["name"], fact["details"]) == ("norms.adopted", {"institute": "demo", "number": 2})
    assert [row[0] for row in fact["rows"]] == ["norms_adoption"]


def test_the_same_norms_are_not_adopted_twice(db: object) -> None:
    with pytest.raises(Refused, match="ya están adoptadas"):
        adopt(written())
    assert Adoption.objects.filter(institute="demo").count() == 1


def test_no_account_adopts(db: object) -> None:
    person = Actor("persona:1", frozenset({"system", "operator"}), account="1")
    with pytest.raises(Forbidden):
        adopt_norms(AdoptNorms("demo", days(30)), by=person)


def test_what_is_under_way_keeps_its_rule(db: object) -> None:
    """The quarter that the demonstration has open, and every begun one: all are named at once, and nothing is kept."""
    yearly = tuple(rule for rule in written() if rule.key == "record.annual")
    with pytest.raises(Refused) as refused:
        adopt(yearly)
    told = [problem.message for problem in refused.value.problems]
    assert any("demo-2026, 2026-Q3," in one and "«record.quarterly» del 30/09/2026" in one for one in told)
    assert len(told) > 1
    assert all("vigencia cerrada" in one for one in told)
    assert Adoption.objects.filter(institute="demo").count() == 1


def test_a_rule_that_closes_and_its_heir_are_adopted(db: object) -> None:
    """A term that changes in the middle of the period: each side keeps its own."""
    last = dt.date(2026, 11, 30)
    closed = [replace(rule, valid_until=last) for rule in written()]
    heirs = [replace(rule, value=20, valid_from=last + dt.timedelta(days=1)) for rule in written()]
    adopt((*closed, *heirs))
    assert doors.rule("demo", key="record.quarterly", on=last).value == 45
    assert doors.rule("demo", key="record.quarterly", on=dt.date(2026, 12, 31)).value == 20


def test_a_stranger_institute_has_no_rules(db: object) -> None:
    assert not doors.is_adopted("nadie")
    with pytest.raises(NoRule, match="adóptela"):
        doors.rule("nadie", key="record.quarterly", on=ON)


def test_before_the_first_adoption_the_file_holds_and_the_pages_stand(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an installation of an earlier version finds itself after its upgrade."""
    monkeypatch.setattr(queries, "latest", lambda institute: None)
    assert doors.rule("demo", key="record.quarterly", on=ON).value == 45
    assert not doors.is_adopted("demo")
    client = signed_in("revision")
    assert {address: client.get(address).status_code for address in ("/", "/registros", "/mesa", "/salud")} == dict.fromkeys(
        ("/", "/registros", "/mesa", "/salud"), 200
    )
    assert client.get("/salud").json()["checks"]["norms"] is False


def test_a_day_without_a_rule_takes_no_page_down(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Norms that begin to say nothing of the quarters that nobody has opened: those are not reported, and the rest is."""
    adopted = queries.rules_of("demo")
    until = tuple(replace(rule, valid_until=dt.date(2026, 9, 30)) for rule in adopted)
    monkeypatch.setattr(queries._HELD, "rules", lambda institute: until)
    client = signed_in("revision")
    for address in (
        "/",
        "/registros",
        "/mesa",
        "/mesa/carga",
        "/por-confirmar",
        "/datos/periodos",
        "/programas/demo-2026/linea/1.3",
    ):
        assert client.get(address).status_code == 200, address


def test_what_was_adopted_is_told_though_its_folder_is_gone(db: object, client: Client) -> None:
    adopt((replace(written()[0], unit="natural_days"),), institute="ido")
    html = client.get("/normas").content.decode()
    assert "ido" in html
    assert queries.words_of(replace(written()[0], unit="other")) == "45 other"


def test_every_unit_has_its_words() -> None:
    assert set(queries.WORDS) == set(UNITS)
    assert [queries.WORDS["natural_days"](value) for value in (1, 45)] == ["1 día natural", "45 días naturales"]


def test_every_rule_in_use_has_a_name_of_its_own() -> None:
    names = [str(use.name) for use in RULES]
    assert names
    assert len(set(names)) == len(names)


def test_the_data_set_keeps_every_version(db: object) -> None:
    dataset = DATASETS.get("normas")
    assert dataset
    assert dataset.rows
    before = list(dataset.rows())
    adopt(days(30))
    after = list(dataset.rows())
    brought = [row for row in after if row not in before]
    assert len(brought) == len(written())
    assert [row for row in brought if row[3].startswith("record.")] == [
        ("demo", 2, place, key, 30, "natural_days", None, None, *texts, False, brought[0][-1])
        for place, key, texts in ((1, "record.quarterly", before[0][8:10]), (2, "record.annual", before[1][8:10]))
    ]


def test_the_page_says_rule_article_and_mark(db: object, client: Client) -> None:
    adopt(days(31))
    html = client.get("/normas").content.decode()
    assert "Versión 2" in html
    assert "31 días naturales" in html
    assert html.index("Instituto Electoral de Demostración</h2>") < html.index("De referencia")
    assert html.count("fuente por confirmar</span>") == 7  # five of the demonstration, two of the three of reference
    assert "Ley de Transparencia, Acceso a la Información Pública" in html


def test_an_adoption_shows_within_a_second_in_a_process_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a transaction what was read is held for that long, and no longer."""
    now, reads = [100.0], []

    def latest(institute: str) -> None:
        reads.append(institute)

    monkeypatch.setattr(queries, "latest", latest)
    monkeypatch.setattr(queries.time, "monotonic", lambda: now[0])
    outside = type("Outside", (), {"in_atomic_block": False})
    monkeypatch.setattr(queries.transaction, "get_connection", lambda: outside)
    held = queries._Held()
    for now[0] in (100.0, 100.5, 100.99, 101.0, 101.5):
        held.rules("demo")
    assert reads == ["demo", "demo"]
