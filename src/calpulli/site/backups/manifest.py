"""The manifest of a backup: what must be in the folder, byte by byte, and where the ledger stood.

`manifest.json`: `format`, `taken_at` (UTC, `Z`), `postgresql` (major version), `chains` (as `calpulli ledger head` prints
them, so that `ledger verify --head` takes this very file) and `files` (path -> `sha256`, `size` in bytes).
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calpulli.site.backups.errors import BackupRefused

FORMAT = "calpulli-backup/1"
MANIFEST, DUMP = "manifest.json", "base.dump"
# A kept file is called as its hash, below a folder of its first two letters (commons.files).
KEPT = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
HASH = re.compile(r"[0-9a-f]{64}")
BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of a backup: SHA-256 of its bytes (64 hex) and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All that a backup holds; `files` by path within the folder, `chains` the heads of the ledger."""

    taken_at: str
    postgresql: int
    chains: list[dict[str, Any]]
    files: dict[str, Entry]

    @property
    def kept(self) -> dict[str, Entry]:
        """The kept files alone, without the dump."""
        return {path: entry for path, entry in self.files.items() if path != DUMP}


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write `manifest.json`, to disk."""
    files = {path: {"sha256": entry.sha256, "size": entry.size} for path, entry in sorted(manifest.files.items())}
    told = {"format": FORMAT, "taken_at": manifest.taken_at, "postgresql": manifest.postgresql}
    text = json.dumps(told | {"chains": manifest.chains, "files": files}, indent=1) + "\n"
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup folder. Raises `BackupRefused` for anything that is not one."""
    place = folder / MANIFEST
    try:
        value = json.loads(place.read_text(encoding="utf-8"))
        if value["format"] != FORMAT:
            raise ValueError("another format")
        files = {str(path): Entry(sha256=str(one["sha256"]), size=int(one["size"])) for path, one in value["files"].items()}
        chains = [
            {"chain": str(one["chain"]), "digest": str(one["digest"]), "sequence": int(one["sequence"])}
            for one in value["chains"]
        ]
        return Manifest(taken_at=str(value["taken_at"]), postgresql=int(value["postgresql"]), chains=chains, files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{place}: no es el manifiesto de un respaldo de Calpulli, o está incompleto. "
        raise BackupRefused([reason + "Indique la carpeta que hizo «calpulli backup»."]) from error


def faults(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Everything in which a folder is not what its manifest says, each in a sentence."""
    if DUMP not in manifest.files:
        yield f"{folder / MANIFEST}: no menciona la base de datos ({DUMP}); el respaldo no sirve."
    for path, entry in sorted(manifest.files.items()):
        yield from _name_faults(path, entry, folder)
    for path in sorted(_present(folder) - set(manifest.files) - {MANIFEST}):
        yield f"{folder / path}: sobra; el manifiesto no lo menciona. Si usted lo puso ahí, quítelo."


def _name_faults(path: str, entry: Entry, folder: Path) -> Iterator[str]:
    kept = KEPT.fullmatch(path)
    if path != DUMP and (kept is None or kept[2] != entry.sha256):
        yield f"{folder / MANIFEST}: menciona «{path}», que no es el nombre de un archivo de un respaldo."
        return
    yield from _content_faults(path, entry, folder)


def _content_faults(path: str, entry: Entry, folder: Path) -> Iterator[str]:
    file = folder / path
    try:
        found = measure(file) if file.is_file() and not file.is_symlink() else None
    except OSError as error:
        yield f"{file}: no se pudo leer ({error.strerror}). Use otra copia del respaldo."
        return
    if found is None:
        yield f"{file}: falta. Use otra copia del respaldo."
    elif found != entry:
        yield (
            f"{file}: está dañado. Mide {found.size} bytes y su huella es {found.sha256}; según el manifiesto son "
            f"{entry.size} bytes y {entry.sha256}. Use otra copia del respaldo."
        )


def _present(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def measure(file: Path) -> Entry:
    """Hash and size of a file."""
    total, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            total.update(block)
            size += len(block)
    return Entry(sha256=total.hexdigest(), size=size)


def manifest_digest(folder: Path) -> str:
    """SHA-256 of the manifest: noted elsewhere, it certifies the whole folder."""
    return measure(folder / MANIFEST).sha256
