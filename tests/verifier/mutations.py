"""Bundles spoiled by chance from a seed: bytes, files, zips, and values inside signed again so that only meaning is off."""

from __future__ import annotations

import copy
import io
import json
import random
from collections.abc import Callable
from csv import reader
from dataclasses import dataclass
from typing import Any

from tests.core.verify.cases import K1, K2, K9, pack, row
from tests.core.verify.cases_year import sound
from tests.core.verify.factory import attest, finish, key, resealed
from tests.core.verify.primitives import Files, csv, line, lines, zipped

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


def _turned(chance: random.Random, value: Json, other: Callable[[random.Random, Json], Json] | None = None) -> Json:
    """The value with one thing changed somewhere inside, into what `other` says."""
    other = other or _other
    told = copy.deepcopy(value)
    places = _places(told)
    if not places:
        return other(chance, told)
    inside, name = chance.choice(places)
    if isinstance(inside, list) and chance.random() < 0.3:
        inside.insert(chance.randrange(len(inside) + 1), copy.deepcopy(inside[name]))
    elif chance.random() < 0.25:
        del inside[name]
    elif isinstance(inside, dict) and chance.random() < 0.15:
        inside[chance.choice(["más", "zz", "plan"])] = other(chance, inside[name])
    else:
        inside[name] = other(chance, inside[name])
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


def mutant_of_year(seed: int) -> Mutant:
    """The same of a bundle of version 2, most often with its seven files or what they say changed."""
    chance = random.Random(seed)
    files = sound()
    way = chance.choice([_year_line, _year_line, _year_line, _year_cell, _year_cell, _table, *WAYS])
    changed = way(chance, files, 1)
    if way in (_year_line, _year_cell) and chance.random() < 0.3:
        changed = chance.choice([_year_line, _year_cell])(chance, changed, 1)
    return Mutant(pack(changed), chance.choice([None, None, K1]), None)


def _year_line(chance: random.Random, files: Files, signer: int) -> Files:
    """A value changed in the measures, the indicators or the heads; or a line lost, doubled or moved."""
    path = f"data/{chance.choice(['measures', 'indicators', 'indicators', 'heads'])}.jsonl"
    told = [json.loads(text) for text in files[path].decode().split("\n")[:-1]]
    if told and chance.random() < 0.3:
        told.insert(chance.randrange(len(told)), told.pop(chance.randrange(len(told))))
    elif told and chance.random() < 0.3:
        told.pop(chance.randrange(len(told)))
    else:
        told = _turned(chance, told, _of_year)
    return _sealed(files, {path: lines(told if isinstance(told, list) else [told])}, signer, attested=True)


def _of_year(chance: random.Random, value: Json) -> Json:
    """What else such a value may be."""
    if not isinstance(value, str):
        return _other(chance, value)
    return chance.choice(
        [
            *(
                "0",
                "1",
                "-7/2",
                "2/4",
                "2023-Q1",
                "2023-Q4",
                "2023-M02",
                "2022-Q3",
                "2023",
                "month",
                "quarter",
                "year",
                "no-data",
            ),
            *("zero", "privacy", "cumplidas", "linea-1.2", "actividades", "%", "pesos/personas", "A-1", "B.1", "P1", "P2"),
            *("este", "pesos / personas", "respuestas / 0", "1 / (respuestas - 12[respuestas])", "anterior(este, 1)"),
            *(
                "ultimos(este, 40)",
                "budget.paid",
                "annual.goal_achieved",
                "annual.activities_due",
                "constructor",
                "__proto__",
                "😀",
            ),
        ]
    )


def _year_cell(chance: random.Random, files: Files, signer: int) -> Files:
    """A cell of one of the four tables changed, or a row lost, doubled or moved."""
    path = f"data/{chance.choice(['activities', 'goals', 'reports', 'money'])}.csv"
    try:
        rows = [fields for fields in reader(io.StringIO(files[path].decode())) if fields]
    except UnicodeDecodeError:
        return files
    at = chance.randrange(len(rows))
    if chance.random() < 0.2:
        rows.insert(chance.randrange(len(rows)), rows[at])
    elif chance.random() < 0.2:
        rows.pop(at)
    else:
        rows[at][chance.randrange(len(rows[at]))] = chance.choice(_CELLS)
    return _sealed(files, {path: csv(rows)}, signer, attested=True)


_CELLS = [
    *("", "0", "1", "-5", "7000", "007", "1.5", "9" * 18, "9" * 19, "A-1", "A-2", "B.1", "Z", "sí", "no", "P2", "specífico"),
    *("aprobado", "en revisión", "sin enviar", "devuelto", "2023-07", "2023-10", "2023-Q1", "2023-Q3", "2023-Q4", "2023-10-20"),
    *("2023-13-01", "approved", "change", "paid", "2111", "linea-1.1:10000", "linea-1.2:5000;linea-2.1:5000", "linea-9.9:10000"),
    *("capacitacion", "a\nb", 'a"b', "f" * 64, "😀", "ﬀ"),
]


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
