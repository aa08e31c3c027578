"""Files that somebody reviewed and did not confirm yet: one bundle of them for each owner, for an hour, in no database.

What is held is nobody's word: it is served to nobody, the next review of the same owner takes its place, and what is older
than `LONGEST` goes away when anyone reviews something, or a chore comes by (`forget_old`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER, ENDING = "por-confirmar", ".zip"
LONGEST = dt.timedelta(hours=1)
ABOUT = "about"


@dataclass(frozen=True)
class Held:
    """Files with their names, and what they were reviewed for."""

    files: tuple[tuple[str, bytes], ...]
    about: str


def hold(owner: str, files: Sequence[tuple[str, bytes]], *, about: str, now: dt.datetime) -> str:
    """Holds them for their owner, instead of what was held; gives the SHA-256 (64 hex) with which they can be taken."""
    forget_old(now=now)
    content = _packed(files, about)
    place = _place(owner)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    seconds = now.timestamp()
    os.utime(name, (seconds, seconds))
    os.replace(name, place)
    return hashlib.sha256(content).hexdigest()


def take(owner: str, digest: str, *, now: dt.datetime) -> Held | None:
    """What that owner reviewed under that digest; None when it is another's, was replaced, or is too old."""
    place = _place(owner)
    try:
        content, seconds = place.read_bytes(), place.stat().st_mtime
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != digest or _is_old(seconds, now):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name != ABOUT]
        files = tuple((name.partition("-")[2], archive.read(name)) for name in names)
        return Held(files, archive.read(ABOUT).decode())


def forget(owner: str) -> None:
    """Drops what that owner holds."""
    _place(owner).unlink(missing_ok=True)


def forget_old(*, now: dt.datetime) -> int:
    """Drops what is held for longer than `LONGEST`; gives how many. What goes away meanwhile by another hand is gone."""
    dropped = 0
    for place in (Path(settings.FILES_DIR) / FOLDER).glob("*"):
        with suppress(FileNotFoundError):
            if _is_old(place.stat().st_mtime, now):
                place.unlink()
                dropped += 1
    return dropped


def _packed(files: Sequence[tuple[str, bytes]], about: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(ABOUT), about)
        for number, (name, content) in enumerate(files):
            archive.writestr(zipfile.ZipInfo(f"{number}-{name}"), content)
    return out.getvalue()


def _place(owner: str) -> Path:
    """One file for each owner; its name tells nothing of whose it is, and none of it is a way out of the folder."""
    return Path(settings.FILES_DIR) / FOLDER / f"{hashlib.sha256(owner.encode()).hexdigest()}{ENDING}"


def _is_old(seconds: float, now: dt.datetime) -> bool:
    return now.timestamp() - seconds > LONGEST.total_seconds()
