"""`calpulli text`: the counts of a text, for a person and for a program; it needs no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "El acta se firma a efecto de avisar.\nFue leída por Ana."
# El ac-ta se fir-ma a e-fec-to de a-vi-sar (14 syllables, 8 words). Fue le-í-da por A-na (7, 4).
# 206.835 - 62.3 x 21/12 - 12/2 = 206.835 - 109.025 - 6 = 91.81.


def run(state: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CALPULLI_"))}
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", "text", *words]
    environment = kept | {"CALPULLI_STATE": str(state)}
    return subprocess.run(command, env=environment, input=given, capture_output=True, check=False, timeout=60)


def test_a_person_can_redo_the_number(tmp_path: Path) -> None:
    file = tmp_path / "aviso.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run(tmp_path / "state", str(file), "--words")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "Palabras: 12 · sílabas: 21 · frases: 2" in said
    assert "206.835 − 62.3 × 21/12 − 12/2 = 91.81" in said
    assert "muy fácil" in said
    assert "El ac·ta se fir·ma a e·fec·to de a·vi·sar" in said
    assert "renglón 1, columna 18: «a efecto de»" in said
    assert "renglón 2, columna 1: «Fue leída por»" in said
    assert not (tmp_path / "state" / "postgres").exists(), "no database was started"


def test_a_program_can_read_it(tmp_path: Path) -> None:
    done = run(tmp_path / "state", "-", "--json", given=b"\xef\xbb\xbf" + TEXT.encode())
    read = json.loads(done.stdout)
    assert (read["words"], read["syllables"], read["sentences"], read["index"], read["band"]) == (12, 21, 2, "91.81", "muy fácil")
    assert [hint["kind"] for hint in read["hints"]] == ["jargon", "passive"]
    assert read["counted"][1]["words"][1] == {"word": "leída", "syllables": ["le", "í", "da"]}
    hint = read["hints"][0]
    assert TEXT[hint["start"] : hint["end"]] == "a efecto de"


def test_an_empty_text_has_nothing_to_measure(tmp_path: Path) -> None:
    done = run(tmp_path / "state", "-")
    assert (done.returncode, "No hay palabras" in done.stdout.decode()) == (0, True)


@pytest.mark.parametrize(
    ("content", "told"), [(None, "no se puede abrir"), (b"caf\xe9", "byte 4"), (b"a " * 2_500_001, "pasa de 5 MB")]
)
def test_what_cannot_be_read_is_told_with_its_remedy(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "aviso.txt"
    if content is not None:
        file.write_bytes(content)
    done = run(tmp_path / "state", str(file))
    assert done.returncode == 2
    assert done.stdout == b""
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
