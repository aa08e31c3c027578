"""Canonical JSON in the page against `rfc8785`, which has no part in it: the same writing, and nothing else read."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import rfc8785
from engine import Engine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

steady = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
LARGEST = 2**53 - 1

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
keys = st.text(st.characters(max_codepoint=127), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def written(rooms: Engine, value: Any) -> bytes | None:
    """The page's canonical bytes; None where it refuses."""
    answer = rooms.ask(["canonical", "canonicalBytes", [value]])
    assert answer.get("thrown") in (None, "NotCanonical"), answer
    return base64.b64decode(answer["value"]["bytes"]) if "value" in answer else None


def read(rooms: Engine, data: bytes) -> Any:
    """`[value]` that the page reads from a canonical file; None where it refuses."""
    answer = rooms.ask(["canonical", "parsedLine", [{"bytes": base64.b64encode(data).decode()}]])
    assert answer.get("thrown") in (None, "NotCanonical"), answer
    return [answer["value"]] if "value" in answer else None


def judged(data: bytes) -> Any:
    """What `json` and `rfc8785` say of the same bytes, with the restrictions of section 1."""
    try:
        value = json.loads(data[:-1].decode("utf-8"), parse_float=lambda _: None)
        lawful = data.endswith(b"\n") and rfc8785.dumps(value) + b"\n" == data
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        return None
    return [value] if lawful and has_ascii_keys(value) else None


def has_ascii_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() and has_ascii_keys(item) for key, item in value.items())
    return not isinstance(value, list) or all(has_ascii_keys(item) for item in value)


@steady
@given(value=values)
def test_what_is_written_is_what_rfc8785_writes(rooms: Engine, value: Any) -> None:
    expected = rfc8785.dumps(value)
    assert written(rooms, value) == expected
    assert read(rooms, expected + b"\n") == [value]


@steady
@given(value=values, data=st.data())
def test_one_byte_more_less_or_other_is_judged_alike(rooms: Engine, value: Any, data: st.DataObject) -> None:
    text = bytearray(rfc8785.dumps(value) + b"\n")
    place = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(
        st.sampled_from([b"", b" ", b"0", b"-", b".0", b"e1", b'"', b"\\u0041", b"\\/", b",", b"\xff", b"\n", b"1", b"[", b"]"])
    )
    text[place : place + data.draw(st.integers(0, 1))] = piece
    assert read(rooms, bytes(text)) == judged(bytes(text))


@pytest.mark.parametrize(
    "text",
    [
        b"1.0", b"1e2", b"-0", b"01", b"+1", b"NaN", b"Infinity", b"9007199254740992", b"-9007199254740992",
        b'"\\u0041"', b'"\\u001F"', b'"\\/"', b'"\\ud800"', b'"\xed\xa0\x80"', b'"\xc0\x80"', b'"\t"', b"'a'", b"undefined",
        b"\xef\xbb\xbf1", b" 1", b"1 ", b"", b"\n1", b"1\n", b"[1,]", b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}',
        b'{"\xc3\xb1":1}', b'{"__proto__":1,"__proto__":1}',
        b"[" * 65 + b"]" * 65, b"[" * 500_000, b'{"a":' * 65 + b"1" + b"}" * 65,
    ],
)  # fmt: skip
def test_what_section_1_leaves_out(rooms: Engine, text: bytes) -> None:
    assert read(rooms, text + b"\n") is None


@pytest.mark.parametrize(
    "text",
    [
        b"9007199254740991", b"-9007199254740991", b'{"__proto__":1}', b'{"":0,"1":1,"10":2,"2":3,"a":4}', b'"\x7f\xe2\x80\xa8"',
        b'"\\u001f\\b\\t\\n\\f\\r\\"\\\\"', b"[" * 64 + b"]" * 64, '"😀ñ"'.encode(),
    ],
)  # fmt: skip
def test_the_edges_of_what_it_allows(rooms: Engine, text: bytes) -> None:
    assert read(rooms, text + b"\n") == [json.loads(text)]
    assert read(rooms, text) is None, "without its last LF"
