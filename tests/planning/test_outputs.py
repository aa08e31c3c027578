"""What the commands write: whole, or not at all; and every refusal in Spanish with its remedy."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from calpulli.commons import files

RECORD = ("record", "export", "--plan", "iecm-2023", "--quarter", "2023-Q1", "--format", "csv", "--output")
BUNDLE = ("quarter", "export", "--plan", "iecm-2023", "--quarter", "2023-Q1", "--output")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up in the middle of the second file of this test, and of every one after it."""
    whole, written = Path.write_bytes, []

    def half(self: Path, data: bytes) -> int:
        written.append(self)
        if len(written) < 2:
            return whole(self, data)
        whole(self, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)


def refused(*words: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        call_command(*words)
    return caught.value


def test_a_record_that_does_not_fit_leaves_the_earlier_one(db: None, tmp_path: Path, full_disk: None) -> None:
    target = tmp_path / "registro.csv"
    call_command(*RECORD, str(target))
    before = target.read_bytes()
    assert before.startswith(b'"Ejercicio"')
    error = refused(*RECORD, str(target))
    assert (error.returncode, "el disco está lleno" in str(error)) == (2, True)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_bundle_that_does_not_fit_leaves_no_folder(db: None, tmp_path: Path, full_disk: None) -> None:
    assert "el disco está lleno" in str(refused(*BUNDLE, str(tmp_path / "paquete")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_bundle_goes_to_a_new_or_empty_folder(db: None, tmp_path: Path, there: bool) -> None:
    target = tmp_path / "paquete"
    if there:
        target.mkdir()
    call_command(*BUNDLE, str(target))
    assert (target / "manifest.json").is_file()
    assert (target / "data" / "record.csv").is_file()
    assert list(tmp_path.iterdir()) == [target]
    assert "ya tiene contenido" in str(refused(*BUNDLE, str(target)))


def test_what_is_written_has_the_permissions_of_any_file_of_the_account(db: None, tmp_path: Path) -> None:
    (tmp_path / "otro").write_text("")
    call_command(*RECORD, str(tmp_path / "r.csv"))
    assert (tmp_path / "r.csv").stat().st_mode == (tmp_path / "otro").stat().st_mode


@pytest.mark.parametrize("words", [RECORD, (*BUNDLE[:-1], "--output"), ("ledger", "head", "--output")])
def test_a_place_that_cannot_be_written_is_told(db: None, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "archivo").write_text("")
    error = refused(*words, str(tmp_path / "archivo" / "salida.zip"))
    assert error.returncode == 2
    assert str(error).startswith("No se puede escribir")


@pytest.mark.parametrize("words", [RECORD, BUNDLE])
def test_a_damaged_original_is_told_with_its_remedy(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def damaged(digest: str) -> bytes:
        raise files.FileDamaged(f"falta el archivo {digest}")

    monkeypatch.setattr(files, "read", damaged)
    error = refused(*words, str(tmp_path / "salida.zip"))
    assert error.returncode == 1
    assert "falta el archivo" in str(error)
    assert "respaldo" in str(error)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_is_not_there_is_told_with_those_that_are(db: None) -> None:
    error = refused("quarter", "list", "--plan", "nope")
    assert (error.returncode, "demo-2026, iecm-2023" in str(error)) == (2, True)


def test_a_key_that_no_plan_can_have_is_told(db: None, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(b"{}")
    error = refused("record", "import", str(tmp_path / "r.json"), "--plan", "Mi Plan", "--base", "iecm-2023")
    assert (error.returncode, "«Mi Plan»: use minúsculas" in str(error)) == (2, True)


@pytest.mark.parametrize(
    ("listed", "words"),
    [(None, "plans.toml: no existe"), ("[[plan", "no es TOML"), ("[[plan]]\nkey = 'a'\n", "le falta la clave 'file'")],
)
def test_plans_that_cannot_be_read_are_told(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str | None, words: str
) -> None:
    monkeypatch.setattr("calpulli.commons.institutes.reading.folder", lambda slug: tmp_path)
    if listed is not None:
        (tmp_path / "plans.toml").write_text(listed)
    error: Any = refused("plan", "import")
    assert error.returncode == 2
    assert words in str(error)
