"""Editions of data sets: only when something changed, told in plain words, and never again changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client

from calpulli.commons import institutes
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries.chores import CHORES
from calpulli.commons.registries.datasets import DATASETS
from calpulli.ledger.doors import facts_after
from calpulli.people.doors import actor_named
from calpulli.planning.actions import open_period, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, PublishEdition, SealEdition
from calpulli.transparency import exports, queries
from calpulli.transparency.actions import publish_dataset
from calpulli.transparency.inputs import PublishDataset
from calpulli.transparency.models import DatasetEdition
from calpulli.transparency.publishing import publish_changed
from calpulli_core.formats.captured import Captured

SYSTEM = Actor.system("prueba")
# By what each says of itself: a set that does not read the chain of the records cannot change with one.
KEPT = {dataset.key for dataset in DATASETS if dataset.editions}
NOT_OF_RECORDS = {dataset.key for dataset in DATASETS if "planning" not in dataset.chains}
REPORTED = {"periodos", "ediciones", "registros"}  # these change with every record that is published
PROGRAMME = {"programas", "objetivos", "lineas-de-accion", "foda"}  # and these with none


def publish_a_quarter(code: str = "2023-Q2") -> None:
    edition = open_period(OpenPeriod("iecm-2023", code), by=actor_named("area")).result
    captured = Captured(updated_on=dt.date(2023, 7, 1), note="Nota")
    submit_edition(CaptureEdition(edition.pk, captured), by=actor_named("area"))
    seal_edition(SealEdition(edition.pk, dt.date(2023, 7, 10)), by=actor_named("revision"))
    publish_edition(PublishEdition(edition.pk), by=actor_named("revision"))


def test_the_seed_leaves_the_first_edition_of_each(db: None) -> None:
    assert REPORTED | PROGRAMME | {"llaves"} <= KEPT
    for key in KEPT:
        assert [one.number for one in queries.editions_of(key)] == [1], key
    assert queries.editions_of("hechos") == []


def test_nothing_is_published_when_nothing_changed(db: None) -> None:
    publish_changed(by=SYSTEM)
    before = DatasetEdition.objects.count()
    assert publish_changed(by=SYSTEM) == []
    with pytest.raises(Refused, match="no ha cambiado"):
        publish_dataset(PublishDataset("foda"), by=SYSTEM)
    assert DatasetEdition.objects.count() == before


def test_what_changed_gets_an_edition_that_says_so(db: None, client: Client) -> None:
    publish_a_quarter()
    made = {edition.dataset: edition for edition in publish_changed(by=SYSTEM)}
    assert REPORTED <= set(made) <= KEPT - PROGRAMME - NOT_OF_RECORDS
    assert queries.sentences(made["registros"].differences) == ["Se agregaron 15 renglones."]
    assert queries.sentences(made["periodos"].differences) == ["Se agregó 1 renglón."]
    page = client.get("/datos/registros/edicion/2").content.decode()
    assert "Se agregaron 15 renglones." in page
    assert "iecm-2023 · 2023-Q2 · 1 · 15" in page
    fact = facts_after("transparency", 0)[-1]
    assert fact["name"] == "transparency.dataset_published"
    assert fact["details"]["sha256"] == queries.latest_editions(1)[0].files["datos.csv"]


def test_an_old_edition_stays_as_it_was(db: None, client: Client) -> None:
    before = {name: client.get(f"/datos/registros/edicion/1/{name}").content for name in ("datos.csv", "datos.json")}
    page = client.get("/datos/registros/edicion/1").content.decode()
    publish_a_quarter()
    publish_changed(by=SYSTEM)
    for name, content in before.items():
        assert client.get(f"/datos/registros/edicion/1/{name}").content == content
        assert hashlib.sha256(content).hexdigest() in page.replace("</span><span>", "")
    assert "Hay una edición más nueva" in client.get("/datos/registros/edicion/1").content.decode()


def test_a_stranger_checks_the_digest_with_a_program_of_the_system(db: None, client: Client, tmp_path: Path) -> None:
    file = tmp_path / "foda_ed1_datos.csv"
    file.write_bytes(client.get("/datos/foda/edicion/1/datos.csv").content)
    told = subprocess.run(["sha256sum", file], capture_output=True, text=True, check=True).stdout.split()[0]
    assert told == queries.editions_of("foda")[0].files["datos.csv"]


def test_only_the_installation_publishes(db: None) -> None:
    with pytest.raises(Forbidden):
        publish_dataset(PublishDataset("foda"), by=actor_named("area"))


@pytest.mark.parametrize(("key", "told"), [("no-hay", "No hay un conjunto"), ("hechos", "no lleva ediciones")])
def test_what_has_no_editions_is_refused(db: None, key: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("dataset", "publish", key)


def test_the_command_says_what_to_name(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="--all"):
        call_command("dataset", "publish")
    call_command("dataset", "publish", "--all")
    call_command("dataset", "publish", "--all")
    assert "Nada cambió" in capsys.readouterr().out
    call_command("dataset", "list")
    assert "foda  edición 1, " in capsys.readouterr().out


@pytest.mark.parametrize(
    "address",
    [
        "/datos/foda/edicion/9",
        "/datos/foda/edicion/1/diferencias.csv",
        "/datos/foda/edicion/1/otro.csv",
        "/datos/hechos/edicion/1",
        "/datos/no-hay.csv",
    ],
)
def test_what_is_not_there_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_feed_names_each_edition_once(db: None, client: Client) -> None:
    feed = client.get("/datos/ediciones.atom").content.decode()
    assert feed.count("<entry") == DatasetEdition.objects.count() >= 8
    assert queries.editions_of("foda")[0].files["datos.csv"] in feed


def test_differences_by_hand() -> None:
    old = [{"k": 1, "a": "x", "b": "y"}, {"k": 2, "a": "x", "b": "y"}, {"k": 3, "a": None, "b": "y"}]
    new = [{"k": 1, "a": "z", "c": "n"}, {"k": 3, "a": "w", "c": "n"}, {"k": 4, "a": "x", "c": "n"}]
    found = exports.compared(old, new, keys=("k",), columns=("k", "a", "c"), before=("k", "a", "b"))
    assert found.counts == {"added": 1, "removed": 1, "changed": {"a": 2}, "columns_added": ["c"], "columns_removed": ["b"]}
    assert found.lines == [
        ("se quitó", "2", "", "", ""),
        ("cambió", "1", "a", "x", "z"),
        ("cambió", "3", "a", "", "w"),
        ("se agregó", "4", "", "", ""),
    ]
    assert queries.sentences(found.counts) == [
        "Se agregó la columna «c».",
        "Ya no está la columna «b».",
        "Se agregó 1 renglón.",
        "Se quitó 1 renglón.",
        "En 2 renglones cambió «a».",
    ]


def test_an_edition_is_not_changed_behind_the_ledger(fresh_database: str) -> None:
    """The database itself refuses a change without its fact."""
    with pytest.raises(DatabaseError, match="ledger"):
        DatasetEdition.objects.filter(dataset="foda").update(rows=0)


def test_the_chore_publishes_what_changed_and_nothing_twice(db: None) -> None:
    chore = CHORES.get("transparency.publish_editions")
    assert chore is not None
    publish_a_quarter()
    before = DatasetEdition.objects.count()
    assert chore.run() == DatasetEdition.objects.count() - before >= len(REPORTED)
    assert chore.run() == 0


def package(**changed: Any) -> dict[str, Any]:
    """A description with a dictionary of two columns."""
    fields = [{"name": "k", "description": "Clave"}, {"name": "a", "description": "Algo"}]
    return {
        "title": "T",
        "licenses": [],
        "resources": [{"schema": {"fields": fields, "primaryKey": ["k"]}, "hash": "1"}],
    } | changed


def test_a_new_licence_is_not_told_as_another_order() -> None:
    before, after = package(), package(licenses=[{"title": "CC0"}], title="U")
    assert exports.changed_parts(before, after) == ["title", "licenses"]
    same = {"added": 0, "removed": 0, "changed": {}, "columns_added": [], "columns_removed": []}
    told = queries.sentences(same | {"described": ["title", "licenses"]})
    assert told == ["Cambió lo que se dice del conjunto: el título, la licencia."]
    assert queries.sentences(same | {"described": []}) == [
        "Los renglones son los mismos: cambió solo su orden o cómo se escriben."
    ]
    assert queries.sentences(same) == ["Los renglones son los mismos: cambió solo su orden o cómo se escriben."]


def test_a_column_that_means_something_else_is_told_and_a_new_one_is_not_told_twice() -> None:
    other = package()
    other["resources"] = [{"schema": {"fields": [{"name": "k", "description": "Otra"}], "primaryKey": ["k"]}, "hash": "2"}]
    assert exports.changed_parts(package(), other) == ["dictionary"]
    grown = package()
    columns = [*package()["resources"][0]["schema"]["fields"], {"name": "b", "description": "Nueva"}]
    grown["resources"] = [{"schema": {"fields": columns, "primaryKey": ["k"]}, "hash": "2"}]
    assert exports.changed_parts(package(), grown) == []


def test_a_description_that_changed_is_published_and_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_changed(by=SYSTEM)
    terms = institutes.OpenData(licence="CC0 1.0", licence_url="", areas=institutes.open_data().areas)
    monkeypatch.setattr(institutes, "open_data", lambda: terms)
    made = publish_dataset(PublishDataset("foda"), by=SYSTEM).result
    assert queries.sentences(made.differences) == ["Cambió lo que se dice del conjunto: la licencia."]


def test_a_column_added_to_the_keys_loses_no_row() -> None:
    """Before, one row a district; now one a district and year: the rows of before are not all the same one."""
    old = [{"d": 1, "t": "x"}, {"d": 2, "t": "y"}, {"d": 3, "t": "z"}]
    new = [{"d": 1, "y": 2025, "t": "x"}, {"d": 2, "y": 2025, "t": "y"}, {"d": 3, "y": 2025, "t": "otra"}]
    found = exports.compared(old, new, keys=("d", "y"), columns=("d", "y", "t"), before=("d", "t"))
    assert found.counts == {"added": 1, "removed": 1, "changed": {}, "columns_added": ["y"], "columns_removed": []}
    assert found.lines == [("se quitó", "3 · z", "", "", ""), ("se agregó", "3 · otra", "", "", "")]


def test_rows_that_the_new_keys_do_not_tell_apart_are_each_counted() -> None:
    old = [{"d": 1, "t": "x"}, {"d": 1, "t": "x"}, {"d": 1, "t": "y"}]
    found = exports.compared(old, [{"d": 1, "t": "x"}], keys=("d",), columns=("d", "t"), before=("d", "t"))
    assert (found.counts["removed"], found.counts["added"]) == (2, 0)


def test_an_empty_text_and_an_absent_one_are_no_change() -> None:
    found = exports.compared([{"k": 1, "a": ""}], [{"k": 1, "a": None}], keys=("k",), columns=("k", "a"), before=("k", "a"))
    assert (found.counts["changed"], found.lines) == ({}, [])


def test_what_is_absent_is_said_in_one_way(db: None, client: Client) -> None:
    """null in JSON, an empty cell in CSV; never an empty text, which would be a value."""
    for dataset in DATASETS:
        optional = [column.name for column in dataset.columns if column.optional]
        for row in client.get(f"/api/v1/conjuntos/{dataset.key}/renglones?limite=1000").json()["renglones"]:
            assert [name for name in optional if row[name] == ""] == [], dataset.key
    rows = client.get("/api/v1/conjuntos/ediciones/renglones").json()["renglones"]
    assert {row["motivo"] for row in rows} == {None}
    assert client.get("/api/v1/conjuntos/ediciones/renglones?motivo=").json()["renglones"] == rows
