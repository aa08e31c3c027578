"""What measurements stand on: sizes, a folder, and (when one asks for it) an installation brought up as an operator does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg

from calpulli.site.cluster import DATABASE, OWNER, SUPERUSER, Cluster, temporary
from tests.bench.measure import BrokenMeasure

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).parent / "calpulli"
# Databases like the one that is served, to write to: made at once, because later the site is connected.
COPIES = ("medicion_camino", "medicion_llana", "medicion_volumen")
# What a developer set for a site of their own must neither be used nor touched; nor what would have every process compile anew
# what an operator's finds compiled.
FOREIGN = ("CALPULLI_", "DATABASE_", "INSTITUTE", "PORT", "DJANGO_", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Installation:
    """The demonstration, seeded, on an embedded database of its own."""

    cluster: Cluster
    environment: dict[str, str]

    @property
    def state(self) -> Path:
        """Its folder."""
        return self.cluster.state

    def run(self, *words: str) -> str:
        """What `calpulli WORDS` prints; BrokenMeasure when it fails."""
        command = [str(PROGRAM), *words]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True, check=False, timeout=180)
        if done.returncode != 0:
            raise BrokenMeasure(f"{' '.join(words)}\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def connect(self, *, role: str, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """A connection, each statement its own transaction."""
        return psycopg.connect(self.cluster.url(role=role, database=database), autocommit=True)

    def copy(self, name: str) -> None:
        """A database like the one that the site serves, to which nobody may be connected meanwhile."""
        with self.connect(role=SUPERUSER, database="postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE {DATABASE}'.encode())


@dataclass(eq=False)  # one run is only like itself: what is prepared for it is kept by it
class Stage:
    """One run of the bench; `quick` measures less of everything against the same limits."""

    quick: bool
    # For what must end with the run.
    closing: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *exception: object) -> None:
        self.closing.close()

    def rounds(self, wanted: int) -> int:
        """How many rounds: an odd number, so that the median is one of them."""
        return 3 if self.quick else wanted

    def size(self, wanted: int) -> int:
        """How many generated things."""
        return wanted // 10 if self.quick else wanted

    @cached_property
    def folder(self) -> Path:
        """A folder that goes away with the run."""
        return Path(self.closing.enter_context(tempfile.TemporaryDirectory(prefix="calpulli-")))

    @cached_property
    def environment(self) -> dict[str, str]:
        """The surroundings of every process that is measured."""
        return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}

    @cached_property
    def installation(self) -> Installation:
        """The demonstration: database without durability (CPU does not notice), migrated, guarded, seeded."""
        cluster = self.closing.enter_context(temporary())
        made = Installation(cluster, self.environment | {"CALPULLI_STATE": str(cluster.state), "INSTITUTE": "demo"})
        made.run("seed_demo")
        # Else the statistics would be gathered by itself while something is measured.
        with made.connect(role=OWNER) as connection:
            connection.execute(b"ANALYZE")
        for name in COPIES:
            made.copy(name)
        return made
