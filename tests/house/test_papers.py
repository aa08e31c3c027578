"""The papers say what is: links lead somewhere, commands can be given, variables and orders are all told."""

import ast
import re
import struct
from pathlib import Path

import pytest
from django.core.management import get_commands

from calpulli.site.cli import OWN
from tests.house.papers import (
    INLINE,
    anchor,
    blocks,
    broken_links,
    fault_of,
    mention_fault,
    mentions,
    papers,
    verbs_of,
)
from tests.house.sources import ROOT, calls, dotted, python_files, tree

GUIDE = ROOT / "docs" / "guia" / "operacion.md"
# Of the system, not of ours.
SYSTEM_VARIABLES = {"PATH"}
PARTS = ("Context", "Decision", "Consequences", "What would change our mind")
DECISION = re.compile(
    r"# (\d{4})\. .+\n\n\d{4}-\d{2}-\d{2} · .+\n" + "".join(rf"\n## {part}\n.+" for part in PARTS),
    re.S,
)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def variables_read(module: ast.Module) -> set[str]:
    """Names that a module reads from `os.environ`."""
    got = {call.args[0] for call in calls(module) if dotted(call.func).startswith("os.environ.") and call.args}
    subscripts = {
        node.slice for node in ast.walk(module) if isinstance(node, ast.Subscript) and dotted(node.value) == "os.environ"
    }
    return {node.value for node in got | subscripts if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def own_orders() -> list[str]:
    """Every order of ours with its verb, as one gives it."""
    ours = sorted(order for order, app in get_commands().items() if str(app).startswith("calpulli."))
    told = [f"calpulli {order} {verb}" for order in ours for verb in verbs_of(order)]
    return [f"calpulli {order}" for order in (*OWN, *(one for one in ours if not verbs_of(one)))] + told


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_links_lead_somewhere(paper: Path) -> None:
    assert broken_links(paper) == []


@pytest.mark.parametrize("paper", papers(), ids=name)
def test_commands_can_be_given(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    faults = {command: fault for command in blocks(text) if (fault := fault_of(command))}
    faults |= {command: fault for command in mentions(text) if (fault := mention_fault(command))}
    assert faults == {}


def test_the_readme_gives_commands() -> None:
    given = list(blocks((ROOT / "README.md").read_text(encoding="utf-8")))
    assert "make demo" in given
    assert any("calpulli_core.verify" in command for command in given)
    assert any("calpulli record" in command for command in given)


@pytest.mark.parametrize(
    "command",
    [
        "calpulli record print --plan x",
        "calpulli record export --plan x --format json --output y",
        "calpulli record export --plan x --quarter 2023-Q1 --format docx --output y",
        "calpulli ledger verify --tail x",
        "calpulli demo --fast",
        "calpulli nothing",
        "calpulli",
        "make nothing",
        "make test COLOUR=red",
        "python3 -m calpulli_core.verify",
        "python3 -m calpulli_core.verify a --trust b",
        "python3 -m calpulli_core.seal a",
        "python3 ops/bootstrap.py everything",
        "curl x",
    ],
)
def test_a_command_that_cannot_be_given_is_found(command: str) -> None:
    assert fault_of(command)


@pytest.mark.parametrize(
    "code", ["calpulli record print", "calpulli recrod", "calpulli key rotate --gone", "make nothing", "calpulli stop now"]
)
def test_a_command_that_does_not_exist_is_found_in_passing(code: str) -> None:
    assert list(mentions(f"Use `{code}`.")) == [code]
    assert mention_fault(code)


@pytest.mark.parametrize(
    "link",
    ["no.md", "other.md#no", "#no", "folder/no.png", "../../../../../../../../etc"],
    ids=["file", "heading", "own", "image", "far"],
)
def test_a_broken_link_is_found(tmp_path: Path, link: str) -> None:
    (tmp_path / "other.md").write_text("# Uno, dos\n")
    paper = tmp_path / "paper.md"
    paper.write_text(f"# Aquí\n[a](other.md#uno-dos) [b](#aquí) [c](https://ejemplo.mx/no) `[d](no.md)` [e]({link})\n")
    assert broken_links(paper) == [link]


def test_headings_have_the_anchors_of_the_sites_that_show_them() -> None:
    assert anchor("7. The other data files") == "7-the-other-data-files"
    assert anchor("¿Qué es `act`?") == "qué-es-act"


def test_every_order_is_told() -> None:
    told = set(INLINE.findall(GUIDE.read_text(encoding="utf-8")))
    assert [order for order in own_orders() if order not in told] == []


def test_every_variable_is_told() -> None:
    read = {name for file in python_files(ROOT / "src", ROOT / "ops") for name in variables_read(tree(file))}
    told = {code for code in INLINE.findall(GUIDE.read_text(encoding="utf-8")) if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)*", code)}
    assert {"PORT", "DATABASE_URL", "CALPULLI_STATE"} <= read
    assert read - told - SYSTEM_VARIABLES == set()
    assert {name for name in told if name.startswith("CALPULLI_")} - read == set()


def test_variables_are_read_from_code() -> None:
    planted = 'import os\nos.environ.get("A", 1)\nos.environ["B"]\nos.environ.setdefault("C", "x")\nother.get("D")'
    assert variables_read(ast.parse(planted)) == {"A", "B", "C"}


def test_papers_that_the_code_names_are_there() -> None:
    named = [*python_files(ROOT / "src", ROOT / "ops", ROOT / "tests"), ROOT / ".importlinter", ROOT / "Makefile", *papers()]
    found = {path for file in named for path in re.findall(r"\bdocs/[\w/.-]+\.md\b", file.read_text(encoding="utf-8"))}
    assert "docs/spec/bundle.md" in found
    assert sorted(path for path in found if not (ROOT / path).exists()) == []


def test_decisions_have_their_four_parts() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    found = [DECISION.match(file.read_text(encoding="utf-8")) for file in files]
    assert [file.name for file, match in zip(files, found, strict=True) if match is None] == []
    numbers = [match[1] for match in found if match]
    assert len(set(numbers)) == len(numbers), "two decisions have the same number"
    assert all(file.name.startswith(match[1]) for file, match in zip(files, found, strict=True) if match)


def test_images_are_those_that_the_script_makes_and_as_wide_as_they_say() -> None:
    shown = set(re.findall(r"\(docs/img/([\w-]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    made = set(re.findall(r"[\w-]+\.png", (ROOT / "ops" / "screenshots.py").read_text(encoding="utf-8")))
    assert shown == made
    widths = {image: struct.unpack(">I", (ROOT / "docs" / "img" / image).read_bytes()[16:20])[0] for image in shown}
    assert widths == {image: int(re.findall(r"-(\d+)\.png", image)[0]) for image in shown}


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = re.findall(r"^(\d+)\. \S", text, re.M)
    assert articles == [str(number) for number in range(1, 16)]
    assert "LICENCIA PÚBLICA DE LA UNIÓN EUROPEA v. 1.2\n\nEUPL © Unión Europea 2007, 2016\n" in text
    assert text.rstrip().endswith("exigirá la presentación\nde una nueva versión de la EUPL.")
