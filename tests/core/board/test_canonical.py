"""Canonical JSON: against hand-written bytes, against another encoder, and against hostile text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.board.canonical import CanonicalError, encode, parse, parse_canonical
from tests.core.verify import primitives

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=30,
)

WRITTEN = {
    b"null": None,
    b"true": True,
    b"[]": [],
    b"{}": {},
    b"-1": -1,
    b"9007199254740991": 2**53 - 1,
    b"-9007199254740991": -(2**53) + 1,
    b'{"":0,"A":2,"a":1,"a.":3,"aa":4}': {"aa": 4, "a.": 3, "a": 1, "A": 2, "": 0},
    rb'"\"\\/\b\t\n\f\r\u0000\u001f"' + b"": '"\\/\b\t\n\f\r\x00\x1f',
    '"\x7fñ€😀\u2028"'.encode(): "\x7fñ€😀\u2028",
    b'[[1],{"a":[null]}]': [[1], {"a": [None]}],
}

NOT_JSON = [
    b"",
    b" ",
    b"[1,]",
    b"{'a':1}",
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1.0",
    b"1e3",
    b"01",
    b"+1",
    b"[1 2]",
    b'{"a":1,"a":2}',
    b'{"a":{"b":1,"b":1}}',
    b'"\x00"',
    b'"\n"',
    b'"\\x41"',
    b'"\\ud800"',
    b'"\\udc00\\ud800"',
    b'"\xff"',
    b'"\xed\xa0\x80"',
    b"\xef\xbb\xbf1",
    b"9007199254740992",
    b"-9007199254740992",
    b"1" * 5000,
    '{"ñ":1}'.encode(),
    b'"',
    b'"\\',
    b"nul",
    b"1 1",
]

NOT_CANONICAL = [b" 1", b"1\n", b"-0", b"[1, 2]", b'{"b":1,"a":2}', b'"\\u00e1"', b'"\\/"', b'"\\u000a"', b'"\\u001F"']


@pytest.mark.parametrize(("data", "value"), WRITTEN.items())
def test_written_by_hand(data: bytes, value: Any) -> None:
    assert encode(value) == data
    assert parse_canonical(data) == value


@pytest.mark.parametrize("data", NOT_JSON)
def test_refuses_what_is_not_the_json_of_the_specification(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        parse(data)


@pytest.mark.parametrize("data", NOT_CANONICAL)
def test_reads_but_does_not_take_for_canonical(data: bytes) -> None:
    parse(data)
    with pytest.raises(CanonicalError):
        parse_canonical(data)


@given(VALUES)
def test_one_form_for_each_value(value: Any) -> None:
    data = encode(value)
    assert data == primitives.canonical(value)
    assert parse_canonical(data) == value
    assert parse(json.dumps(value, indent=2).encode()) == value


@given(VALUES, VALUES)
def test_different_values_have_different_bytes(left: Any, right: Any) -> None:
    same = json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
    assert (encode(left) == encode(right)) == same


@given(st.binary(max_size=60) | TEXT.map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        value = parse(data)
    except CanonicalError:
        return
    assert parse_canonical(encode(value)) == value


@pytest.mark.parametrize("value", [1.0, float("nan"), 2**53, b"a", {1: 2}, {"ñ": 1}, "\ud800", {"a": {1}}, [object()]])
def test_refuses_to_write_other_values(value: Any) -> None:
    with pytest.raises(CanonicalError):
        encode(value)


def test_depth_of_64_and_no_deeper() -> None:
    fine = b"[" * 64 + b"]" * 64
    assert encode(parse_canonical(fine)) == fine
    objects = b'{"a":' * 64 + b"1" + b"}" * 64
    assert encode(parse_canonical(objects)) == objects
    for hostile in (b"[" + fine + b"]", b"[" * 10**6, b'{"a":' * 10**5, b'["' + b"[" * 70):
        with pytest.raises(CanonicalError):
            parse(hostile)
    deep: Any = []
    for _ in range(64):
        deep = [deep]
    with pytest.raises(CanonicalError):
        encode(deep)


def test_brackets_within_texts_are_not_depth() -> None:
    value = ["[" * 500 + '"' + "{" * 500 + "\\"]
    assert parse_canonical(encode(value)) == value


def test_tuples_are_arrays() -> None:
    assert encode((1, ("a",))) == b'[1,["a"]]'
