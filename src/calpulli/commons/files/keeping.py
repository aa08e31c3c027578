"""Files kept once, by the hash of their bytes: originals of imports, sealed contents, published bundles."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

REASONS = {
    errno.ENOENT: "no existe",
    errno.EACCES: "esta cuenta no tiene permiso",
    errno.EPERM: "esta cuenta no tiene permiso",
    errno.EISDIR: "es una carpeta",
    errno.ENOTDIR: "una parte de la ruta no es una carpeta",
    errno.ENOSPC: "el disco está lleno",
    errno.EROFS: "el disco es de solo lectura",
}
NAME = re.compile(r"[0-9a-f]{64}")


class FileDamaged(Exception):  # noqa: N818 - the name says what happened
    """A kept file is missing or its bytes are no longer those of its name."""


def keep(content: bytes) -> str:
    """Keeps `content` and gives its SHA-256 (64 hex). Written whole before it has its name; safe to repeat.

    It is on disk before the caller's transaction commits: an aborted act leaves at most a file that nobody names.
    """
    digest = hashlib.sha256(content).hexdigest()
    target = _place(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(content, target)
    return digest


def _write(content: bytes, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, target)


def read(digest: str) -> bytes:
    """The bytes of that hash; FileDamaged when they are not there or are others."""
    try:
        content = _place(digest).read_bytes()
    except OSError as error:
        raise FileDamaged(f"falta el archivo {digest} en {settings.FILES_DIR}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileDamaged(f"el archivo {digest} en {settings.FILES_DIR} fue alterado")
    return content


def size(digest: str) -> int | None:
    """Bytes of the file of that hash, without reading it; None when it is not there."""
    try:
        return _place(digest).stat().st_size
    except OSError:
        return None


def kept() -> Iterator[str]:
    """The hash of every kept file, in order; what is still being written has another name."""
    for place in sorted(Path(settings.FILES_DIR).glob("*/*")):
        if NAME.fullmatch(place.name):
            yield place.name


def why(error: OSError) -> str:
    """The reason of a failed reading or writing, in Spanish."""
    return REASONS.get(error.errno or 0, error.strerror or "el sistema no lo permitió")


def _place(digest: str) -> Path:
    if not NAME.fullmatch(digest):
        raise ValueError("not the name of a kept file")
    return Path(settings.FILES_DIR) / digest[:2] / digest
