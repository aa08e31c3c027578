"""The handover, read as a stranger would: with csv, json and sha256sum, and nothing of the house."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from calpulli.commons import files
from calpulli.ledger.models import Fact
from calpulli.people.models import Account
from calpulli.planning.models import Edition
from calpulli.transparency.handover import HandoverRefused, hand_over, taking
from calpulli_core.board.facts import fact_digest

PROGRAMME = Path(__file__).resolve().parents[2] / "institutes" / "iecm" / "programme.json"


@pytest.fixture
def folder(fresh_database: str, tmp_path: Path) -> Path:
    hand_over(tmp_path / "entrega")
    return tmp_path / "entrega"


def rows(folder: Path, key: str) -> list[dict[str, Any]]:
    return list(json.loads((folder / "datos" / key / "datos.json").read_text("utf-8")))


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "--check", "--quiet", "MANIFIESTO.sha256"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_manifest_is_of_every_file_and_notices_a_change(folder: Path) -> None:
    for place in (folder, folder / "privado"):
        named = {line.split("  ", 1)[1] for line in (place / "MANIFIESTO.sha256").read_text().splitlines()}
        there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()} - {"MANIFIESTO.sha256"}
        assert named == there
        assert checked(place).returncode == 0, checked(place).stderr
    with (folder / "datos" / "foda" / "datos.csv").open("ab") as file:
        file.write(b" ")
    assert "datos/foda/datos.csv" in checked(folder).stdout


def test_every_text_of_the_programme_is_found(folder: Path) -> None:
    """The founding document's own file against the tables."""
    told = json.loads(PROGRAMME.read_text("utf-8"))
    lines = {row["texto"] for row in rows(folder, "lineas-de-accion") if row["plan"] == "iecm-2023"}
    assert {line["text"] for objective in told["objectives"] for line in objective["lines"]} == lines
    swot = [row["texto"] for row in rows(folder, "foda") if row["plan"] == "iecm-2023"]
    assert sorted(swot) == sorted(text for group in told["swot"].values() for text in group)
    (plan,) = (row for row in rows(folder, "programas") if row["plan"] == "iecm-2023")
    assert (plan["mision"], plan["vision"]) == (told["mission"], told["vision"])


def test_every_published_record_is_found_in_tables_and_bundles(folder: Path) -> None:
    cells = {
        (row["plan"], row["periodo"], row["edicion"], row["columna"]): row["valor"] or "" for row in rows(folder, "registros")
    }
    editions = rows(folder, "ediciones")
    assert len(editions) == Edition.objects.filter(state="published").count() >= 2
    for one in editions:
        name = f"paquete_{one['plan']}_{one['periodo']}_ed{one['edicion']}.zip"
        content = (folder / "archivos" / "ediciones" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["huella_paquete"]
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            _, values = csv.reader(io.StringIO(bundle.read("data/record.csv").decode(), newline=""))
        assert values == [cells[one["plan"], one["periodo"], one["edicion"], number] for number in range(1, 16)]


def test_the_whole_ledger_can_be_computed_again(folder: Path) -> None:
    count = 0
    for file in (folder / "libro").glob("*.jsonl"):
        previous = "0" * 64
        for line in file.read_text("utf-8").splitlines():
            fact = json.loads(line)
            assert (fact["previous"], fact_digest(fact)) == (previous, fact["digest"])
            previous, count = fact["digest"], count + 1
    assert count == Fact.objects.count() == len(rows(folder, "hechos"))


def test_what_is_owned_goes_apart_and_secrets_do_not_go(folder: Path) -> None:
    account = Account.objects.get(username="area")
    (found,) = (
        row for row in json.loads((folder / "privado/tablas/people_account.json").read_text()) if row["username"] == "area"
    )
    assert "password" not in found
    assert "NO ES PÚBLICA" in (folder / "privado/AVISO.txt").read_text("utf-8")
    classes = list(csv.DictReader((folder / "privado/tablas/diccionario.csv").open(encoding="utf-8", newline="")))
    assert {row["va_en_la_entrega"] for row in classes if row["clase"] == "secret"} == {"false"}
    assert {row["va_en_la_entrega"] for row in classes if row["clase"] == "personal"} == {"true"}
    secret, person = account.password.encode(), account.display_name.encode()
    for path in (one for one in folder.rglob("*") if one.is_file()):
        content = path.read_bytes()
        assert secret not in content, path
        assert person not in content or path.is_relative_to(folder / "privado"), path


def test_the_documents_of_published_records_are_public(folder: Path) -> None:
    """Whoever is given the folder without its private part has what supports the records."""
    told = rows(folder, "documentos")
    assert told, "the demonstration brings one"
    for row in told:
        content = (folder / "archivos" / "documentos" / row["archivo"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (row["huella"], row["tamano"])
        assert not (folder / "privado" / "archivos" / row["huella"]).exists()


def test_every_kept_file_is_there(folder: Path) -> None:
    given = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
    assert set(files.kept()) - given == set()


def test_it_is_all_or_nothing(fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(digest: str) -> bytes:
        raise files.FileDamaged(f"falta el archivo {digest}")

    monkeypatch.setattr(files, "read", lost)
    with pytest.raises(HandoverRefused, match="falta el archivo"):
        hand_over(tmp_path / "entrega")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path) -> taking.Handed:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "write_manifest", full)
    with pytest.raises(CommandError, match="el disco está lleno"):
        call_command("handover", str(tmp_path / "entrega"))
    assert list(tmp_path.iterdir()) == []


def test_it_is_not_written_over_anything(fresh_database: str, tmp_path: Path) -> None:
    (tmp_path / "otra.txt").write_text("mía")
    with pytest.raises(HandoverRefused, match="ya tiene contenido"):
        hand_over(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["otra.txt"]


def test_the_command_says_what_to_do_with_it(fresh_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vacia").mkdir()
    call_command("handover", str(tmp_path / "vacia"))
    said = capsys.readouterr().out
    digest = hashlib.sha256((tmp_path / "vacia" / "MANIFIESTO.sha256").read_bytes()).hexdigest()
    assert digest in said
    assert "privado/AVISO.txt" in said
