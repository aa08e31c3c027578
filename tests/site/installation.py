"""An installation of the run's server, to back up or to restore into."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from calpulli.commons.files import holding
from tests.conftest import Server


def query(url: str, text: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(text.encode()).fetchall()


@dataclass(frozen=True)
class Installation:
    """A database of the run's server with a state folder of its own."""

    server: Server
    database: str
    state: Path

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.server.run(self.database, *words, **{"CALPULLI_STATE": str(self.state), **more})

    def query(self, text: str) -> list[tuple[Any, ...]]:
        return query(self.server.url(role="calpulli_owner", database=self.database), text)

    def files(self) -> dict[str, bytes]:
        """What is kept, by name; not what waits to be confirmed, which is of no backup."""
        folder = self.state / "files"
        found = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder / holding.FOLDER)
        return {path.name: path.read_bytes() for path in found}


def kept(folder: Path) -> list[Path]:
    found = sorted(path for path in (folder / "files").rglob("*") if path.is_file())
    assert found, "the demonstration keeps files"
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tables(installation: Installation) -> int:
    return int(installation.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")[0][0])
