"""What a backup does not write over, and what it does not take."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from calpulli.site.backups import programs, taking
from calpulli.site.places import SetUpError
from tests.site.installation import Installation, kept, names, tables


@pytest.mark.parametrize("what", ["file", "link", "full"])
def test_a_backup_is_not_written_over_anything(source: Installation, tmp_path: Path, what: str) -> None:
    place = tmp_path / "respaldo"
    if what == "file":
        place.write_text("mío")
    elif what == "link":
        place.symlink_to(tmp_path / "otro")
    else:
        place.mkdir()
        (place / "mio").write_text("mío")
    before = sorted(tmp_path.rglob("*"))
    done = source.run("backup", str(place))
    assert (done.returncode, f"{place}: ya existe" in done.stderr) == (1, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_may_become_the_backup(source: Installation, tmp_path: Path) -> None:
    (tmp_path / "respaldo").mkdir()
    assert source.run("backup", str(tmp_path / "respaldo")).returncode == 0
    assert names(tmp_path) == ["respaldo"]


def test_a_damaged_file_stops_the_backup_and_leaves_nothing(source: Installation, tmp_path: Path) -> None:
    shutil.copytree(source.state / "files", tmp_path / "files")
    first, second, *_ = kept(tmp_path)
    for path in (first, second):
        path.write_bytes(b"otra cosa")
    done = source.run("backup", str(tmp_path / "respaldo"), CALPULLI_FILES=str(tmp_path / "files"))
    assert done.returncode == 1
    for path in (first, second):
        assert f"{path}: está dañado" in done.stderr
    assert names(tmp_path) == ["files"]


def test_a_database_of_somebody_else_has_nothing_to_back_up(bare: Installation, tmp_path: Path) -> None:
    done = bare.run("backup", str(tmp_path / "respaldo"))
    assert (done.returncode, "no tiene libro de hechos" in done.stderr) == (2, True)
    assert not (tmp_path / "respaldo").exists()
    assert tables(bare) == 0, "a backup migrates nothing"


def test_a_failed_dump_leaves_nothing(
    source: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "pg_dump").write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.1" && exit\necho "sin espacio" >&2\nexit 1\n'
    )
    (broken / "pg_dump").chmod(0o755)
    monkeypatch.setattr(programs, "program_folders", lambda: [broken])
    url = source.server.url(role="calpulli_owner", database=source.database)
    with pytest.raises(SetUpError, match="sin espacio"):
        taking.take(tmp_path / "respaldo", url=url, files=source.state / "files")
    assert names(tmp_path) == ["bin"]
