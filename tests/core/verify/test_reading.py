"""Folders: links, devices, what cannot be read, names that no terminal should see, sizes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from calpulli_core.verify import check
from calpulli_core.verify.checking import examine_path
from calpulli_core.verify.report import Report
from tests.core.verify.cases import pack, row

UNREADABLE = [("unreadable", None, None)]


def found(path: Path) -> list[tuple[str, str | None, int | None]]:
    return [(fault.code, fault.file, fault.record) for fault in examine_path(path).faults]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "paquete"
    for path, data in row().first.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def test_a_good_folder(folder: Path) -> None:
    assert found(folder) == []
    (folder / "vacía" / "más").mkdir(parents=True)
    assert found(folder) == []


def test_a_link_to_the_folder_is_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "último").symlink_to(folder)
    assert found(tmp_path / "último") == []


def test_links_inside_are_refused_even_to_the_right_bytes(folder: Path, tmp_path: Path) -> None:
    (folder / "data/record.csv").rename(tmp_path / "fuera.csv")
    (folder / "data/record.csv").symlink_to(tmp_path / "fuera.csv")
    assert found(folder) == UNREADABLE


def test_links_to_folders_and_loops(folder: Path) -> None:
    (folder / "data/otra").symlink_to(folder)
    assert found(folder) == UNREADABLE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo")
    assert found(tmp_path / "tubo") == UNREADABLE
    os.mkfifo(folder / "tubo")
    assert found(folder) == UNREADABLE


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
@pytest.mark.skipif(sys.platform == "win32", reason="no devices here")
def test_a_device(name: str) -> None:
    assert found(Path(name)) == UNREADABLE


@pytest.mark.parametrize("name", ["no-existe", "a" * 300, "nul\0o", "LEEME.txt/x"])
def test_a_path_that_leads_nowhere(folder: Path, name: str) -> None:
    assert found(folder / name) == UNREADABLE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
@pytest.mark.parametrize("path", ["data/record.csv", "data"])
def test_what_may_not_be_read(folder: Path, path: str) -> None:
    (folder / path).chmod(0)
    try:
        assert found(folder) == UNREADABLE
    finally:
        (folder / path).chmod(0o700)


def test_a_file_that_fails_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.open

    def failing(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "record.csv":
            raise OSError(5, "Input/output error", str(self))
        return whole(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", failing)
    assert found(folder) == UNREADABLE


def test_a_folder_where_a_file_should_be(folder: Path) -> None:
    (folder / "data/record.pdf").unlink()
    (folder / "data/record.pdf").mkdir()
    assert found(folder) == [("missing", "data/record.pdf", None)]
    (folder / "data/record.pdf/dentro").write_bytes(b"x")
    assert found(folder) == [("missing", "data/record.pdf", None), ("undeclared", "data/record.pdf/dentro", None)]


def test_the_manifest_as_a_folder(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    assert found(folder) == [("missing", "manifest.json", None)]


@pytest.mark.parametrize("name", ["\x1b[2J\x1b[31m", "a\nÍNTEGRO", "\u202ecsv.exe", os.fsdecode(b"\xff\xfe")])
def test_names_that_play_tricks_are_printed_escaped(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"x")
    report = check(folder)
    assert [fault.code for fault in report.faults] == ["undeclared"]
    for text in (report.faults[0].message, *report.as_text().splitlines()):
        assert text.isprintable()
        text.encode("utf-8")
    report.as_json().encode("utf-8")


def test_too_many_files(folder: Path) -> None:
    for number in range(1000):
        (folder / f"{number}").mkdir()
    assert found(folder) == UNREADABLE


def test_a_file_too_large_is_not_read_whole(folder: Path) -> None:
    with (folder / "data/record.pdf").open("wb") as file:
        file.truncate(2**40)
    assert found(folder) == UNREADABLE


def test_more_than_64_MiB_in_all(folder: Path) -> None:  # noqa: N802 - the unit is written so
    for number in range(5):
        with (folder / f"{number}").open("wb") as file:
            file.truncate(15 * 2**20)
    assert found(folder) == UNREADABLE


def test_too_many_records(folder: Path) -> None:
    (folder / "data/lines.csv").write_bytes(b'"a"\n' * 200_000)
    assert found(folder) == UNREADABLE
    (folder / "data/lines.csv").write_bytes(b'"\n' * 200_000)
    assert UNREADABLE != found(folder) != []


def test_a_zip_file_too_large(tmp_path: Path) -> None:
    with (tmp_path / "x.zip").open("wb") as file:
        file.truncate(2**40)
    assert found(tmp_path / "x.zip") == UNREADABLE


def test_a_deflated_bomb_is_not_inflated(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(200 * 2**20))
    report: Report = check(tmp_path / "x.zip")
    assert [fault.code for fault in report.faults] == ["unreadable"]
    assert "comprimida" in report.faults[0].message


def test_the_last_resort_gives_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise MemoryError

    (tmp_path / "x.zip").write_bytes(pack(row().first))
    monkeypatch.setattr("calpulli_core.verify.checking.open_bundle", broken)
    report = check(tmp_path / "x.zip")
    assert [(fault.code, fault.file) for fault in report.faults] == [("unreadable", None)]
    assert report.signature == "inválida"
