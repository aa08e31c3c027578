"""What answers the diagnosis: every item of it, lines that exist, and the same relation seen from the line."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from calpulli.commons.registries.evidence import EVIDENCE
from calpulli.planning import queries
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme_input import parse_programme

ROOT = Path(__file__).resolve().parents[2]
# As the founding record counts them.
ITEMS = {"strengths": 8, "opportunities": 7, "weaknesses": 7, "threats": 8}


def read(home: Path, name: str) -> tuple[queries.Answer, ...]:
    programme = parse_programme((home / name / "programme.json").read_bytes(), file=name)
    found = queries.read_answers(name, programme)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["iecm", "demo"])
def test_every_item_has_one_answer_and_everything_it_names_is_there(name: str) -> None:
    answers = read(ROOT / "institutes", name)
    wanted = {f"{group}.{number}" for group, count in ITEMS.items() for number in range(1, count + 1)}
    assert len(answers) == 30
    assert {answer.item for answer in answers} == wanted
    lines = {f"{one}.{place}" for one, count in zip("12345", (4, 5, 4, 6, 6), strict=True) for place in range(1, count + 1)}
    assert len(lines) == 25
    assert {line for answer in answers for line in answer.lines} <= lines
    assert {key for answer in answers for key in answer.evidence} <= {piece.key for piece in EVIDENCE}
    assert all(answer.how and answer.lines for answer in answers)
    assert any(answer.beyond_software for answer in answers if answer.item.startswith("threats"))


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A copy of the institutes to spoil."""
    shutil.copytree(ROOT / "institutes", tmp_path / "institutes")
    settings.INSTITUTES_DIR = tmp_path / "institutes"  # type: ignore[attr-defined]
    return tmp_path / "institutes"


def spoil(file: Path, *changes: tuple[str, str]) -> list[int]:
    """Makes each change where its text first is, and gives the lines."""
    text, lines = file.read_text(encoding="utf-8"), []
    for old, new in changes:
        lines.append(text[: text.index(old)].count("\n") + 1)
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return lines


def test_all_defects_are_told_at_once_with_their_lines(folder: Path) -> None:
    lines = spoil(
        folder / "iecm" / "answers.toml",
        ('item = "strengths.2"', 'item = "strengths.1"'),
        ('item = "strengths.3"', 'item = "strengths.99"'),
        ('lines = ["3.1", "3.2"]', 'lines = ["3.1", "3.1"]'),
        ('lines = ["4.6", "5.4"]', 'lines = ["8.1"]'),
    )
    with pytest.raises(RecordErrors) as refused:
        read(folder, "iecm")
    told = {(defect.row, defect.value, defect.rule) for defect in refused.value.defects}
    assert (lines[0], "strengths.1", "Este punto tiene más de una respuesta.") in told
    assert (lines[1], "strengths.99", "El diagnóstico no tiene ese punto.") in told
    assert (lines[2], "3.1", "Está dos veces en la lista.") in told
    assert (lines[3], "8.1", "No hay línea con ese nombre.") in told
    assert {value for row, value, rule in told if row is None and "no tiene respuesta" in rule} == {"strengths.2", "strengths.3"}
    assert all(defect.remedy for defect in refused.value.defects)


def test_an_item_that_nothing_answers_must_say_why(folder: Path) -> None:
    spoil(folder / "iecm" / "answers.toml", ('lines = ["3.1", "3.2"]', "lines = []"))
    with pytest.raises(RecordErrors, match="Nada responde a este punto"):
        read(folder, "iecm")


def test_the_operator_checks_the_files_before_serving_them(folder: Path, db: None) -> None:
    said = StringIO()
    call_command("plan", "check", stdout=said)
    assert said.getvalue().splitlines() == [
        f"{plan}  {file}: bien" for plan in ("demo-2026", "iecm-2023") for file in ("vision.toml", "answers.toml")
    ]
    lines = spoil(folder / "iecm" / "answers.toml", ('lines = ["3.1", "3.2"]', 'lines = ["7.7"]'))
    with pytest.raises(CommandError, match=rf"iecm/answers.toml, fila {lines[0]}, lines: «7.7»"):
        call_command("plan", "check", stdout=StringIO())


def test_what_is_not_declared_is_said_and_not_invented(folder: Path, client: Client, db: None) -> None:
    for name in ("answers.toml", "vision.toml"):
        (folder / "demo" / name).unlink()
    assert "La atienden" not in client.get("/programas/demo-2026/foda").content.decode()
    assert "A qué puntos del diagnóstico responde" not in client.get("/programas/demo-2026/linea/1.3").content.decode()
    assert "todavía no se pone a prueba" in client.get("/programas/demo-2026/vision").content.decode()


def test_each_item_leads_to_its_lines_and_each_line_back(client: Client, db: None) -> None:
    """Read from the pages themselves, as a person follows the links."""
    page = client.get("/programas/demo-2026/foda").content.decode()
    forth = set()
    for piece in re.split(r'<li id="(?=(?:fortaleza|oportunidad|debilidad|amenaza)-)', page)[1:]:
        item = piece.partition('"')[0]
        forth |= {(item, line) for line in re.findall(r'href="/programas/demo-2026/linea/([0-9.]+)"', piece)}
    assert len({item for item, _ in forth}) == 30
    back = set()
    for line in sorted({line for _, line in forth}):
        text = client.get(f"/programas/demo-2026/linea/{line}").content.decode()
        back |= {(item, line) for item in re.findall(r'foda#([a-z]+-[0-9]+)"', text)}
    assert back == forth
    assert ("debilidad-5", "1.3") in forth
    assert page.count("no depende de software</span>") == 13


def test_a_line_that_answers_nothing_says_nothing(client: Client, db: None) -> None:
    """Of the 25 lines one alone, 4.4, is named by no item."""
    words = "A qué puntos del diagnóstico responde"
    assert words not in client.get("/programas/demo-2026/linea/4.4").content.decode()
    assert words in client.get("/programas/demo-2026/linea/4.3").content.decode()
