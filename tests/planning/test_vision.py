"""The vision on trial: the cut is the text itself, and what it says of today is counted from what happened."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor
from calpulli.commons.registries.evidence import EVIDENCE
from calpulli.planning import queries
from calpulli.planning.actions import open_period, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, PublishEdition, SealEdition
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.text.readability import measure

ROOT = Path(__file__).resolve().parents[2]
VISION = (
    "En 2026 somos una institución autónoma, cercana a la comunidad, que fomenta la cultura democrática, la deliberación "
    "pública y el ejercicio pleno de los derechos político-electorales de forma incluyente; fortalecemos la democracia "
    "digital y participativa y la generación de datos abiertos. Nos consolidamos como una institución confiable, "
    "innovadora y eficiente en el uso de recursos."
)


@pytest.mark.parametrize("name", ["iecm", "demo"])
def test_the_clauses_put_together_are_the_vision(name: str) -> None:
    programme = parse_programme((ROOT / "institutes" / name / "programme.json").read_bytes(), file=name)
    cut = queries.read_cut(name, programme)
    assert cut is not None
    assert programme.vision == VISION
    assert "".join(clause.text for clause in cut.clauses) == VISION
    assert len(cut.clauses) == 10
    named = {key for clause in cut.clauses for key in clause.evidence}
    assert named
    assert named <= {piece.key for piece in EVIDENCE}


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Iterator[Path]:
    """A copy of the institutes to spoil."""
    shutil.copytree(ROOT / "institutes", tmp_path / "institutes")
    settings.INSTITUTES_DIR = tmp_path / "institutes"  # type: ignore[attr-defined]
    institutes.current.cache_clear()
    yield tmp_path / "institutes" / "iecm"
    institutes.current.cache_clear()


def read(folder: Path) -> queries.Cut | None:
    return queries.read_cut("iecm", parse_programme((folder / "programme.json").read_bytes(), file="programme.json"))


def spoil(file: Path, old: str, new: str) -> int:
    """Replaces `old`, which is there once, and gives its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('text = "innovadora "', 'text = "inovadora "', "El programa sigue así: «innovadora y eficiente"),
        ('text = "innovadora "', 'text = "innovadora"', "con sus espacios"),
        ('lines = ["4.5", "2.3"]', 'lines = ["4.5", "9.9"]', "No hay línea con ese nombre"),
        ('lines = ["4.5", "2.3"]', 'lines = "4.5"', "Es una lista de textos"),
        (
            'evidence = ["planning.open_formats", "transparency.datasets"]',
            'evidence = ["planning.nada"]',
            "No hay evidencia con ese nombre",
        ),
        ('wanted = "Costo', 'wantd = "Costo', "Esta clave no existe"),
        ("proposed_on = 2026-11-23", 'proposed_on = "ayer"', "Escríbala como 2026-11-23"),
        ('text = "innovadora "', 'text = "innovadora ', "debe ser TOML"),
    ],
)
def test_a_defect_is_told_with_its_line(folder: Path, old: str, new: str, words: str) -> None:
    line = spoil(folder / "vision.toml", old, new)
    with pytest.raises(RecordErrors) as refused:
        read(folder)
    found = [defect for defect in refused.value.defects if words in f"{defect.rule} {defect.remedy}"]
    assert found, refused.value
    assert found[0].sheet == "iecm/vision.toml"
    if words == "con sus espacios":  # what is missing is noticed where the next clause begins
        line += 7
    assert found[0].row == (None if "proposed_on" in old else line)


def test_a_missing_clause_is_told(folder: Path) -> None:
    file = folder / "vision.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.rindex("[[clause]]")], encoding="utf-8")
    with pytest.raises(RecordErrors, match="y eficiente en el uso de recursos"):
        read(folder)


def test_a_spoilt_cut_leaves_the_page_standing(folder: Path, client: Client, db: None) -> None:
    spoil(folder / "vision.toml", 'text = "innovadora "', 'text = "otra "')
    answer = client.get("/programas/iecm-2023/vision")
    assert answer.status_code == 200
    assert "todavía no se pone a prueba" in answer.content.decode()


def value(key: str) -> str | None:
    piece = EVIDENCE.get(key)
    assert piece is not None
    return piece.value()


