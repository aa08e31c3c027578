"""One flipped byte, anywhere: never íntegro, and the file and the record named are the right ones."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

import pytest

from calpulli_core.verify.checking import examine, judge
from calpulli_core.verify.report import Report
from tests.core.verify.cases import flip, row
from tests.core.verify.cases_year import sound
from tests.core.verify.invented_year import year_files
from tests.core.verify.primitives import Files, cut

MASKS = (0x01, 0x20, 0x80, 0xFF)
PATHS = sorted(row().first)
SMALL = 200
STEPS = 40


def judged(files: Files) -> Report:
    return judge(examine(files), key=None, old=None)


def record_at(path: str, data: bytes, position: int) -> int | None:
    records = cut(path, data)
    if records is None:
        return None
    return bisect_right(list(accumulate(map(len, records))), position)


def moves_records(path: str, before: int, after: int) -> bool:
    """Whether the flipped byte cut records, or cuts them now."""
    if cut(path, b"") is None:
        return False
    cutting = {0x0A, 0x22} if path.endswith(".csv") else {0x0A}
    return bool(cutting & {before, after})


def check_flip(path: str, position: int, mask: int, files: Files | None = None) -> None:
    files = files or row().first
    report = judged(flip(files, path, position, mask))
    found = {(fault.code, fault.file, fault.record) for fault in report.faults}
    where = f"{path}[{position}] ^ {mask:#x}: {sorted(found, key=str)}"
    assert not report.ok, where
    if path == "manifest.json":
        assert found & {("signature", path, None), ("malformed", path, None)}, where
    elif path == "signature.json":
        assert {file for _, file, _ in found} == {path}, where
    else:
        byte = files[path][position]
        first = ("changed", path, record_at(path, files[path], position))
        if moves_records(path, byte, byte ^ mask):
            assert first in found, where
            assert {(code, file) for code, file, _ in found} == {("changed", path)}, where
            assert min(record for _, _, record in found if record is not None) == first[2], where
        else:
            assert found == {first}, where


def positions(path: str) -> list[int]:
    size = len(row().first[path])
    return list(range(size)) if size <= SMALL else [size * step // STEPS for step in range(STEPS)] + [size - 1]


@pytest.mark.parametrize("path", PATHS)
def test_flipped_bytes(path: str) -> None:
    for turn, position in enumerate(positions(path)):
        check_flip(path, position, MASKS[turn % len(MASKS)])


@pytest.mark.parametrize("mask", MASKS)
def test_bytes_that_cut_records(mask: int) -> None:
    """Every line feed and quote of the tables, every line feed of the lines."""
    for path in PATHS:
        data = row().first[path]
        cutting = b'\n"' if path.endswith(".csv") else b"\n"
        found = [position for position, byte in enumerate(data) if byte in cutting]
        for position in found[:6] + found[-3:] if cut(path, data) is not None else []:
            check_flip(path, position, mask)


@pytest.mark.parametrize("path", sorted(year_files()))
def test_flipped_bytes_of_a_year(path: str) -> None:
    """The files that a bundle of version 2 has besides."""
    files = sound()
    for turn in range(STEPS):
        check_flip(path, (len(files[path]) - 1) * turn // (STEPS - 1), MASKS[turn % len(MASKS)], files)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_every_byte(path: str) -> None:
    for position in range(len(row().first[path])):
        check_flip(path, position, MASKS[position % len(MASKS)])
