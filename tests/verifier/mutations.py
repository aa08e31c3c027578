"""Bundles spoiled by chance from a seed: bytes, files, zips, and values inside signed again so that only meaning is off."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.core.verify.cases import K1, K2, K9, pack, row
from tests.core.verify.factory import attest, finish, key, resealed
from tests.core.verify.primitives import Files, line, lines, zipped

Json = Any


@dataclass(frozen=True)
class Mutant:
    """A zip, and how it is to be checked."""

    bundle: bytes
    key: str | None
    after: bytes | None


def bundles() -> list[tuple[Files, int]]:
    """Sound bundles, with the number of the key that signs each."""
    r = row()
    return [(r.first, 1), (r.second, 2), (r.year, 2), (r.erratum, 2)]


def _byte(chance: random.Random, files: Files, _: int) -> Files:
    path = chance.choice(sorted(files))
    data = bytearray(files[path])
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return {**files, path: bytes(data)}


def _piece(chance: random.Random, files: Files, _: int) -> Files:
    """A stretch taken out, doubled, or put in."""
    path = chance.choice(sorted(files))
    data = files[path]
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice([0, 1, 5, 80, 1000]))
    put = chance.choice([b"", data[start:end] * 2, b"\n", b'"', b"{}\n", b'"a","b"\n', chance.randbytes(3)])
    return {**files, path: data[:start] + put + data[end:]}


def _file(chance: random.Random, files: Files, _: int) -> Files:
    """A file lost, doubled under another name, or two changed about."""
    one, other = chance.sample(sorted(files), 2)
    return chance.choice(
        [
            {path: data for path, data in files.items() if path != one},
            {**files, chance.choice(["data/otro.csv", "nota", one + "x", "data/differences.jsonl"]): files[one]},
            {**files, one: files[other], other: files[one]},
            {**files, one: b""},
        ]
    )


def _places(value: Json) -> list[tuple[Json, Json]]:
    """Every (container, key) inside a value."""
    if not isinstance(value, dict | list):
        return []
    here = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [place for name in here for place in [(value, name), *_places(value[name])]]


def _other(chance: random.Random, value: Json) -> Json:
    if isinstance(value, bool) or value is None:
        return chance.choice([True, False, None, 0, ""])
    if isinstance(value, int):
        return chance.choice([value + 1, value - 1, 0, 1, -value, str(value), 2**53 - 1])
    if isinstance(value, str):
        hexed = [value[:-1] + "0", value.upper(), "0" * 64, "2023-Q2", "2023-03-31", "31/03/2023"]
        return chance.choice([*hexed, value + " ", "", None, "a\nb", value[::-1], "record.annual"])
    return chance.choice([[], {}, None, "x", 1])


def _turned(chance: random.Random, value: Json) -> Json:
    """The value with one thing changed somewhere inside."""
    told = copy.deepcopy(value)
    places = _places(told)
    if not places:
        return _other(chance, told)
    inside, name = chance.choice(places)
    if isinstance(inside, list) and chance.random() < 0.3:
        inside.insert(chance.randrange(len(inside) + 1), copy.deepcopy(inside[name]))
    elif chance.random() < 0.25:
        del inside[name]
    elif isinstance(inside, dict) and chance.random() < 0.15:
        inside[chance.choice(["más", "zz", "plan"])] = _other(chance, inside[name])
    else:
        inside[name] = _other(chance, inside[name])
    return told


def _value(chance: random.Random, files: Files, signer: int) -> Files:
    """A value changed inside one file, and everything above it signed again, with or without the fact that attests it."""
    paths = [path for path in files if path.endswith((".json", ".jsonl")) and path.startswith("data/")]
    path = chance.choice(sorted(paths))
    told = [json.loads(text) for text in files[path].decode().split("\n")[:-1]]
    changed = _turned(chance, told)
    if not isinstance(changed, list):
        changed = [changed]
    data = line(changed[0]) if path.endswith(".json") and changed else lines(changed)
    return _sealed(files, {path: data}, signer, attested=chance.random() < 0.6)


def _sealed(files: Files, changes: Files, signer: int, *, attested: bool) -> Files:
    mixed = {**files, **changes}
    try:
        if attested:
            attest(mixed)
        return finish(mixed, json.loads(files["manifest.json"]), key(signer))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return mixed  # too broken to be sealed: as it is, then


def _table(chance: random.Random, files: Files, signer: int) -> Files:
    """Rows or bytes of a table changed, and all signed again."""
    path = chance.choice([name for name in sorted(files) if name.endswith(".csv")])
    changed = chance.choice([_piece, _byte])(chance, {path: files[path]}, signer)
    return _sealed(files, changed, signer, attested=True)


def _manifest(chance: random.Random, files: Files, signer: int) -> Files:
    """The manifest says something else, signed again."""

    def change(manifest: dict[str, Json]) -> None:
        told = _turned(chance, manifest)
        if isinstance(told, dict):
            manifest.clear()
            manifest.update(told)

    return resealed(files, {}, key(signer), edit=change)


def _signature(chance: random.Random, files: Files, _: int) -> Files:
    return {**files, "signature.json": line(_turned(chance, json.loads(files["signature.json"])))}


WAYS: list[Callable[[random.Random, Files, int], Files]] = [
    _byte, _piece, _file, _value, _value, _value, _table, _table, _manifest, _manifest, _signature,
]  # fmt: skip


def _spoiled_zip(chance: random.Random, files: Files) -> bytes:
    """A byte of the zip's own structure changed, most often; or entries in another order or twice."""
    entries = sorted(files.items())
    if chance.random() < 0.2:
        chance.shuffle(entries)
        return zipped([*entries, *entries[: chance.randrange(2)]])
    whole = bytearray(zipped(entries))
    marks = [place for mark in (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06") for place in _all(whole, mark)]
    place = min(len(whole) - 1, chance.choice(marks) + chance.randrange(60))
    whole[place] ^= 1 << chance.randrange(8)
    return bytes(whole)


def _all(data: bytearray, mark: bytes) -> list[int]:
    found, place = [], data.find(mark)
    while place >= 0:
        found.append(place)
        place = data.find(mark, place + 1)
    return found


def mutant(seed: int) -> Mutant:
    """The mutant of this number; the same always."""
    chance = random.Random(seed)
    files, signer = chance.choice(bundles())
    given = chance.choice([None, None, None, K1, K2, K9])
    older = chance.choice([None, None, None, *(pack(one) for one, _ in bundles())])
    if chance.random() < 0.15:
        return Mutant(_spoiled_zip(chance, files), given, older)
    changed = chance.choice(WAYS)(chance, files, signer)
    if chance.random() < 0.15:
        changed = chance.choice([_byte, _piece, _file])(chance, changed, signer)
    return Mutant(pack(changed), given, older)
