"""`make package` in a copy of the house: what it makes stands, and what it refuses leaves no trace."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.planting import copy_of_house, lint, plant
from tests.house.sources import ROOT

PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of one's own."""
    return copied(tmp_path)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which nothing is ever made: what is refused changes nothing."""
    return copied(tmp_path_factory.mktemp("house"))


def copied(target: Path) -> Path:
    """The contracts, the code, the house tests and the program, copied."""
    copy = copy_of_house(target)
    for folder in ("ops", "tests/house"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A program of the environment in the copy, on the copy's code."""
    kept = {"CALPULLI_STATE": str(house / "state"), "DJANGO_SETTINGS_MODULE": "calpulli.site.settings"}
    words = [str(PROGRAMS / command[0]), *command[1:]]
    environment = os.environ | kept | {"PYTHONPATH": str(house / "src")}
    return subprocess.run(words, cwd=house, env=environment, capture_output=True, text=True, check=False)


def make(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(house, "python", "ops/package.py", *arguments)


def state(house: Path) -> dict[str, bytes]:
    """Every file of the copy and what is in it."""
    files = (file for file in house.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file.relative_to(house)): file.read_bytes() for file in files}


def layers(house: Path) -> list[str]:
    floors = (house / ".importlinter").read_text(encoding="utf-8").partition("contract:floors]")[2].partition("\n\n")[0]
    return floors.partition("layers =")[2].split()


def passes(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_package_stands(house: Path) -> None:
    passes(make(house, "territory", "people"))
    verdict = lint(house)
    assert verdict.code == 0, verdict.text
    assert "Rooms of territory KEPT" in verdict.text
    passes(run(house, "python", "-m", "django", "check", "--fail-level", "WARNING"))
    passes(
        run(house, "ruff", "check", "--no-cache", "src/calpulli/territory", "tests/territory", "src/calpulli/site/settings.py")
    )
    passes(run(house, "ruff", "format", "--no-cache", "--check", "src/calpulli/territory", "tests/territory"))
    tests = ["tests/territory", "tests/house/test_documents.py", "tests/house/test_contracts.py"]
    done = run(house, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "territory or contract_has")
    passes(done)
    # Its own, its README, its walls, a plant in each of its two contracts, a plant for all contracts.
    assert re.search(r"\b6 passed\b", done.stdout), done.stdout


def test_its_walls_fall_on_what_they_forbid(house: Path) -> None:
    make(house, "territory")
    plant(house, "calpulli/territory/models.py", "from . import actions")
    plant(house, "calpulli/territory/actions.py", "import calpulli.planning.inputs")
    plant(house, "calpulli/site/pages.py", "import calpulli.territory.apps")
    assert {
        "Rooms of territory",
        "Floors: a package imports only from lower ones",
        "Others enter territory by its doors",
    } <= lint(house).broken


@pytest.mark.parametrize(
    ("over", "expected"), [("", ["planning", "territory", "people"]), ("ledger", ["commons", "territory", "ledger"])]
)
def test_it_stands_right_above_the_floor_that_was_named(house: Path, over: str, expected: list[str]) -> None:
    passes(make(house, "territory", over))
    found = layers(house)
    assert found[found.index(expected[0]) :][:3] == expected
    settings = (house / "src/calpulli/site/settings.py").read_text(encoding="utf-8")
    assert f'"calpulli.{over or "people"}",\n    "calpulli.territory",\n' in settings


def test_two_packages_stand_one_above_the_other(house: Path) -> None:
    passes(make(house, "territory"))
    passes(make(house, "voting", "territory"))
    assert lint(house).code == 0
    found = layers(house)
    assert found[found.index("planning") :][:4] == ["planning", "voting", "territory", "people"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], ["Falta el nombre"]),
        (["Territory"], ["«Territory» no sirve"]),
        (["geo_units"], ["«geo_units» no sirve"]),
        (["región"], ["«región» no sirve"]),
        (["../outside"], ["«../outside» no sirve"]),
        (["class"], ["«class» no sirve"]),
        (["utils"], ["no dice qué hace"]),
        (["people"], ["Ya hay un paquete «people»"]),
        (["sessions"], ["Django ya tiene una aplicación «sessions»"]),
        (["house"], ["Ya hay una carpeta tests/house"]),
        (["territory", "nowhere"], ["No hay un paquete «nowhere»", "planning, people, norms, notices, commons, ledger"]),
        (["territory", "site"], ["Nada va sobre «site»"]),
        (["helpers", "nowhere"], ["no dice qué hace", "No hay un paquete «nowhere»"]),
        (["territory", "people", "more"], ["Uso: make package"]),
    ],
)
def test_what_it_refuses_leaves_no_trace(untouched: Path, arguments: list[str], told: list[str]) -> None:
    before = state(untouched)
    done = make(untouched, *arguments)
    assert done.returncode == 2
    assert all(words in done.stderr for words in [*told, "No se creó nada"]), done.stderr
    assert state(untouched) == before


def test_what_cannot_be_written_leaves_no_trace(house: Path) -> None:
    (house / "tests" / "territory").symlink_to(house / "nowhere")
    before = state(house)
    done = make(house, "territory")
    assert done.returncode == 1
    assert "No se pudo escribir" in done.stderr
    assert state(house) == before
    assert not (house / "src/calpulli/territory").exists()


def test_a_house_of_another_shape_is_left_alone(house: Path) -> None:
    settings = house / "src/calpulli/site/settings.py"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('"calpulli.people",', '"calpulli." + "people",'), encoding="utf-8"
    )
    before = state(house)
    assert "registre el paquete a mano" in make(house, "territory").stderr
    assert state(house) == before
