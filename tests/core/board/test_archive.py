"""Zips: read by `zipfile`, written by hand, and broken in every byte that holds their structure."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.board.archive import ArchiveError, read_zip, write_zip
from tests.core.verify.primitives import zipped

NAMES = st.text("abcZ09._- ", min_size=1, max_size=8).filter(lambda name: name not in (".", ".."))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
FILES = st.dictionaries(PATHS, st.binary(max_size=40), max_size=6)
SAMPLE = {"a.txt": b"hola", "data/b": b"", "data/c": b"PK\x05\x06"}


@given(FILES)
def test_round_trip_and_the_standard_library_agrees(files: dict[str, bytes]) -> None:
    data = write_zip(files)
    assert read_zip(data) == files
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert {name: archive.read(name) for name in archive.namelist()} == files


@given(FILES)
def test_the_same_bytes_whatever_the_order(files: dict[str, bytes]) -> None:
    assert write_zip(files) == write_zip(dict(reversed(files.items()))) == zipped(sorted(files.items()))


def test_reads_what_zipfile_stores() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in SAMPLE.items():
            archive.writestr(name, data)
    assert read_zip(out.getvalue()) == SAMPLE


@given(st.binary(max_size=80), st.integers(0, 500), st.integers(1, 255))
def test_no_bytes_break_the_reader(noise: bytes, place: int, mask: int) -> None:
    data = bytearray(write_zip(SAMPLE))
    data[place % len(data)] ^= mask
    for hostile in (bytes(data), bytes(data) + noise, noise, data[: len(noise)] + noise):
        try:
            read_zip(bytes(hostile))
        except ArchiveError:
            continue


def test_a_flipped_byte_is_refused_or_shows_in_the_content_or_does_not_matter() -> None:
    """What may differ unseen: dates, versions and attributes, which nothing reads."""
    whole = write_zip(SAMPLE)
    silent = set()
    for place in range(len(whole)):
        data = bytearray(whole)
        data[place] ^= 0x01
        try:
            if read_zip(bytes(data)) == SAMPLE:
                silent.add(place)
        except ArchiveError:
            continue
    local, central = 30, 46
    lawful = set()
    start = 0
    for name, content in sorted(SAMPLE.items()):
        lawful |= {start + offset for offset in (4, 5, 10, 11, 12, 13)}
        start += local + len(name) + len(content)
    for name in sorted(SAMPLE):
        # Versions, date; disk; attributes. A checksum has to agree with itself in both places.
        lawful |= {start + offset for offset in (4, 5, 6, 7, 12, 13, 14, 15, 34, 35, *range(36, 42))}
        start += central + len(name)
    assert silent == lawful


def test_too_large() -> None:
    with pytest.raises(ArchiveError, match="64 MiB"):
        read_zip(bytes(64 * 2**20 + 1))
    with pytest.raises(ArchiveError, match="tamaño"):
        read_zip(write_zip({"a": bytes(16 * 2**20 + 1)}))
    assert len(read_zip(write_zip({"a": bytes(16 * 2**20)}))["a"]) == 16 * 2**20


def test_too_many() -> None:
    assert len(read_zip(write_zip({f"{n}": b"" for n in range(1000)}))) == 1000
    with pytest.raises(ArchiveError, match="1000"):
        read_zip(write_zip({f"{n}": b"" for n in range(1001)}))
