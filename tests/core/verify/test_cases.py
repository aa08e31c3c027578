"""Every case made by hand gets the verdict that follows from how it was made, no fault more and none less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calpulli_core.board.archive import read_zip
from calpulli_core.verify.checking import Examined, check, check_files, examine_path, judge
from calpulli_core.verify.command import read_key
from calpulli_core.verify.report import CODES, Report, printable
from tests.core.verify.cases import Case
from tests.core.verify.make_vectors import all_cases, main

CASES = {case.name: case for case in all_cases()}


def examined(folder: Path, name: str, data: bytes) -> Examined:
    path = folder / name
    path.write_bytes(data)
    return examine_path(path)


def verdict(case: Case, folder: Path) -> Report:
    """By the parts of `check` below its last resort, so that an exception shows."""
    old = None if case.after is None else examined(folder, "old.zip", case.after)
    key = None if case.key is None else read_key(case.key)
    return judge(examined(folder, "bundle.zip", case.bundle), key=key, print_of_bundle=case.hash, old=old)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_verdict(case: Case, tmp_path: Path) -> None:
    report = verdict(case, tmp_path)
    assert {(fault.code, fault.file, fault.record) for fault in report.faults} == case.faults
    assert report.signature == case.signature
    assert report.ok is not bool(case.faults)


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.faults], ids=lambda case: case.name)
def test_every_fault_names_file_and_record(case: Case, tmp_path: Path) -> None:
    report = verdict(case, tmp_path)
    text = report.as_text()
    assert text.startswith(f"ALTERADO: {len(report.faults)} falla")
    for fault in report.faults:
        assert fault.message in text
        assert fault.message.startswith(fault.file or "El paquete")
        assert fault.record is None or f"renglón {fault.record}" in fault.message
        assert fault.key is None or f"«{printable(fault.key)}»" in fault.message
        assert fault.message.isprintable()


def test_every_code_has_cases() -> None:
    assert {code for case in CASES.values() for code, _, _ in case.faults} == set(CODES)


def test_folders_files_and_memory_agree(tmp_path: Path) -> None:
    for name in ("good-erratum", "flip-data-swot.csv", "record-column-8", "lost-signature", "keys-twice"):
        case = CASES[name]
        files = read_zip(case.bundle)
        for path, data in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (tmp_path / "x.zip").write_bytes(case.bundle)
        reports = [check(tmp_path / name), check(tmp_path / "x.zip"), check_files(files)]
        assert reports[0] == reports[1] == reports[2]


def test_the_name_of_a_changed_record_is_told(tmp_path: Path) -> None:
    """As leaves.jsonl has it, not as the changed row now says."""
    report = verdict(CASES["flip-data-swot.csv"], tmp_path)
    assert [(fault.record, fault.key) for fault in report.faults] == [(5, "amenaza-1")]
    assert "data/swot.csv, renglón 5 («amenaza-1»)" in report.faults[0].message


def test_without_key_a_bundle_signed_by_a_stranger_passes_and_says_so(tmp_path: Path) -> None:
    text = verdict(CASES["forged-alone"], tmp_path).as_text()
    assert text.splitlines()[0] == "ÍNTEGRO — firma no contrastada"
    assert "pudo firmarlo con otra llave" in text.replace("\n", " ")
    assert "ÍNTEGRO — firma contrastada" in verdict(CASES["good-key-fingerprint"], tmp_path).as_text()


def test_an_older_bundle_that_is_newer_is_told_so(tmp_path: Path) -> None:
    (fault,) = verdict(CASES["after-newer"], tmp_path).faults
    assert "el paquete que dio como anterior es posterior: intercámbielos" in fault.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("later-key-is-no-key", ["lo firmó la llave 1,", "no está entre las anteriores", "Si la suya es posterior"]),
        ("lost-key-older", ["lo firmó la llave 2,", "es anterior, pero no lleva a ella", "si una llave se perdió"]),
    ],
)
def test_another_key_is_told_without_accusing(tmp_path: Path, name: str, words: list[str]) -> None:
    (fault,) = verdict(CASES[name], tmp_path).faults
    assert all(word in fault.message for word in words), fault.message
    assert not any(word in fault.message for word in ("falso", "rehizo", "rehecho"))


def test_vectors_for_another_implementation(tmp_path: Path) -> None:
    assert main(tmp_path) == len(all_cases())
    told = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))
    assert [item["name"] for item in told] == [case.name for case in all_cases()]
    for item in told:
        case = CASES[item["name"]]
        assert (tmp_path / item["bundle"]).read_bytes() == case.bundle
        assert {(fault["code"], fault["file"], fault["record"]) for fault in item["faults"]} == case.faults
        assert item["ok"] is not bool(item["faults"])
