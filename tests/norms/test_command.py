"""`calpulli norms`: what an operator does when a term changes, on a copy of the institute's folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from django.conf import settings

from tests.conftest import Server

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The institutes' data, to write in."""
    shutil.copytree(settings.INSTITUTES_DIR, tmp_path / "institutes")
    return tmp_path / "institutes"


@pytest.fixture
def norms(server: Server, fresh_database: str, folder: Path) -> Run:
    return lambda *words: server.run(fresh_database, "norms", *words, CALPULLI_INSTITUTES=str(folder))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "demo" / "norms.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_term_changes(norms: Run, folder: Path) -> None:
    assert "demo: sin cambios, 5 reglas" in norms("check").stdout
    change(folder, "value = 45", "value = 30")
    assert "dice algo que no se ha adoptado" in norms("list").stdout
    rehearsed = norms("check")
    assert (rehearsed.returncode, "sin errores; no se guardó nada" in rehearsed.stdout) == (0, True), rehearsed.stderr
    assert "versión 1," in norms("list").stdout
    adopted = norms("adopt")
    assert (adopted.returncode, "demo: 5 reglas, adoptadas" in adopted.stdout) == (0, True), adopted.stderr
    listed = norms("list").stdout
    assert "demo, versión 2," in listed
    assert "record.quarterly  30" in listed
    assert "no se ha adoptado" not in listed
    assert "demo: sin cambios" in norms("adopt").stdout


def test_a_term_that_changes_in_the_middle_of_a_quarter_is_listed_with_the_days_of_each_rule(norms: Run, folder: Path) -> None:
    file = folder / "demo" / "norms.toml"
    first, rest = file.read_text(encoding="utf-8").split('[[rule]]\nkey = "record.annual"')
    later = """[[rule]]
key = "record.quarterly"
value = 30
unit = "natural_days"
article = "Artículo inventado"
source = "fuente por confirmar: regla inventada"
confirmed = false
valid_from = 2026-11-15

"""
    file.write_text(f'{first}valid_until = 2026-11-14\n\n{later}[[rule]]\nkey = "record.annual"{rest}', encoding="utf-8")
    assert norms("adopt").returncode == 0
    listed = norms("list").stdout
    assert "record.quarterly  45  sin fecha de inicio, hasta el 14/11/2026  Copia" in listed
    assert "record.quarterly  30  desde el 15/11/2026  Artículo inventado" in listed


def test_what_would_leave_a_quarter_without_its_rule_is_refused_whole(norms: Run, folder: Path) -> None:
    change(folder, 'key = "record.quarterly"', 'key = "record.weekly"')
    refused = norms("adopt")
    assert refused.returncode == 1
    assert "2026-Q3" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "demo, versión 1," in norms("list").stdout


def test_nothing_is_adopted_while_another_would_be_refused(norms: Run, folder: Path) -> None:
    """The demonstration's change would do, that of the other institute not: neither is kept."""
    change(folder, "value = 45", "value = 30")
    other = folder / "iecm" / "norms.toml"
    other.write_text(other.read_text(encoding="utf-8").replace("record.annual", "record.decade"), encoding="utf-8")
    refused = norms("adopt")
    assert refused.returncode == 1
    assert "record.annual" in refused.stderr
    listed = norms("list").stdout
    assert "demo, versión 1," in listed
    assert "iecm, versión 1," in listed


def test_a_file_with_faults_tells_them_all(norms: Run, folder: Path) -> None:
    change(folder, "value = 45", "value = -1")
    refused = norms("adopt")
    assert refused.returncode == 1
    assert refused.stderr.count("norms.toml") == 2


def test_a_file_that_is_gone_is_named(norms: Run, folder: Path) -> None:
    (folder / "demo" / "norms.toml").unlink()
    refused = norms("check")
    assert refused.returncode == 2
    assert "norms.toml" in refused.stderr
    assert "Traceback" not in refused.stderr
