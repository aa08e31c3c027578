"""Records: cut byte after byte by another hand, and named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.board.records import cut, cut_csv, cut_lines, name_of
from tests.core.verify import primitives

PIECES = st.lists(st.sampled_from([b'"', b"\n", b",", b"a", b"\r", b"\xc3\xb1"]), max_size=40).map(b"".join)
CELLS = st.text(st.sampled_from('añ",\n '), max_size=5)


@given(PIECES)
def test_csv_as_the_specification_reads(data: bytes) -> None:
    assert cut_csv(data) == primitives.cut_csv(data)
    assert b"".join(cut_csv(data)) == data


@given(PIECES)
def test_lines_end_at_line_feeds_alone(data: bytes) -> None:
    assert cut_lines(data) == primitives.cut_lines(data)
    assert b"".join(cut_lines(data)) == data


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5))
def test_rows_of_a_real_writer_are_records_and_are_named_by_their_first_cell(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    pieces = cut_csv(out.getvalue().encode())
    assert len(pieces) == len(rows)
    names = [name_of("data/swot.csv", number, piece) for number, piece in enumerate(pieces)]
    assert names == ["encabezado" if number == 0 else row[0] for number, row in enumerate(rows)]


def test_by_hand() -> None:
    assert cut_csv(b'"a"\n"b\nc"\n"d') == [b'"a"\n', b'"b\nc"\n', b'"d']
    assert cut_lines(b"{}\n\nx") == [b"{}\n", b"\n", b"x"]
    assert cut("data/keys.jsonl", b"") == []
    with pytest.raises(ValueError, match=r"record\.pdf"):
        cut("data/record.pdf", b"")


@pytest.mark.parametrize(
    ("path", "record", "name"),
    [
        ("data/facts.jsonl", b'{"sequence":57}\n', "57"),
        ("data/bundles.jsonl", b'{"number":3}\n', "3"),
        ("data/keys.jsonl", b'{"fingerprint":"ab"}\n', "ab"),
        ("data/rules.jsonl", b'{"key":"record.quarterly"}\n', "record.quarterly"),
        ("data/differences.jsonl", '{"name":"Misión"}\n'.encode(), "Misión"),
        ("data/rules.jsonl", b'{"name":"x"}\n', None),
        ("data/rules.jsonl", b"[]\n", None),
        ("data/rules.jsonl", b"\xff\n", None),
        ("data/swot.csv", b"a,b\n", None),
        ("data/swot.csv", b'"a', None),
        ("data/swot.csv", b'"\xff","b"\n', None),
        ("data/swot.csv", b'"a""b\nc","d"\n', 'a"b\nc'),
        ("data/swot.csv", b'"a"', "a"),
    ],
)
def test_names(path: str, record: bytes, name: str | None) -> None:
    assert name_of(path, 1, record) == name
