"""No institute is named in what every institute runs."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SRC, place

VERIFIER = ROOT / "verifier"
BINARY = {".mo", ".woff2", ".png", ".ico", ".pyc"}


def institutes() -> dict[str, re.Pattern[str]]:
    """Every name, acronym and key of an institute, and how it is looked for.

    Names in any case; acronyms as they are written, since in another case they may be a word; keys of institutes that are
    not invented, since those of invented ones are words.
    """
    found: dict[str, re.Pattern[str]] = {}
    for folder in sorted((ROOT / "institutes").iterdir()):
        if folder.is_dir():
            found |= _of_settings(folder / "institute.toml") | _of_programme(folder / "programme.json")
    return found


def _of_settings(file: Path) -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    key = file.parent.name
    return _named(data) | ({} if data["demonstration"] else {key: _word(key, any_case=True)})


def _of_programme(file: Path) -> dict[str, re.Pattern[str]]:
    return _named(json.loads(file.read_text(encoding="utf-8"))["institution"]) if file.exists() else {}


def _named(data: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {data["name"]: _word(data["name"], any_case=True), data["acronym"]: _word(data["acronym"], any_case=False)}


def _word(text: str, *, any_case: bool) -> re.Pattern[str]:
    # An underscore is a border too: IECM_2023 is a name.
    spaced = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<![^\W_]){spaced}(?![^\W_])", re.IGNORECASE if any_case else 0)


def named_in(folder: Path) -> list[str]:
    """Where a text file below a folder names an institute; also by its own name or its folder's."""
    patterns = institutes().values()
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in BINARY and "__pycache__" not in file.parts:
            text = f"{file.relative_to(folder)}\n{file.read_text(encoding='utf-8')}"
            hits = (hit for pattern in patterns for hit in pattern.finditer(text))
            found += [f"{place(file, text.count(chr(10), 0, hit.start()))} {hit[0]}" for hit in hits]
    return found


def test_the_institutes_are_known() -> None:
    assert len(list((ROOT / "institutes").glob("*/institute.toml"))) * 2 < len(institutes())


@pytest.mark.parametrize("folder", [SRC, VERIFIER], ids=lambda folder: folder.name)
def test_no_institute_is_named(folder: Path) -> None:
    assert named_in(folder) == []


def test_a_name_is_found(tmp_path: Path) -> None:
    known = list(institutes())
    for place_, name in enumerate(known):
        (tmp_path / f"{place_}.py").write_text(
            f'"""Nothing."""\nTITLE = "el {name}, o {name.replace(" ", "  ")}X"\n', encoding="utf-8"
        )
    (tmp_path / "words.txt").write_text("tied IEDs, iedx, demostración de un instituto electoral\n", encoding="utf-8")
    found = named_in(tmp_path)
    assert {line.partition(":")[0] for line in found} == {f"{place_}.py" for place_ in range(len(known))}
    assert all(":2 " in line for line in found)


def test_a_name_across_lines_or_in_an_identifier_is_found(tmp_path: Path) -> None:
    acronym = next(name for name in institutes() if name.isupper())
    name = next(name for name in institutes() if " " in name)
    (tmp_path / "a.py").write_text(f"{acronym}_COLUMNS = 15\n", encoding="utf-8")
    (tmp_path / "b.jinja").write_text(name.lower().replace(" ", "\n  "), encoding="utf-8")
    assert len(named_in(tmp_path)) == 2
