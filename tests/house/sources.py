"""How the house tests read the house: its files, its syntax trees, its contracts. Nothing is imported to be read."""

import ast
import configparser
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
INSTITUTE = SRC / "calpulli"
CORE = SRC / "calpulli_core"
# Written by Django's command, and read by nobody but Django.
GENERATED = "migrations"


def packages() -> list[str]:
    """The packages of the institute, by name."""
    return sorted(file.parent.name for file in INSTITUTE.glob("*/__init__.py"))


def python_files(*folders: Path) -> list[Path]:
    """The Python files below the folders, without migrations."""
    found = (file for folder in folders for file in sorted(folder.rglob("*.py")))
    return [file for file in found if GENERATED not in file.parts and "__pycache__" not in file.parts]


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def room_of(file: Path) -> tuple[str, str]:
    """Package and room of a file of the institute: `planning/actions/editions.py` is ("planning", "actions")."""
    parts = file.relative_to(INSTITUTE).with_suffix("").parts
    return parts[0], parts[1] if len(parts) > 1 else "__init__"


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every absolute import, also of those inside functions."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(module: ast.Module) -> Iterator[ast.Call]:
    """Every call."""
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of names; what is not a name stands as `?`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def contracts() -> dict[str, configparser.SectionProxy]:
    """The contracts of `.importlinter`, by identifier."""
    read = configparser.ConfigParser()
    read.read(ROOT / ".importlinter", encoding="utf-8")
    return {name.rpartition(":")[2]: read[name] for name in read.sections() if ":contract:" in name}


def floors() -> list[set[str]]:
    """The packages from the lowest floor up; those of one floor together."""
    layers = contracts()["floors"]["layers"].split("\n")
    return [set(re.findall(r"\w+", line)) for line in reversed(layers) if line.strip()]


def floor_of(package: str) -> int:
    """How high a package lies, from 0."""
    return next(height for height, floor in enumerate(floors()) if package in floor)


def place(file: Path, line: int) -> str:
    """How a finding names where it is."""
    return f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}:{line}"
