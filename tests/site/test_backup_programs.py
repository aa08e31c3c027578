"""Which `pg_dump` is taken, and what its command line shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calpulli.site.backups import programs
from calpulli.site.places import SetUpError


def program(folder: Path, version: int) -> Path:
    folder.mkdir()
    (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.2 (Distro)'\n")
    (folder / "pg_dump").chmod(0o755)
    return folder


def test_the_program_nearest_to_the_server_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [program(tmp_path / str(version), version) for version in (18, 15, 16)]
    monkeypatch.setattr(programs, "program_folders", lambda: [*folders, tmp_path / "none"])
    assert programs.find_program("pg_dump", server=16) == tmp_path / "16" / "pg_dump"
    assert programs.find_program("pg_dump", server=17) == tmp_path / "18" / "pg_dump"
    with pytest.raises(SetUpError, match=re.escape("«pg_dump» de PostgreSQL 19")):
        programs.find_program("pg_dump", server=19)


def test_a_password_is_not_among_the_words_of_the_command() -> None:
    target, environment = programs._connection("postgresql://ana:cl%40ve@host:5433/base?sslmode=require")
    assert "ve" not in target
    assert sorted(target.split()) == ["dbname=base", "host=host", "port=5433", "sslmode=require", "user=ana"]
    assert environment["PGPASSWORD"] == "cl@ve"
