"""The folder as a whole: written beside its place, which gets its name once all of it is there, or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from calpulli.commons import files
from calpulli.ledger import doors as ledger

from . import papers, private, public

MANIFEST = "MANIFIESTO.sha256"


class HandoverRefused(Exception):  # noqa: N818 - the handover was refused
    """Nothing was written; says why, in Spanish."""


@dataclass(frozen=True)
class Handed:
    """What was handed over."""

    files: int
    size: int
    manifest_sha256: str


def hand_over(folder: Path) -> Handed:
    """Writes everything, of one instant, into a new or empty folder; HandoverRefused leaves no trace."""
    _require_free(folder)
    try:
        with _named_when_whole(folder) as started:
            with ledger.one_moment():
                named = public.write(started)
                private.write(started / "privado", without=named)
            (started / "LEAME.txt").write_text(papers.read_me(), encoding="utf-8")
            write_manifest(started / "privado")
            return write_manifest(started)
    except files.FileDamaged as error:
        raise HandoverRefused(f"{error}: repóngalo de un respaldo y repita la orden.") from error
    except OSError as error:
        raise HandoverRefused(f"{error.filename or folder}: {files.why(error)}.") from error


def _require_free(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise HandoverRefused(f"{folder} ya tiene contenido. Indique una carpeta nueva o vacía.")


@contextmanager
def _named_when_whole(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    started = Path(tempfile.mkdtemp(prefix=f".{folder.name}.incompleto-", dir=folder.parent))
    try:
        yield started
        started.rename(folder)  # an empty folder gives way
    finally:
        shutil.rmtree(started, ignore_errors=True)


def write_manifest(folder: Path) -> Handed:
    """The digest of every file below, as `sha256sum -c` reads it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in found]
    content = "".join(lines).encode()
    (folder / MANIFEST).write_bytes(content)
    return Handed(len(found), sum(path.stat().st_size for path in found), hashlib.sha256(content).hexdigest())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
