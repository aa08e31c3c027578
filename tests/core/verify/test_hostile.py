"""Whatever the bytes: a verdict, never an exception, and never íntegro for what was changed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.verify.checking import check_files, examine, judge
from calpulli_core.verify.report import SHOWN, Fault, Report, printable
from tests.core.verify.cases import FACTS, KEYS, MANIFEST, RECORD, SIGNATURE, row
from tests.core.verify.factory import fingerprint, finish, key, resealed, signature
from tests.core.verify.primitives import Files, line, lines, sha256

FIRST = row().first
NOISE = st.binary(max_size=50)
ODD = st.sampled_from(
    [None, True, False, 0, -1, 1, 2**53 - 1, "", "x", "\n", "0" * 64, "9999-12-31", "2023-Q1", "2999", [], {}, [[]], {"a": 1}]
)


def verdict(files: Files) -> Report:
    report = judge(examine(files), key=None, old=None)
    report.as_text().encode()
    json.loads(report.as_json())
    return report


@given(path=st.sampled_from(sorted(FIRST)), start=st.integers(0, 5000), length=st.integers(0, 50), noise=NOISE)
@settings(max_examples=150, deadline=None)
def test_a_splice_anywhere_is_found(path: str, start: int, length: int, noise: bytes) -> None:
    data = FIRST[path]
    start %= len(data) + 1
    spliced = data[:start] + noise + data[start + length :]
    report = verdict({**FIRST, path: spliced})
    assert report.ok == (spliced == data)
    assert report.ok or path in {fault.file for fault in report.faults}


@given(st.dictionaries(st.sampled_from(sorted(FIRST)) | st.text(max_size=5), NOISE, max_size=6))
@settings(max_examples=100, deadline=None)
def test_files_of_noise(files: Files) -> None:
    assert not verdict(files).ok
    assert not verdict({**FIRST, **files}).ok or all(FIRST.get(path) == data for path, data in files.items())


def places(value: Any, prefix: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [prefix, *(place for name, item in inner for place in places(item, (*prefix, name)))]


def with_value(value: Any, place: tuple[str | int, ...], to: Any) -> Any:
    if not place:
        return to
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[place[0]] = with_value(copied[place[0]], place[1:], to)
    return copied


@pytest.mark.parametrize("path", [RECORD, MANIFEST, SIGNATURE])
@given(data=st.data(), odd=ODD)
@settings(max_examples=150, deadline=None)
def test_any_value_replaced_and_signed_again(path: str, data: st.DataObject, odd: Any) -> None:
    """Past hashes and signature, so that every later check meets values that it does not expect."""
    value = json.loads(FIRST[path])
    place = data.draw(st.sampled_from(places(value)))
    changed = line(with_value(value, place, odd))
    if path == RECORD:
        files = resealed(FIRST, {path: changed}, key(1))
    elif path == MANIFEST:
        files = {**FIRST, MANIFEST: changed, SIGNATURE: signature(changed, key(1))}
    else:
        files = {**FIRST, SIGNATURE: changed}
    verdict(files)


@pytest.mark.parametrize("path", [FACTS, KEYS, "data/bundles.jsonl", "data/rules.jsonl", "data/differences.jsonl"])
@given(data=st.data(), odd=ODD)
@settings(max_examples=80, deadline=None)
def test_any_value_of_a_line_replaced_and_signed_again(path: str, data: st.DataObject, odd: Any) -> None:
    erratum = row().erratum
    values = [json.loads(part) for part in erratum[path].splitlines()]
    place = data.draw(st.sampled_from(places(values)[1:]))
    changed = lines(with_value(values, place, odd))
    verdict(finish({**erratum, path: changed}, json.loads(erratum[MANIFEST]), key(2)))


@given(st.lists(st.lists(st.text('",\n aé', max_size=4), max_size=4), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_table_signed_again(rows: list[list[str]]) -> None:
    data = "".join(",".join(f'"{cell}"' for cell in cells) + "\n" for cells in rows).encode()
    report = verdict(resealed(FIRST, {"data/swot.csv": data}, key(1)))
    assert {fault.file for fault in report.faults} == {"data/swot.csv"}


@pytest.mark.parametrize("name", ["plan", "institute"])
def test_texts_that_play_tricks_are_printed_escaped(name: str) -> None:
    trick = "\x1b[2J\u202e\u0007ÍNTEGRO"
    told = json.loads(FIRST[MANIFEST])
    told[name] = trick
    if name == "institute":
        del told["institute"]
        told["installation"]["institute"] = trick
    files = {**FIRST, MANIFEST: line(told), SIGNATURE: signature(line(told), key(1))}
    assert all(text.isprintable() for text in verdict(files).as_text().splitlines())


def test_printable() -> None:
    assert printable("año «1»") == "año «1»"
    assert printable("a\nb\x1b\udcff\u202e") == "a\\nb\\x1b\\udcff\\u202e"


def test_a_long_list_of_faults_is_cut_for_people_only() -> None:
    report = Report(tuple(Fault("changed", "a.csv", number, "x") for number in range(SHOWN + 3)))
    text = report.as_text()
    assert text.startswith(f"ALTERADO: {SHOWN + 3} fallas")
    assert "y 3 fallas más" in text
    assert len(json.loads(report.as_json())["faults"]) == SHOWN + 3


def bomb(name: str) -> Files:
    """Bundles that would be slow or large to read if a check were careless."""
    if name == "one-long-line":
        return {**FIRST, FACTS: b'{"a":"' + b"x" * 10**7 + b'"}\n'}
    if name == "many-repeated-keys":
        inner = ",".join(f'"k{n}":1' for n in range(300_000)) + ',"k299999":1'
        return {**FIRST, MANIFEST: ("{" + inner + "}\n").encode()}
    if name == "backslashes":
        return {**FIRST, MANIFEST: b'"' + b"\\" * 10**7}
    if name == "quotes":
        return {**FIRST, MANIFEST: b'\\"' * 5 * 10**6}
    if name == "digits":
        return {**FIRST, MANIFEST: b"9" * 10**7}
    if name == "brackets":
        return {**FIRST, MANIFEST: b"[" * 10**7}
    if name == "quotes-in-a-table":
        return resealed(FIRST, {"data/swot.csv": b'"' * 10**6}, key(1))
    many = [
        {
            "endorsement": None,
            "fingerprint": sha256(bytes([n % 256]) * 32),
            "number": n + 1,
            "public_key": (n.to_bytes(4, "big") * 8).hex(),
        }
        for n in range(3000)
    ]
    return resealed(FIRST, {KEYS: lines(many)}, key(1))


@pytest.mark.parametrize(
    "name",
    ["one-long-line", "many-repeated-keys", "backslashes", "quotes", "digits", "brackets", "quotes-in-a-table", "keys"],
)
def test_large_hostile_files_cost_seconds_of_processor_at_most(name: str) -> None:
    files = bomb(name)
    start = time.process_time()
    assert not verdict(files).ok
    assert time.process_time() - start < 5


def test_after_meets_noise() -> None:
    for old in ({}, {MANIFEST: b"{}"}, {**FIRST, MANIFEST: b"\xff"}):
        report = check_files(row().second, after=old)
        assert [fault.code for fault in report.faults] == ["after"]
    assert check_files(row().second, after=FIRST, key=fingerprint(key(2))).signature == "contrastada"
