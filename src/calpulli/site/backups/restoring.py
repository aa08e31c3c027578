"""Putting a backup back: everything is checked first, then the files, and the database last and at once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from calpulli.site.backups.database import is_empty, load
from calpulli.site.backups.errors import refuse, told_in_spanish
from calpulli.site.backups.manifest import DUMP, Manifest, faults, measure, read_manifest


def put_back(folder: Path, *, url: str, files: Path) -> Manifest:
    """Restore a backup into the empty database `url` (as its owner) and the empty folder `files`.

    Until the database is loaded, in one transaction, the order can be repeated: files of this same backup may be there
    already. Raises `BackupRefused` with every reason, nothing changed; `SetUpError`.
    """
    with told_in_spanish(folder):
        manifest = read_manifest(folder)
        refuse([*faults(manifest, folder), *_occupied(manifest, url=url, files=files)])
        for path, entry in manifest.kept.items():
            _put(folder / path, files / Path(path).relative_to("files"), sha256=entry.sha256)
        load(url, folder / DUMP)
    return manifest


def _occupied(manifest: Manifest, *, url: str, files: Path) -> Iterator[str]:
    """Why this installation is not an empty one."""
    if not is_empty(url):
        yield (
            "La base de datos no está vacía: un respaldo no se mezcla con otros datos. Use una carpeta de estado nueva "
            "(CALPULLI_STATE=/otra/carpeta) o una base recién creada."
        )
    there = {f"files/{path.relative_to(files).as_posix()}" for path in files.rglob("*") if not path.is_dir()}
    foreign = sorted(there - set(manifest.files))
    if foreign:
        yield (
            f"{files}: no está vacía; tiene {len(foreign)} archivos que no son de este respaldo, como "
            f"{Path(foreign[0]).name}. Use una carpeta nueva."
        )


def _put(source: Path, target: Path, *, sha256: str) -> None:
    """Copy one file whole before it has its name; what was there under that name gives way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as started, source.open("rb") as opened:
            shutil.copyfileobj(opened, started)
            started.flush()
            os.fsync(started.fileno())
        refuse(
            []
            if measure(Path(name)).sha256 == sha256
            else [f"{source}: cambió mientras se copiaba. Use otra copia del respaldo."]
        )
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
