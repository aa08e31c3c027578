"""The published page's verdicts: the cases made by hand from the specification, and single bytes turned in every file."""

from __future__ import annotations

import json
import random

import pytest
from engine import Engine, check, faults

from tests.core.verify.cases import SIGNATURE, Case, edit, put, row
from tests.core.verify.factory import fingerprint, key, public
from tests.core.verify.make_vectors import all_cases
from tests.core.verify.primitives import Files, cut, zipped

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_case_gets_the_verdict_it_was_made_for(page: Engine, case: Case) -> None:
    report = check(page, case.bundle, key=case.key, hash=case.hash, after=case.after)
    assert faults(report) == set(case.faults)
    assert report["signature"] == case.signature


def flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def record_at(path: str, data: bytes, place: int) -> int | None:
    """The record in which this byte stands; None for a file without records."""
    end = 0
    for number, record in enumerate(cut(path, data) or []):
        end += len(record)
        if place < end:
            return number
    return None


@pytest.mark.parametrize("path", sorted(row().erratum))
def test_any_turned_byte_names_its_file_and_record(page: Engine, path: str) -> None:
    files = row().erratum
    chance = random.Random(path)
    for _ in range(25):
        place, bit = chance.randrange(len(files[path])), chance.randrange(8)
        report = check(page, {**files, path: flipped(files[path], place, bit)})
        named = {(fault["file"], fault["record"]) for fault in report["faults"]}
        assert (path, record_at(path, files[path], place)) in named, (place, bit, report)


def test_a_turned_byte_in_a_data_file_is_one_fault(page: Engine) -> None:
    """A letter turned into another accuses that record and nothing else, with the name that people know it by."""
    files: Files = row().first
    place = files["data/lines.csv"].index(b"seguimiento")
    report = check(page, {**files, "data/lines.csv": flipped(files["data/lines.csv"], place, 1)})
    assert [(fault["code"], fault["file"], fault["record"], fault["key"]) for fault in report["faults"]] == [
        ("changed", "data/lines.csv", 2, "linea-1.2")
    ]


def test_every_byte_of_a_small_manifest_matters(page: Engine) -> None:
    """Each byte of manifest.json in turn: something is wrong, and the manifest is among what is named."""
    files = row().first
    for place in range(0, len(files["manifest.json"]), 7):
        report = check(page, {**files, "manifest.json": flipped(files["manifest.json"], place, 0)})
        assert "manifest.json" in {fault["file"] for fault in report["faults"]}, place


def test_a_key_that_does_not_hold_is_no_end_of_any_road(page: Engine) -> None:
    """Another public key in signature.json: keys.jsonl leads to the true one, so K and OLD do not lead to this one."""
    files = row().erratum
    other = {**files, SIGNATURE: edit(files[SIGNATURE], put("public_key", to=public(key(9))))}
    broken = ("signature", SIGNATURE, None)
    assert faults(check(page, other)) == {broken}
    for given in (key(1), key(2)):
        assert faults(check(page, other, key=fingerprint(given))) == {broken, ("key", SIGNATURE, None)}
    assert faults(check(page, other, after=row().first)) == {broken, ("after", "manifest.json", None)}


def test_a_later_key_and_a_newer_bundle_are_told_without_accusing(page: Engine) -> None:
    r = row()
    (fault,) = check(page, r.first, key=fingerprint(key(2)))["faults"]
    assert "Lo firmó la llave 1 de su lista" in fault["message"]
    assert "Si la suya es posterior" in fault["message"]
    (swapped,) = check(page, r.first, after=r.year)["faults"]
    assert swapped["message"] == "El paquete que dio como anterior es posterior: intercámbielos."


def test_a_folder_and_its_zip_are_the_same_bundle(page: Engine) -> None:
    files = row().year
    assert check(page, files) == check(page, zipped(sorted(files.items())))


def test_the_report_says_which_bundle_it_is(page: Engine) -> None:
    files = row().erratum
    manifest = json.loads(files["manifest.json"])
    report = check(page, files, key=fingerprint(key(1)))
    assert report["bundle"]["edition"] == 2
    assert report["bundle"]["number"] == manifest["number"] == 4
    assert (report["bundle"]["plan"], report["bundle"]["period"]) == (manifest["plan"], "2023-Q1")
    assert report["signature"] == "contrastada"


def test_a_bundle_of_too_many_records_is_refused(page: Engine) -> None:
    files = row().first
    report = check(page, {**files, "data/swot.csv": b"\n" * 200_001})
    assert faults(report) == {("unreadable", None, None)}


def test_a_folder_of_too_many_files_is_refused(page: Engine) -> None:
    files = {**row().first, **{f"x{number}": b"" for number in range(1_000)}}
    assert faults(check(page, files)) == {("unreadable", None, None)}


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_never_an_error_of_the_page(page: Engine, seed: int) -> None:
    """Random bytes, and zips with a random hole: `check` fails the test if the script itself had an error."""
    chance = random.Random(seed)
    whole = zipped(sorted(row().first.items()))
    for _ in range(25):
        start, size = chance.randrange(len(whole)), chance.choice([1, 2, 40, 4000])
        damaged = whole[:start] + chance.randbytes(chance.choice([0, size])) + whole[start + size :]
        assert check(page, damaged)["bundle"] is None or damaged != whole
        check(page, chance.randbytes(size))
