"""Small files, small functions, every public thing explained."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT, SRC, place, python_files, tree

LONGEST_FILE = 400
MEDIAN_FUNCTION = 10
LONG_FUNCTION = 36  # nine of ten functions are no longer
# Written by a program, from a source that is in the repository, or published by others as they stand.
NOT_WRITTEN_HERE = {"django.pot", "OFL.txt"}
WRITTEN = {".py", ".jinja", ".html", ".css", ".js", ".typ", ".md"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def lengths(module: ast.Module) -> list[int]:
    """Lines of every function, from its `def` to its end."""
    found = (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in found]


def unexplained(module: ast.Module) -> list[tuple[int, str]]:
    """Line and name of what is public and has no docstring; line 1 for the module itself."""
    found = [] if ast.get_docstring(module) or not module.body else [(1, "module")]
    return found + [(node.lineno, node.name) for node in public(module.body) if not ast.get_docstring(node)]


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Functions and classes that others may use, and the methods of such classes.

    Not those of a class within a class, of a protocol, or that Django or Python call by their fixed names.
    """
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases):
                yield from (item for item in public(node.body) if not isinstance(item, ast.ClassDef))


def test_files_are_short() -> None:
    written = (file for folder in (SRC, ROOT / "ops", ROOT / "verifier" / "src") for file in sorted(folder.rglob("*")))
    files = [file for file in written if file.suffix in WRITTEN and file.name not in NOT_WRITTEN_HERE]
    assert len(files) > 100
    long = {str(file.relative_to(ROOT)): count for file in files if (count := _lines(file)) > LONGEST_FILE}
    assert long == {}


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    found = sorted(length for file in python_files(SRC) for length in lengths(tree(file)))
    assert statistics.median(found) <= MEDIAN_FUNCTION
    assert found[int(len(found) * 0.9)] <= LONG_FUNCTION


def test_a_function_is_measured_from_its_def_to_its_end() -> None:
    assert lengths(ast.parse("x = 1\n@once\ndef f():\n    a = 1\n\n    return a\n\n\ndef g(): pass\n")) == [4, 1]


def test_everything_public_is_explained() -> None:
    found = [f"{place(file, line)} {name}" for file in python_files(SRC, ROOT / "ops") for line, name in unexplained(tree(file))]
    assert found == []


def test_what_is_not_explained_is_found() -> None:
    planted = ast.parse(
        "def a(): pass\n"
        "class B:\n    def c(self): pass\n    def _d(self): pass\n    def __str__(self): pass\n    class Meta: pass\n"
        'def e():\n    """Explained."""\n'
        'class F(Protocol):\n    """Explained."""\n    def g(self): ...\n'
    )
    assert [name for _, name in unexplained(planted)] == ["module", "a", "B", "c"]
