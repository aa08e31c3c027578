"""Files with planted errors of every kind: each is told where it is, by its rule, and nothing else is."""

import re
import tomllib
from pathlib import Path

import pytest

from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.sheets.findings import Fault
from calpulli_core.formats.sheets.rules import RULES
from tests.core.formats.annual.planting import BOOKS, OTHER_FILES, book, changed, clean, entry, share

FILES = {**BOOKS, **OTHER_FILES}
PLANTED: dict[str, list[list[str | int]]] = tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))
# Told by other tests: they need more than one file, a heavy one, or what was there before.
ELSEWHERE = {"twice", "too_heavy", "too_many_rows", "no_sheet", "orphan"}
ELSEWHERE |= {"unknown_area", "unknown_post", "unknown_district", "unknown_line"}
WARNINGS = {"same_delivery", "empty_sheet", "no_goals", "no_shares", "moments", "same_entry"}


def faults_of(*files: Brought) -> list[Fault]:
    with pytest.raises(RecordErrors) as caught:
        read_files(files)
    return [defect for defect in caught.value.defects if isinstance(defect, Fault)]


def told(fault: Fault) -> list[str | int]:
    value = re.sub(r"^(x{200,})$", lambda match: f"{len(match[1])} x", fault.value)
    return [fault.sheet or "", fault.row or 0, fault.column or "", value, fault.key]


def test_the_list_names_every_file() -> None:
    assert set(PLANTED) == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_exactly_what_was_planted_is_told(name: str) -> None:
    found = [told(fault) for fault in faults_of(Brought(name, FILES[name]()))]
    assert found == PLANTED[name]


def test_every_rule_is_planted_somewhere() -> None:
    planted = {str(fault[-1]) for faults in PLANTED.values() for fault in faults} - {"workbook"}
    assert planted | ELSEWHERE | WARNINGS == set(RULES)


def test_every_defect_says_what_to_do() -> None:
    for name, make in FILES.items():
        for fault in faults_of(Brought(name, make())):
            for sentence in (fault.rule, fault.remedy):
                assert sentence[-1] in ".?" and not re.search(r"[{}]|\.\.|\?\.", sentence), fault


def test_the_clean_book_is_read() -> None:
    outcome = read_files([Brought("poa.xlsx", book(clean()))])
    file = outcome.file
    assert outcome.warnings == ()
    assert file.year == 2027
    assert [row.key for row in file.programmes or ()] == ["P01", "P02"]
    assert [row.assumptions for row in file.matrix or ()] == ["Que llueva", "No aplica: Depende de nosotros"]
    assert [row.position for row in file.matrix or ()] == [1, 2]
    activities = file.activities or ()
    assert activities[1].districts == ("distrito-1", "distrito-2") and activities[0].districts == ()
    assert activities[1].population == "No aplica: Es interna" and not activities[1].cumulative
    assert [row.share for row in file.shares or ()] == [3333, 6667, 10_000]
    assert (file.goals or ())[0].months == (1000, None, 2500, *[None] * 9)
    assert [row.amount for row in file.budget or ()] == [158_032_545, 10, 10]
    assert [f"{row.on:%d/%m/%Y}" for row in file.deliveries or ()] == ["15/03/2027", "16/03/2027"]
    assert [row.row for row in file.budget or ()] == [2, 3, 4]


def test_a_table_that_comes_twice_is_refused() -> None:
    data = book({"Líneas": clean()["Líneas"]})
    assert [fault.key for fault in faults_of(Brought("uno.xlsx", data), Brought("dos.xlsx", data))] == ["twice"]


def test_all_files_are_told_at_once() -> None:
    files = [Brought(name, OTHER_FILES[name]()) for name in ("cp1252.csv", "zeros.csv", "blank.csv")]
    assert {fault.key for fault in faults_of(*files)} == {"cp1252", "partida_zeros", "blank_row"}


def test_what_is_odd_is_only_warned_of() -> None:
    spent = [
        entry(month="Enero", moment="Comprometido", document="C-1", amount=2_000_000),
        entry(month="Marzo", moment="Devengado", document="C-2", amount=1_000_000),
        entry(month="Marzo", moment="Devengado", document="C-2", amount=1_000_000),
        entry(month="Abril", moment="Devengado", document="C-3", amount=0.01),
    ]
    outcome = read_files([Brought("poa.xlsx", book(changed(budget=spent)))])
    assert [(one.key, one.row) for one in outcome.warnings] == [("moments", 5), ("same_entry", 7), ("moments", 8)]
    assert "2000000.00" in outcome.warnings[0].rule and "1580325.45" in outcome.warnings[0].rule
    assert "abril" in outcome.warnings[2].rule and "2000000.01" in outcome.warnings[2].rule


def test_an_activity_may_still_lack_goals_and_shares() -> None:
    sheets = clean()
    for name in ("Líneas", "Metas"):
        sheets[name][1].pop()
    outcome = read_files([Brought("poa.xlsx", book(sheets))])
    assert [(one.key, one.row, one.value) for one in outcome.warnings] == [("no_shares", 3, "A-02"), ("no_goals", 3, "A-02")]


def test_what_was_there_counts_for_what_did_not_come() -> None:
    before = read_files([Brought("poa.xlsx", book(clean()))]).file
    only = {"Programas": clean()["Programas"]}
    only["Programas"][1].pop()
    with pytest.raises(RecordErrors) as caught:
        read_files([Brought("programas.xlsx", book(only))], before=lambda year: before if year == 2027 else None)
    assert [(told(fault)) for fault in caught.value.defects if isinstance(fault, Fault)] == [
        ["Programas", 0, "", "P02", "orphan"],
        ["Programas", 0, "", "P02", "orphan"],
    ]
    shares = {"Líneas": (clean()["Líneas"][0], [share("A-01"), share("A-09")])}
    with pytest.raises(RecordErrors) as caught:
        read_files([Brought("lineas.xlsx", book(shares))], before=lambda year: before if year == 2027 else None)
    assert [told(fault) for fault in caught.value.defects if isinstance(fault, Fault)] == [
        ["Líneas", 3, "columna 2 (Clave de la actividad)", "A-09", "unknown_key"]
    ]
