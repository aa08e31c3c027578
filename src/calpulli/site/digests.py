"""Marks of what is on disk, to know whether work done before still holds."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from calpulli.site.places import ROOT

# What decides how the database and the static files have to look.
SHAPE = (
    "src/calpulli/*/migrations/**/*",
    "src/calpulli/**/guard*",
    "src/calpulli/site/settings.py",
    "src/calpulli/**/static/**/*",
    "institutes/*/static/**/*",
    "requirements/site.txt",
)
# What a process that serves the site has read.
CODE = ("src/**/*", "institutes/**/*", "verifier/**/*", "requirements/site.txt")


def shape_digest(root: Path = ROOT) -> str:
    """A mark of migrations, guards, static files, settings and versions: 64 hex."""
    return _digest((path.read_bytes() for path in _files(SHAPE, root)), _files(SHAPE, root), root)


def code_digest(root: Path = ROOT) -> str:
    """A mark of all that the site runs, by size and time of each file: 64 hex."""
    files = _files(CODE, root)
    marks = ((path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return _digest((repr(mark).encode() for mark in marks), files, root)


def _files(patterns: tuple[str, ...], root: Path) -> list[Path]:
    found = {path for pattern in patterns for path in root.glob(pattern)}
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def _digest(contents: Iterable[bytes], files: list[Path], root: Path) -> str:
    total = hashlib.sha256()
    for path, content in zip(files, contents, strict=True):
        total.update(str(path.relative_to(root)).encode() + b"\0")
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()
