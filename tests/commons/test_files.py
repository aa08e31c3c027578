"""Files by hash: kept once, read back whole, and never trusted when their bytes changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons import files


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings.FILES_DIR = tmp_path_factory.mktemp("files")
    return Path(settings.FILES_DIR)


@given(st.binary(max_size=300))
def test_what_is_kept_is_read_back_under_its_hash(content: bytes) -> None:
    name = files.keep(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert files.keep(content) == name
    assert files.read(name) == content


def test_a_changed_file_is_not_served(folder: Path) -> None:
    name = files.keep(b"original")
    (kept,) = [file for file in folder.rglob("*") if file.is_file()]
    kept.write_bytes(b"originaL")
    with pytest.raises(files.FileDamaged, match="alterado"):
        files.read(name)


def test_a_missing_file_is_told_and_a_strange_name_is_not_a_path() -> None:
    with pytest.raises(files.FileDamaged, match="falta"):
        files.read("0" * 64)
    for name in ("../secret", "", "A" * 64, "0" * 63):
        with pytest.raises(ValueError):
            files.read(name)


def test_nothing_half_written_has_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails in the middle leaves no file that a hash would find."""

    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("calpulli.commons.files.keeping.os.fsync", fails)
    with pytest.raises(OSError):
        files.keep(b"content")
    monkeypatch.undo()
    with pytest.raises(files.FileDamaged):
        files.read(hashlib.sha256(b"content").hexdigest())
