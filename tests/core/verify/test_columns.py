"""Another format of the record is one entry of the verifier's table: with it, records of both are checked, each by its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from calpulli_core.verify.report import Report
from tests.core.verify.cases import Case
from tests.core.verify.cases_columns import known
from tests.core.verify.telling import tell_of_later
from tests.core.verify.test_cases import verdict

CASES = {case.name: case for case in known()}


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    tell_of_later(monkeypatch)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_verdict(case: Case, tmp_path: Path) -> None:
    report = verdict(case, tmp_path)
    assert {(fault.code, fault.file, fault.record) for fault in report.faults} == case.faults
    assert report.signature == case.signature


def words(report: Report) -> str:
    return " ".join(fault.message for fault in report.faults)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("columns-15-in-2027", "es del formato 121-XXII-b/1 y el de 2027 es 121-XXII-b/inventado, de 16 columnas"),
        ("columns-16-to-15", "calla que cambió la columna 16, que esta edición no tiene: es de 15 columnas"),
        ("columns-15-to-16", "calla que cambió la columna 16, que la edición que usted conserva no tiene: es de 15 columnas"),
        ("columns-not-1", "columna 16: «007» no es un número entero en cifras"),
    ],
)
def test_the_words_say_which_column_and_which_format(name: str, told: str, tmp_path: Path) -> None:
    assert told in words(verdict(CASES[name], tmp_path))
