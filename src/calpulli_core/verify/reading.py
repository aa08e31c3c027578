"""The files of a bundle from a folder or a zip, within limits (docs/spec/bundle.md, sections 2 and 8)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from calpulli_core.board import layout, records
from calpulli_core.board.archive import ArchiveError, read_zip

MIB = 2**20


class UnreadableError(ValueError):
    """The bundle cannot be read at all; the message says why, in Spanish, as the end of a sentence."""


def read(path: Path) -> dict[str, bytes]:
    """Path inside the bundle -> bytes, of a folder or a zip. Raises UnreadableError."""
    if "\0" in str(path):
        raise UnreadableError("la ruta tiene un carácter nulo")
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            files = _read_folder(path)
        elif stat.S_ISREG(mode):
            files = read_zip(_read_file(path, layout.MAX_BUNDLE))
        else:
            raise UnreadableError("no es una carpeta ni un archivo")
    except OSError as error:
        raise UnreadableError(_reason(error)) from error
    except ArchiveError as error:
        raise UnreadableError(f"{error}. Vuelva a descargar el zip, o descomprímalo e indique la carpeta") from error
    check_limits(files)
    return files


def check_limits(files: Mapping[str, bytes]) -> None:
    """Raises UnreadableError if the files are more or larger than a bundle may have."""
    if len(files) > layout.MAX_ENTRIES or any(len(data) > layout.MAX_FILE for data in files.values()):
        raise UnreadableError(f"tiene más de {layout.MAX_ENTRIES} archivos o uno de más de {layout.MAX_FILE // MIB} MiB")
    if sum(map(len, files.values())) > layout.MAX_BUNDLE:
        raise UnreadableError(f"pesa más de {layout.MAX_BUNDLE // MIB} MiB")
    if len(records.cut_lines(files.get(layout.KEYS, b""))) > layout.MAX_KEYS:
        raise UnreadableError(f"{layout.KEYS} tiene más de {layout.MAX_KEYS} llaves")
    _check_most(files, layout.ACTIVITIES, layout.MAX_ACTIVITIES + 1, "actividades")
    _check_most(files, layout.INDICATORS, layout.MAX_INDICATORS, "indicadores")
    _check_records({path: files[path] for path in layout.WITH_RECORDS & files.keys()})


def _check_most(files: Mapping[str, bytes], path: str, most: int, what: str) -> None:
    if len(records.cut(path, files.get(path, b""))) > most:
        raise UnreadableError(f"{path} tiene más {what} que las que un paquete admite")


def _check_records(files: Mapping[str, bytes]) -> None:
    """Counts line feeds first: there are never more records than those and one a file."""
    if sum(data.count(b"\n") + 1 for data in files.values()) <= layout.MAX_RECORDS:
        return
    if sum(len(records.cut(path, data)) for path, data in files.items()) > layout.MAX_RECORDS:
        raise UnreadableError(f"tiene más de {layout.MAX_RECORDS} renglones")


def _read_folder(root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for name, entry in _walk(root):
        total += entry.stat(follow_symlinks=False).st_size
        if total > layout.MAX_BUNDLE:
            raise UnreadableError(f"pesa más de {layout.MAX_BUNDLE // MIB} MiB")
        files[name] = _read_file(Path(entry.path), layout.MAX_FILE)
    return files


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every regular file with its path from `root`; links and devices are refused, not followed."""
    pending = [("", str(root))]
    seen = 0
    while pending:
        prefix, folder = pending.pop()
        with os.scandir(folder) as found:
            for entry in found:
                seen += 1
                if seen > layout.MAX_ENTRIES:
                    raise UnreadableError(f"tiene más de {layout.MAX_ENTRIES} archivos y carpetas")
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append((name + "/", entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield name, entry
                else:
                    raise UnreadableError(f"«{name}» es un enlace o un dispositivo, no un archivo")


def _read_file(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"«{path.name}» pesa más de {limit // MIB} MiB")
    return data


def _reason(error: OSError) -> str:
    where = f" («{error.filename}»)" if error.filename else ""
    kinds = {FileNotFoundError: "no existe", PermissionError: "no hay permiso para leerlo"}
    return kinds.get(type(error), f"no se puede leer: {error.strerror or type(error).__name__}") + where
