"""The alphabet of a bundle, written from docs/spec/bundle.md and from nothing of `calpulli_core`.

Tests that judge the core compare it with this file, so nothing here may import it.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Files = dict[str, bytes]

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(value: str) -> str:
    def one(char: str) -> str:
        if char in ESCAPES:
            return ESCAPES[char]
        return f"\\u{ord(char):04x}" if ord(char) < 0x20 else char

    return '"' + "".join(one(char) for char in value) + '"'


def _json(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_text(key)}:{_json(value[key])}" for key in sorted(value)) + "}"
    return "[" + ",".join(_json(item) for item in value) + "]"


def canonical(value: Any) -> bytes:
    """Section 1, by hand: no json module."""
    return _json(value).encode("utf-8")


def line(value: Any) -> bytes:
    return canonical(value) + b"\n"


def lines(values: Iterable[Any]) -> bytes:
    return b"".join(line(value) for value in values)


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def tree(data: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, as the recursive definition reads."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return leaf(data[0])
    split = 1
    while split * 2 < len(data):
        split *= 2
    return hashlib.sha256(b"\x01" + tree(data[:split]) + tree(data[split:])).digest()


def cut_csv(data: bytes) -> list[bytes]:
    """Section 3, byte after byte."""
    records, start, quotes = [], 0, 0
    for position, byte in enumerate(data):
        quotes += byte == 0x22
        if byte == 0x0A and quotes % 2 == 0:
            records.append(data[start : position + 1])
            start = position + 1
    return [*records, data[start:]] if start < len(data) else records


def cut_lines(data: bytes) -> list[bytes]:
    records = [part + b"\n" for part in data.split(b"\n")]
    tail = records.pop()[:-1]
    return [*records, tail] if tail else records


def cut(path: str, data: bytes) -> list[bytes] | None:
    if path == "leaves.jsonl" or not path.endswith((".csv", ".jsonl")):
        return None
    return cut_csv(data) if path.endswith(".csv") else cut_lines(data)


def csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    return text.encode("utf-8")


def unicode_path(name: str, alias: str) -> bytes:
    """The extra field 0x7075, by which some programs unpack the entry `name` as `alias`."""
    said = alias.encode("utf-8")
    return struct.pack("<HHBI", 0x7075, 5 + len(said), 1, zlib.crc32(name.encode("utf-8"))) + said


def zipped(
    entries: Iterable[tuple[str, bytes]],
    *,
    method: int = 0,
    flags: int = 0,
    local_extra: bytes = b"",
    central_extra: bytes = b"",
    comment: bytes = b"",
) -> bytes:
    """A zip by struct alone, so that hostile ones can be made too (repeated or odd names, other methods)."""
    body, central, count = b"", b"", 0
    for name, data in entries:
        raw = name.encode("utf-8")
        packed = zlib.compress(data)[2:-4] if method == 8 else data
        common = struct.pack("<HHHHHIIIH", 20, flags, method, 0, 0x21, zlib.crc32(data), len(packed), len(data), len(raw))
        central += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<H", len(central_extra))
        central += struct.pack("<HHHII", len(comment), 0, 0, 0, len(body)) + raw + central_extra + comment
        body += b"PK\x03\x04" + common + struct.pack("<H", len(local_extra)) + raw + local_extra + packed
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(central), len(body), 0)
    return body + central + b"PK\x05\x06" + end