def test_the_data_of_the_catalogue_are_evidence_too(client: Client, db: None) -> None:
    """What the page says is what the catalogue counts: data sets, and the editions that each shows."""
    listed = client.get("/api/v1/conjuntos").json()["conjuntos"]
    editions = sum(
        len(client.get(f"/api/v1/conjuntos/{one['clave']}/ediciones").json()["ediciones"])
        for one in listed
        if one["lleva_ediciones"]
    )
    assert editions > 8
    told = f"Conjuntos de datos con diccionario: {len(listed)}. Ediciones que se conservan: {editions}."
    assert value("transparency.datasets") == told
    assert told in client.get("/programas/demo-2026/vision").content.decode()


def test_a_stranger_gets_the_ease_of_reading_from_the_data(client: Client, db: None) -> None:
    """The texts of the data sets, in the order that the page says, give the number of the page."""

    def texts(key: str, *columns: str) -> list[str]:
        rows = client.get(f"/api/v1/conjuntos/{key}/renglones?limite=1000&plan=demo-2026").json()["renglones"]
        return [row[column] for row in rows for column in columns]

    text = "\n".join([*texts("programas", "mision", "vision"), *texts("objetivos", "texto"), *texts("lineas-de-accion", "texto")])
    found = measure(text)
    assert found.index is not None
    assert str(value("planning.reading_ease")).startswith(f"{float(found.index):.1f} ")


@pytest.fixture
def spring() -> Iterator[None]:
    """2 June 2027: of 2027 only the first quarter is due (15 May); of 2026, its four quarters and its year."""
    with clock.rehearse(dt.datetime(2027, 6, 2, 18, tzinfo=dt.UTC)):
        yield


def publish(period: str, validated_on: dt.date, author: Actor, reviewer: Actor) -> None:
    edition = open_period(OpenPeriod("demo-2026", period), by=author).result
    submit_edition(CaptureEdition(edition.pk, Captured(updated_on=validated_on)), by=author)
    seal_edition(SealEdition(edition.pk, validated_on), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)


def test_punctuality_counts_what_was_due_also_what_nobody_opened(spring: None, author: Actor, reviewer: Actor) -> None:
    due = {"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026", "2027-Q1"}
    published = {one.code for one in queries.published_editions() if one.plan_key == "demo-2026"}
    assert published <= due
    assert value("planning.records_on_time") == f"{len(published)} de 6 a tiempo"
    publish("2027-Q1", clock.today(), author, reviewer)  # 18 days late
    assert value("planning.records_on_time") == f"{len(published)} de 6 a tiempo"
    assert value("planning.bundles") == f"{len(published) + 1} paquetes firmados"
    assert value("planning.corrections") == f"Ediciones publicadas: {len(published) + 1}. De ellas, correcciones: 0."


def test_a_record_published_by_its_due_date_counts(author: Actor, reviewer: Actor) -> None:
    before = value("planning.records_on_time")
    with clock.rehearse(dt.datetime(2027, 5, 15, 18, tzinfo=dt.UTC)):  # the very day
        publish("2027-Q1", clock.today(), author, reviewer)
    with clock.rehearse(dt.datetime(2027, 5, 16, 18, tzinfo=dt.UTC)):
        after = value("planning.records_on_time")
    assert before is not None
    assert after is not None
    assert int(after.split()[0]) == int(before.split()[0]) + 1


def test_of_another_institute_nothing_is_claimed(client: Client, db: None) -> None:
    trial = queries.trial_of(queries.find_plan("iecm-2023"))
    assert trial is not None
    assert [clause.findings for clause in trial.clauses] == [()] * 10
    text = client.get("/programas/iecm-2023/vision").content.decode()
    assert text.count("este sitio no tiene evidencia de ese instituto") == 10
    assert "paquetes firmados" not in text


def test_the_page_says_whose_proposal_it_is_and_gives_no_grade(client: Client, db: None) -> None:
    text = client.get("/programas/demo-2026/vision").content.decode()
    for words in (
        "Es nuestra propuesta, del 23 de noviembre de 2026",
        "ninguna autoridad la ha adoptado",
        "sin evidencia",
        "INFLESZ",
    ):
        assert words in text
    assert text.count('class="clause"') == 10
    assert "%" not in text.partition("<main")[2].partition("</main")[0]
    for page in ("/", "/programas/demo-2026"):
        assert "/programas/demo-2026/vision" in client.get(page).content.decode()
