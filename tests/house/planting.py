"""A copy of the house in which a violation can be planted, and the real linter of contracts run on it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT, SRC

LINTER = Path(sys.executable).parent / "lint-imports"


@dataclass(frozen=True)
class Verdict:
    """What the linter said: its exit code, the names of the contracts that it found broken, and its words."""

    code: int
    broken: set[str]
    text: str


def copy_of_house(target: Path) -> Path:
    """The contracts and the Python files of `src/`, copied below `target`."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / ".importlinter", target)
    shutil.copytree(SRC, target / "src", ignore=_all_but_python)
    return target


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()}


def plant(house: Path, file: str, line: str) -> None:
    """Adds a line of code to a file below `src/`; a file that is not there is made, with its folder as a package."""
    target = house / "src" / file
    target.parent.mkdir(exist_ok=True)
    (target.parent / "__init__.py").touch()
    with target.open("a", encoding="utf-8") as open_file:
        open_file.write(f"\n{line}\n")


def lint(house: Path) -> Verdict:
    """Runs the real `lint-imports` in a house; wide enough that no name of a contract is broken into lines."""
    environment = os.environ | {"PYTHONPATH": str(house / "src"), "COLUMNS": "300", "NO_COLOR": "1"}
    done = subprocess.run(
        [LINTER, "--no-cache", "--no-logo"], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    text = done.stdout + done.stderr
    return Verdict(done.returncode, set(re.findall(r"^(.+?) BROKEN$", text, re.M)), text)
