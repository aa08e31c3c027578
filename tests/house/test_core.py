"""The core is what a citizen runs: nothing to install, and the same answer every day on every machine."""

import ast
import sys

import pytest

from tests.house.sources import CORE, calls, dotted, imports, place, python_files, tree

# These stand on the standard library alone; `formats` may use the libraries that write and read sheets and papers.
ALONE = ("board", "budget", "crypto", "verify", "calendars", "law", "indicators", "goals", "text")
# `privacy` decides what may be told, which nobody outside can compute again; the libraries solve its linear programmes.
LIBRARIES_OF_PRIVACY = {"highspy", "numpy"}
LIBRARIES_OF_FORMATS = {"xlsxwriter", "python_calamine", "typst", "segno"}
# What differs from one run to the next, or leaves the machine.
AMBIENT_MODULES = {
    *("random", "secrets", "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "telnetlib", "asyncio", "subprocess"),
    *("multiprocessing", "threading", "platform", "locale", "getpass", "webbrowser", "uuid", "time"),
}
AMBIENT_CALLS = {
    *("today", "now", "utcnow", "urandom", "getenv", "system", "popen"),
    *("astimezone", "fromtimestamp"),
}
# Without a time zone as argument they take the machine's.
OF_A_ZONE = {"astimezone", "fromtimestamp"}
AMBIENT_NAMES = {"os.environ", "sys.platform"}


def foreign(module: ast.Module, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Imports that are neither of the standard library, nor of the core, nor allowed."""
    known = sys.stdlib_module_names | {"calpulli_core"} | allowed
    return [name for _, name in imports(module) if name.partition(".")[0] not in known]


def ambient(module: ast.Module) -> list[int]:
    """Lines that read a clock, chance, the environment, the machine or the network."""
    found = [line for line, name in imports(module) if name.partition(".")[0] in AMBIENT_MODULES]
    found += [call.lineno for call in calls(module) if _is_ambient(call)]
    found += [node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and dotted(node) in AMBIENT_NAMES]
    return sorted(found)


def _is_ambient(call: ast.Call) -> bool:
    name = dotted(call.func).rpartition(".")[2]
    return isinstance(call.func, ast.Attribute) and name in AMBIENT_CALLS and not (name in OF_A_ZONE and call.args)


@pytest.mark.parametrize("room", ALONE)
def test_what_a_citizen_runs_needs_nothing_installed(room: str) -> None:
    files = python_files(CORE / room)
    assert files
    assert [f"{file.name}: {name}" for file in files for name in foreign(tree(file))] == []


def test_formats_use_the_libraries_of_formats_alone() -> None:
    rooms = {folder.parent.name for folder in CORE.glob("*/__init__.py")}
    assert rooms == {*ALONE, "formats", "privacy"}
    found = [name for file in python_files(CORE / "formats") for name in foreign(tree(file), frozenset(LIBRARIES_OF_FORMATS))]
    assert found == []


def test_privacy_needs_no_more_than_what_solves_it() -> None:
    found = [name for file in python_files(CORE / "privacy") for name in foreign(tree(file), frozenset(LIBRARIES_OF_PRIVACY))]
    assert found == []


def test_the_core_reads_no_clock_no_chance_and_no_surroundings() -> None:
    assert [place(file, line) for file in python_files(CORE) for line in ambient(tree(file))] == []


@pytest.mark.parametrize(
    "line", ["import requests", "from nacl import signing", "def f():\n    import django.db", "import gmpy2 as g"]
)
def test_a_foreign_import_is_found(line: str) -> None:
    assert len(foreign(ast.parse(line))) == 1


def test_what_comes_with_python_is_no_foreign_import() -> None:
    assert foreign(ast.parse("import hashlib\nfrom calpulli_core.board import canonical\nfrom . import sibling")) == []


@pytest.mark.parametrize(
    "line",
    [
        "dt.date.today()",
        "datetime.now()",
        "datetime.now(tz=UTC)",
        "dt.datetime.utcnow()",
        "import time",
        "from random import choice",
        "import urllib.request",
        "os.urandom(8)",
        "os.environ['TZ']",
        "instant.astimezone()",
    ],
)
def test_ambience_is_found(line: str) -> None:
    assert ambient(ast.parse(line)) == [1]


@pytest.mark.parametrize("line", ["dt.date(2023, 3, 31)", "instant.astimezone(dt.UTC)", "now = command.at", "deadline.time_zone"])
def test_what_is_given_is_not_ambience(line: str) -> None:
    assert ambient(ast.parse(line)) == []
