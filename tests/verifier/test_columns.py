"""Another format of the record is one entry in the page's own table: the page built with it gives the verdicts made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from engine import ROOT, Engine, builder, check, faults

from tests.core.verify.cases import Case
from tests.core.verify.cases_columns import known
from tests.core.verify.invented import LATER, LATER_SINCE, PARTICIPANTS

CASES = {case.name: case for case in known()}
FIRST = '  ["121-XXII-b/1", { since: "1900", columns: FIRST }],\n'
SECOND = f'  ["{LATER}", {{ since: "{LATER_SINCE}", columns: [...FIRST, ["{PARTICIPANTS}", "number"]] }}],\n'


@pytest.fixture(scope="module")
def later(_node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The page with one more entry in `columns.js`."""
    folder = tmp_path_factory.mktemp("verifier")
    shutil.copytree(ROOT / "verifier", folder, dirs_exist_ok=True)
    table = folder / "src" / "columns.js"
    source = table.read_text("utf-8")
    assert source.count(FIRST) == 1
    table.write_text(source.replace(FIRST, FIRST + SECOND), "utf-8")
    (folder / "verificador.html").write_text(builder().build(folder), "utf-8")
    with Engine("check.mjs", folder / "verificador.html") as engine:
        yield engine


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_verdict(later: Engine, case: Case) -> None:
    report = check(later, case.bundle, key=case.key, after=case.after)
    assert faults(report) == set(case.faults)
    assert report["signature"] == case.signature


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("columns-15-in-2027", "Es del formato 121-XXII-b/1; el de 2027 es 121-XXII-b/2, de 16 columnas."),
        ("columns-16-to-15", "Calla que cambió la columna 16, que solo una de las dos ediciones tiene"),
        ("columns-15-to-16", "la que usted dio tiene 15 columnas y esta 16."),
        ("columns-not-1", "no es un entero en cifras, de nueve a lo más."),
    ],
)
def test_the_words_say_which_column_and_which_format(later: Engine, name: str, told: str) -> None:
    case = CASES[name]
    report = check(later, case.bundle, after=case.after)
    assert told in " ".join(fault["message"] for fault in report["faults"])
