"""The command line: exit codes, what it prints, and calls that are wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import calpulli_core
from calpulli_core.verify.command import CallError, main, read_call, read_key
from tests.core.verify.cases import K1, K9, flip, pack, row
from tests.core.verify.factory import key, public
from tests.core.verify.primitives import sha256

SOURCES = Path(calpulli_core.__file__).parents[1]


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "bueno.zip"
    path.write_bytes(pack(row().second))
    return str(path)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "malo.zip"
    path.write_bytes(pack(flip(row().second, "data/swot.csv", 40)))
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    path = tmp_path / "anterior.zip"
    path.write_bytes(pack(row().first))
    return str(path)


def test_good(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([good]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "ÍNTEGRO — firma no contrastada"
    assert out[1] == "Paquete 2: plan demo-2023, periodo 2023-Q2, edición 1"
    digest = sha256(row().second["manifest.json"])
    assert out[2].endswith(": " + " ".join(digest[n : n + 4] for n in range(0, 64, 4)))
    assert out[-1].startswith("Qué prueba:")


def test_bad(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([bad]) == 1
    out = capsys.readouterr().out
    assert out.startswith("ALTERADO: 1 falla — firma no contrastada\n")
    assert "1. [changed] data/swot.csv, renglón 1 («fortaleza-1»): " in out


def test_trusted(good: str, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([good, "--key", K1, "--after", old]) == 0
    assert main([f"--after={old}", f"--key={K9}", good]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "ÍNTEGRO — firma contrastada"
    assert sum("debe venir de fuera del paquete" in line for line in out) == 1, "only where the given key held"


def test_json(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([bad, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert sorted(told) == ["bundle", "faults", "ok", "signature"]
    assert told["bundle"] == {
        "edition": 1,
        "manifest_sha256": sha256(row().second["manifest.json"]),
        "number": 2,
        "period": "2023-Q2",
        "plan": "demo-2023",
    }
    assert (told["ok"], told["signature"]) == (False, "no contrastada")
    (fault,) = told["faults"]
    assert sorted(fault) == ["code", "file", "key", "message", "record"]
    assert (fault["code"], fault["file"], fault["record"], fault["key"]) == ("changed", "data/swot.csv", 1, "fortaleza-1")


def test_json_of_what_is_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nada"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["bundle"], told["ok"], told["signature"]) == (None, False, "inválida")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "un paquete"),
        (["a", "b"], "un paquete"),
        (["a", "--nada"], "--nada"),
        (["a", "--key"], "--key"),
        (["a", "--key="], "--key"),
        (["a", "--after"], "--after"),
        (["a", "--key", "abc"], "abc"),
        (["a", "--key", "g" * 64], "64 dígitos"),
        (["a", "--key", "\0"], "64 dígitos"),
        (["a", "--key", K1, "--key", K1], "repetida"),
        (["a", "--key", "/"], "64 dígitos"),
    ],
)
def test_wrong_calls(arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert word in told.err.splitlines()[0]
    assert "Uso:" in told.err
    assert told.out == ""


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "Uso:" in capsys.readouterr().out


def test_key_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "llave.txt"
    file.write_text(" ".join(K1[n : n + 4].upper() for n in range(0, 64, 4)) + "\n")
    assert read_key(str(file)) == K1
    file.write_text(public(key(1)))
    assert read_key(str(file)) == public(key(1))
    for wrong in (b"", b"x" * 64, K1.encode() * 2, "ñ".encode()):
        file.write_bytes(wrong)
        with pytest.raises(CallError):
            read_key(str(file))


def test_a_dash_is_a_name() -> None:
    assert read_call(["-"]).bundle == Path("-")


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "calpulli_core.verify", *arguments]
    return subprocess.run(command, env={"PYTHONPATH": str(SOURCES), **environment}, capture_output=True, timeout=60)


def test_as_a_program(good: str, bad: str) -> None:
    assert run([good]).returncode == 0
    done = run([bad], PYTHONUTF8="1")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "renglón 1 («fortaleza-1»)" in done.stdout.decode()
    assert run([]).returncode == 2


def test_on_a_terminal_without_accents(bad: str) -> None:
    done = run([bad], PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"ALTERADO: 1 falla \\u2014 firma")
    told = json.loads(run([bad, "--json"], PYTHONIOENCODING="ascii").stdout.decode("utf-8"))
    assert told["faults"][0]["key"] == "fortaleza-1"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_leaves(bad: str) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "calpulli_core.verify", bad]
    environment = {"PYTHONPATH": str(SOURCES)}
    done = subprocess.run(command, env=environment, stdout=write, stderr=subprocess.PIPE, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
