"""Taking a backup: into a folder beside its place, which gets its name once all of it is on disk."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calpulli.site.backups.database import dump, snapshot
from calpulli.site.backups.errors import BackupRefused, refuse, told_in_spanish
from calpulli.site.backups.manifest import DUMP, KEPT, Entry, Manifest, measure, write_manifest


def take(folder: Path, *, url: str, files: Path) -> Manifest:
    """Write into `folder` the database `url` (as its owner) as it is now, and all that is kept in the folder `files`.

    What was acknowledged before this begins is in it. The files are copied after the instant of the database: each is on
    disk before the row that names it, so none is missing. Raises `BackupRefused`, `SetUpError`.
    """
    _require_free_name(folder)
    taken_at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with told_in_spanish(folder), _named_when_whole(folder) as started:
        with snapshot(url) as held:
            dump(url, held, started / DUMP)
        entries = {DUMP: measure(started / DUMP)} | _copy_kept(files, started)
        manifest = Manifest(taken_at=taken_at, postgresql=held.server, chains=held.chains, files=entries)
        write_manifest(manifest, started)
    return manifest


def _require_free_name(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BackupRefused([f"{folder}: ya existe y no es una carpeta. Indique una carpeta nueva."])
    with told_in_spanish(folder):
        if folder.exists() and any(folder.iterdir()):
            raise BackupRefused(
                [f"{folder}: ya existe y no está vacía; un respaldo no se escribe sobre otro. Indique una nueva."]
            )


@contextmanager
def _named_when_whole(folder: Path) -> Iterator[Path]:
    """A private folder beside `folder`, which takes its name when the block ends well and goes away when it does not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    started = Path(tempfile.mkdtemp(prefix=f".{folder.name}.incompleto-", dir=folder.parent))
    try:
        yield started
        _to_disk(started)
        started.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(started, ignore_errors=True)


def _copy_kept(files: Path, started: Path) -> dict[str, Entry]:
    """Copy every kept file; one whose bytes are not those of its name is refused, and all such at once."""
    copied = {path: _copied(source, started / path) for path, source in _kept(files)}
    damaged = [path for path, entry in copied.items() if entry.sha256 != Path(path).name]
    refuse(
        [
            f"{files / Path(path).relative_to('files')}: está dañado, su contenido no es el de su nombre. "
            "Repóngalo de un respaldo anterior, que lo trae con el mismo nombre, y repita la orden."
            for path in damaged
        ]
    )
    return copied


def _kept(files: Path) -> Iterator[tuple[str, Path]]:
    """Path in a backup and place of each kept file; what is still being written has another name."""
    for source in sorted(files.glob("*/*")):
        path = f"files/{source.relative_to(files).as_posix()}"
        if KEPT.fullmatch(path):
            yield path, source


def _copied(source: Path, target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o600)
    return measure(target)


def _to_disk(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
