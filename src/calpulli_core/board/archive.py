"""A bundle as a zip: stored entries, strict to read (docs/spec/bundle.md, section 2).

The reader is our own because `zipfile` tolerates what two readers could see in two ways: repeated names, bytes between
entries, local headers that contradict the central directory.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from calpulli_core.board.layout import MAX_BUNDLE, MAX_ENTRIES, MAX_FILE

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01, the earliest that a zip can say: the same bytes whenever it is written
_UTF8_NAMES = 0x0800
_NAME = re.compile(rb"[\x20-\x5b\x5d-\x7e]+")


class ArchiveError(ValueError):
    """The bytes are not a zip of the form that a bundle has; the message says why, in Spanish."""


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """The zip of `files` (path -> content), entries in order of path, always the same bytes for the same files."""
    body, central = bytearray(), bytearray()
    for path in sorted(files):
        name, data = path.encode("ascii"), files[path]
        common = (_VERSION, 0, 0, _MIDNIGHT, _FIRST_DAY, crc32(data), len(data), len(data), len(name), 0)
        central += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, len(body)) + name
        body += _LOCAL.pack(b"PK\x03\x04", *common) + name + data
    end = _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(central), len(body), 0)
    return bytes(body + central + end)


def read_zip(data: bytes) -> dict[str, bytes]:
    """Path -> content of every entry. Raises ArchiveError for anything that the specification does not allow.

    Checksums are not judged: the hashes of the manifest say which file changed, the zip's would only say that one did.
    """
    if len(data) > MAX_BUNDLE:
        raise ArchiveError(f"pesa más de {MAX_BUNDLE // 2**20} MiB")
    count, central_at = _end(data)
    files: dict[str, bytes] = {}
    place, expected_at = central_at, 0
    for _ in range(count):
        entry, place = _central(data, place)
        if entry.starts_at != expected_at:
            raise ArchiveError(f"la entrada «{entry.path}» no sigue a la anterior")
        content, expected_at = _content(data, entry, central_at)
        if entry.path in files:
            raise ArchiveError(f"la entrada «{entry.path}» está repetida")
        files[entry.path] = content
    if expected_at != central_at or place != len(data) - _END.size:
        raise ArchiveError("tiene bytes que no son de ninguna entrada")
    return files


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the central directory says of one file."""

    raw_name: bytes
    flags: int
    crc: int
    size: int
    starts_at: int

    @property
    def path(self) -> str:
        return self.raw_name.decode("ascii")


def _end(data: bytes) -> tuple[int, int]:
    """Number of entries and where the central directory starts."""
    if len(data) < _END.size:
        raise ArchiveError("no es un zip, o está cortado")
    mark, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, len(data) - _END.size)
    if mark != b"PK\x05\x06":
        raise ArchiveError("no es un zip, está cortado, o tiene algo después del final")
    if disk or first_disk or here != count or comment or start + size != len(data) - _END.size:
        raise ArchiveError("su registro final no concuerda con lo que contiene")
    if count > MAX_ENTRIES:
        raise ArchiveError(f"tiene más de {MAX_ENTRIES} archivos")
    return count, start


def _central(data: bytes, place: int) -> tuple[_Entry, int]:
    """The entry described at `place` of the central directory, and where the next one starts."""
    if place + _CENTRAL.size > len(data) or data[place : place + 4] != b"PK\x01\x02":
        raise ArchiveError("su directorio está incompleto")
    fields = _CENTRAL.unpack_from(data, place)
    _, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment_size = fields[:13]
    starts_at = fields[16]
    name_at = place + _CENTRAL.size
    raw_name = data[name_at : name_at + name_size]
    _check_name(raw_name, name_size)
    _check_form(raw_name.decode("ascii"), flags, method, packed, size)
    _check_bare(raw_name.decode("ascii"), extra_size, comment_size)
    return _Entry(raw_name, flags, crc, size, starts_at), name_at + name_size


def _check_name(raw_name: bytes, size: int) -> None:
    parts = raw_name.split(b"/")
    if len(raw_name) != size or not _NAME.fullmatch(raw_name) or any(part in (b"", b".", b"..") for part in parts):
        raise ArchiveError(f"tiene una entrada de nombre inaceptable: {raw_name[:80]!a}")


def _check_form(path: str, flags: int, method: int, packed: int, size: int) -> None:
    if method != 0:
        raise ArchiveError(f"la entrada «{path}» está comprimida; un paquete solo guarda archivos sin comprimir")
    if flags & ~_UTF8_NAMES:
        raise ArchiveError(f"la entrada «{path}» está cifrada o escrita por partes")
    if packed != size or size > MAX_FILE:
        raise ArchiveError(f"la entrada «{path}» tiene un tamaño inaceptable ({size} bytes)")


def _check_bare(path: str, *sizes: int) -> None:
    """An extra field may rename its entry (0x7075), so that two programs would unpack two different files."""
    if any(sizes):
        raise ArchiveError(f"la entrada «{path}» lleva un campo adicional o un comentario")


def _content(data: bytes, entry: _Entry, limit: int) -> tuple[bytes, int]:
    """The entry's bytes and where the next entry must start; its own header must repeat the directory."""
    start = entry.starts_at
    if start + _LOCAL.size > limit:
        raise ArchiveError(f"la entrada «{entry.path}» está cortada")
    mark, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack_from(data, start)
    name_at = start + _LOCAL.size
    told = (mark, flags, method, crc, packed, size, data[name_at : name_at + name_size])
    if told != (b"PK\x03\x04", entry.flags, 0, entry.crc, entry.size, entry.size, entry.raw_name):
        raise ArchiveError(f"el encabezado de «{entry.path}» contradice al directorio")
    _check_bare(entry.path, extra_size)
    content_at = name_at + name_size
    ends_at = content_at + entry.size
    if ends_at > limit:
        raise ArchiveError(f"la entrada «{entry.path}» está cortada")
    return data[content_at:ends_at], ends_at
