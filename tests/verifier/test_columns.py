"""Another format of the record is one entry in the page's own table: the page built with it gives the verdicts made by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine import Engine, check, faults, page_that_knows

from calpulli_core.formats.columns import LAYOUTS
from tests.core.verify.cases import Case
from tests.core.verify.cases_columns import known
from tests.core.verify.invented import LATER, LATER_SINCE, PARTICIPANTS

CASES = {case.name: case for case in known()}
ENTRY = f'["{LATER}", {{ since: "{LATER_SINCE}", columns: [...FIRST, ["{PARTICIPANTS}", "number"]] }}]'


@pytest.fixture(scope="module")
def later(_node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The page with one more entry in `columns.js`."""
    with Engine("check.mjs", page_that_knows(ENTRY, tmp_path_factory.mktemp("verifier"))) as engine:
        yield engine


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_verdict(later: Engine, case: Case) -> None:
    report = check(later, case.bundle, key=case.key, after=case.after)
    assert faults(report) == set(case.faults)
    assert report["signature"] == case.signature


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("columns-15-in-2027", "Es del formato 121-XXII-b/1; el de 2027 es 121-XXII-b/inventado, de 16 columnas."),
        ("columns-16-to-15", "Calla que cambió la columna 16, que solo una de las dos ediciones tiene"),
        ("columns-15-to-16", "la que usted dio tiene 15 columnas y esta 16."),
        ("columns-not-1", "no es un entero en cifras, de nueve a lo más."),
    ],
)
def test_the_words_say_which_column_and_which_format(later: Engine, name: str, told: str) -> None:
    case = CASES[name]
    report = check(later, case.bundle, after=case.after)
    assert told in " ".join(fault["message"] for fault in report["faults"])


def test_the_page_knows_every_format_that_the_institute_uses(rooms: Engine) -> None:
    table = rooms.ask(["columns", "FORMATS", []])["value"]
    known = {version: (told["since"], tuple(name for name, _ in told["columns"])) for version, told in table.items()}
    assert known == {layout.version: (str(layout.since), layout.names) for layout in LAYOUTS}
