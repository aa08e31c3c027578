"""The check needs the standard library and these sources, nothing else: read from the sources, and run."""

from __future__ import annotations

import ast
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import calpulli_core
from calpulli_core.verify.zipapp import build_pyz
from tests.core.verify.cases import flip, pack, row

PACKAGE = Path(calpulli_core.__file__).parent
PARTS = ("board", "crypto", "verify")
SOURCES = [PACKAGE / "__init__.py", *(file for part in PARTS for file in sorted((PACKAGE / part).rglob("*.py")))]
RUN = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    "runpy.run_module('calpulli_core.verify', run_name='__main__', alter_sys=True)"
)


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports would hide where they lead"
            yield node.module or ""


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.relative_to(PACKAGE).as_posix())
def test_imports(source: Path) -> None:
    for name in imported(source):
        top, *rest = name.split(".")
        assert top in sys.stdlib_module_names or (top == "calpulli_core" and rest[0] in PARTS), name


def test_no_floor_below_depends_on_the_check() -> None:
    for part in ("board", "crypto"):
        for source in (PACKAGE / part).rglob("*.py"):
            assert not any(name.startswith("calpulli_core.verify") for name in imported(source))


def test_no_clock_no_network_no_environment() -> None:
    """Other names under which the world could come in."""
    strange = {"socket", "urllib", "http", "ssl", "time", "random", "secrets", "subprocess", "ctypes", "importlib"}
    for source in SOURCES:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        assert not {name.split(".")[0] for name in imported(source)} & strange
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not attributes & {"today", "now", "utcnow", "environ", "getenv"}


@pytest.fixture
def bundles(tmp_path: Path) -> dict[str, str]:
    made = {"good": row().second, "bad": flip(row().second, "data/keys.jsonl", 200), "old": row().first}
    for name, files in made.items():
        (tmp_path / f"{name}.zip").write_bytes(pack(files))
    return {name: str(tmp_path / f"{name}.zip") for name in made}


def alone(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Isolated (-I) and without site packages (-S), in an empty environment."""
    command = [sys.executable, "-I", "-S", "-B", *arguments]
    env = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=60)


def test_on_a_folder_with_nothing_else(bundles: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "solo"
    shutil.copytree(PACKAGE, place / "calpulli_core", ignore=shutil.ignore_patterns("__pycache__"))
    good = alone(["-c", RUN, str(place), bundles["good"]], tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("ÍNTEGRO — firma no contrastada\n")
    after = alone(["-c", RUN, str(place), bundles["good"], "--after", bundles["old"]], tmp_path)
    assert after.stdout.startswith("ÍNTEGRO — firma contrastada\n")
    bad = alone(["-c", RUN, str(place), bundles["bad"]], tmp_path)
    assert (bad.returncode, bad.stderr) == (1, "")
    assert "data/keys.jsonl, renglón 1" in bad.stdout


def test_as_one_file(bundles: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "verificador.pyz"
    program.write_bytes(build_pyz())
    for name, code in (("good", 0), ("bad", 1)):
        done = alone([str(program), bundles[name]], tmp_path)
        assert (done.returncode, done.stderr) == (code, "")
        assert ("ÍNTEGRO" in done.stdout) == (code == 0)
    assert alone([str(program)], tmp_path).returncode == 2


def test_the_one_file_is_always_the_same_and_holds_these_sources() -> None:
    data = build_pyz()
    assert data == build_pyz()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    expected = {source.relative_to(PACKAGE.parent).as_posix(): source.read_bytes() for source in SOURCES}
    assert inside.keys() == expected.keys() | {"__main__.py"}
    assert all(inside[name] == source for name, source in expected.items())


def test_an_older_python_gets_words() -> None:
    """The entry is read by any Python 3; the rest is imported only after the version was looked at."""
    with zipfile.ZipFile(io.BytesIO(build_pyz())) as archive:
        entry = archive.read("__main__.py").decode()
    tree = ast.parse(entry, feature_version=(3, 4))
    kinds = [type(node).__name__ for node in tree.body]
    assert kinds.index("If") < kinds.index("ImportFrom")
    faked = entry.replace("sys.version_info < (3, 11)", "True")
    assert faked != entry
    done = subprocess.run([sys.executable, "-c", faked], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "3.11" in done.stderr
