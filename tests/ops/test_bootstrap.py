"""The set-up: what it accepts, what it says when it cannot go on, and what it fixes by hash."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program, working in an empty folder."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "ops" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for name, place in {"ROOT": ".", "TOOLS": ".tools", "VENV": ".venv", "REQUIREMENTS": "requirements"}.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "calpulli.json")
    monkeypatch.delenv("PYTHON", raising=False)
    return module


def interpreter(folder: Path, name: str, said: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {said}\n")
    path.chmod(0o755)
    return path


def test_an_old_interpreter_can_read_it_to_say_what_is_missing() -> None:
    source = (ROOT / "ops" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 7))
    assert not re.search(r"^\s*(from|import) calpulli", source, re.M)


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "ops" / "bootstrap.py").read_text())
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in plain + named} <= sys.stdlib_module_names


def test_the_running_interpreter_is_taken(bootstrap: ModuleType) -> None:
    assert bootstrap.chosen_interpreter() == sys.executable


def test_a_newer_one_on_the_path_is_found_when_this_one_is_old(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = interpreter(tmp_path, "python-old", "3 10")
    new = interpreter(tmp_path, "python3.12", "3 12")
    monkeypatch.setattr(bootstrap.sys, "executable", str(old))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.chosen_interpreter() == str(new)
    new.unlink()
    with pytest.raises(bootstrap.SetUpError, match=r"Python 3\.11 o posterior.*PYTHON="):
        bootstrap.chosen_interpreter()


@pytest.mark.parametrize(("said", "why"), [("3 10", "que es Python 3.10"), ("nonsense", "no es un intérprete")])
def test_an_unfit_choice_is_refused(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, why: str
) -> None:
    chosen = interpreter(tmp_path, "python-x", said)
    monkeypatch.setenv("PYTHON", str(chosen))
    with pytest.raises(bootstrap.SetUpError, match=re.escape(why)):
        bootstrap.chosen_interpreter()


def stamped(bootstrap: ModuleType, profile: str, **other: object) -> None:
    (bootstrap.VENV / "bin").mkdir(parents=True, exist_ok=True)
    (bootstrap.VENV / "bin" / "python").touch(mode=0o755)
    facts = {
        "profile": profile,
        "python": list(sys.version_info[:2]),
        "digest": bootstrap.digest(profile),
        "root": str(bootstrap.ROOT),
    }
    bootstrap.STAMP.write_text(json.dumps(facts | other))


def test_what_is_in_place_is_recognised(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_current("site", sys.executable)
    stamped(bootstrap, "site")
    assert bootstrap.is_current("site", sys.executable)
    assert not bootstrap.is_current("dev", sys.executable)
    stamped(bootstrap, "dev")
    assert bootstrap.is_current("site", sys.executable)
    assert bootstrap.is_current("dev", sys.executable)


def test_an_environment_whose_interpreter_is_gone_is_made_again(bootstrap: ModuleType) -> None:
    stamped(bootstrap, "site")
    python = bootstrap.VENV / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert not bootstrap.is_current("site", sys.executable)


@pytest.mark.parametrize("other", [{"digest": "0" * 64}, {"root": "/elsewhere"}])
def test_what_was_made_for_something_else_is_not(bootstrap: ModuleType, other: dict[str, str]) -> None:
    stamped(bootstrap, "dev", **other)
    assert not bootstrap.is_current("dev", sys.executable)


def test_a_stamp_cut_short_is_no_stamp(bootstrap: ModuleType) -> None:
    stamped(bootstrap, "dev")
    bootstrap.STAMP.write_text(bootstrap.STAMP.read_text()[:-9])
    assert not bootstrap.is_current("dev", sys.executable)


def test_another_interpreter_asked_for_makes_another_environment(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    stamped(bootstrap, "site", python=[3, 99])
    assert bootstrap.is_current("site", sys.executable)
    monkeypatch.setenv("PYTHON", sys.executable)
    assert not bootstrap.is_current("site", sys.executable)


def test_an_index_out_of_reach_is_told_in_spanish(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "ops").mkdir()
    shutil.copy(ROOT / "ops" / "bootstrap.py", tmp_path / "ops")
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:1/", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "ops" / "bootstrap.py"), "site"],
        env=inherited | nowhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "No se pudo preparar Calpulli: No se pudo instalar uv." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("wanted", [["production"], ["site", "dev"]])
def test_an_unknown_order_shows_the_usage(bootstrap: ModuleType, wanted: list[str]) -> None:
    assert bootstrap.main(wanted) == 2


@pytest.mark.parametrize("name", ["site", "dev", "tools"])
def test_every_requirement_is_fixed_by_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    served, tested = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{n}.txt").read_text(), re.M)) for n in ("site", "dev")
    )
    assert served <= tested


@pytest.mark.parametrize("name", ["site", "dev", "tools"])
def test_every_dependency_says_why_it_is_there(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith(("#", "-r")):
            assert before.startswith("# "), line


def test_the_lock_of_the_browser_names_no_place_and_fixes_every_package_by_hash() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert not re.search(r"https?:|\"resolved\"", text)
    packages = json.loads(text)["packages"]
    assert all(entry.get("integrity", "").startswith("sha512-") for path, entry in packages.items() if path)
