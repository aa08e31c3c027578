"""What a case is, the bundles that most cases start from, and the ways to change one value of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.core.verify.factory import Installation, fingerprint, key, resealed
from tests.core.verify.primitives import Files, csv, line, lines, zipped

Fault = tuple[str, str | None, int | None]

RECORD = "data/record.json"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
FACTS = "data/facts.jsonl"
BUNDLES = "data/bundles.jsonl"
KEYS = "data/keys.jsonl"
RULES = "data/rules.jsonl"
DIFFERENCES = "data/differences.jsonl"

INVALID = "inválida"
PLAIN = "no contrastada"
TRUSTED = "contrastada"


@dataclass(frozen=True)
class Case:
    """A bundle, how it is checked, and the verdict that follows from how it was made."""

    name: str
    bundle: bytes
    faults: frozenset[Fault]
    signature: str
    key: str | None = None
    after: bytes | None = None
    hash: str | None = None


def pack(files: Files) -> bytes:
    return zipped(sorted(files.items()))


def case(
    name: str,
    bundle: Files | bytes,
    *faults: Fault,
    signature: str | None = None,
    key: str | None = None,
    after: Files | bytes | None = None,
    hash: str | None = None,
) -> Case:
    usual = TRUSTED if key or after or hash else PLAIN
    return Case(
        name,
        bundle if isinstance(bundle, bytes) else pack(bundle),
        frozenset(faults),
        signature or usual,
        key,
        pack(after) if isinstance(after, dict) else after,
        hash,
    )


@dataclass(frozen=True)
class Row:
    """Bundles closed one after another: first quarter, second (new endorsed key), the year, an erratum of the first."""

    first: Files
    second: Files
    year: Files
    erratum: Files


@cache
def row() -> Row:
    town = Installation()
    first = town.close("2023-Q1")
    town.rotate(key(2))
    second = town.close("2023-Q2")
    year = town.close("2023")
    return Row(first, second, year, town.close("2023-Q1", note="Se corrigió una palabra."))


def swap(files: Files, path: str, data: bytes) -> Files:
    return {**files, path: data}


def flip(files: Files, path: str, position: int, mask: int = 0x01) -> Files:
    data = bytearray(files[path])
    data[position] ^= mask
    return swap(files, path, bytes(data))


def replaced(files: Files, path: str, old: str, new: str) -> Files:
    """One occurrence of `old`, which must be there exactly once."""
    data = files[path]
    assert data.count(old.encode()) == 1, (path, old, data.count(old.encode()))
    return swap(files, path, data.replace(old.encode(), new.encode()))


def edit(data: bytes, change: Callable[[Any], None]) -> bytes:
    """A canonical file with `change` done to its value."""
    value = json.loads(data)
    change(value)
    return line(value)


def edit_lines(data: bytes, change: Callable[[Any], None]) -> bytes:
    values = [json.loads(part) for part in data.splitlines()]
    change(values)
    return lines(values)


def put(*steps: str | int, to: Any) -> Callable[[Any], None]:
    """A change that sets the value at the end of `steps`."""

    def change(value: Any) -> None:
        for step in steps[:-1]:
            value = value[step]
        value[steps[-1]] = to

    return change


def record_with(files: Files, change: Callable[[Any], None]) -> Files:
    """The record changed, its CSV made anew from it, all agreed and signed again by the same institute."""
    record = edit(files[RECORD], change)
    columns = json.loads(record)["columns"]
    sheet = csv([[item["name"] for item in columns], [item["value"] for item in columns]])
    return resealed(files, {RECORD: record, "data/record.csv": sheet}, key(1))


def told(files: Files, change: Callable[[Any], None]) -> Files:
    """Something of the manifest changed, and signed again by the same institute."""
    return resealed(files, {}, key(1), edit=change)


def named(prefix: str, made: Iterable[tuple[str, Files, Sequence[Fault]]]) -> list[Case]:
    return [case(f"{prefix}-{name}", files, *faults) for name, files, faults in made]


K1 = fingerprint(key(1))
K2 = fingerprint(key(2))
K9 = fingerprint(key(9))
