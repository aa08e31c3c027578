"""Whether the site can do its work: what `/salud` answers to a machine that watches, cheap enough to ask every few seconds.

Nothing in it helps who attacks: no version, no path, no name. Sequences of the ledger are public (`/libro`).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from calpulli.ledger import doors as ledger
from calpulli.norms import doors as norms
from calpulli.notices import doors as notices

LEAST_FREE_B = 500_000_000
# A job that is due waits seconds; for this long only when no worker comes to it.
LONGEST_WAIT_S = 300
# Without these nobody is served; without the others, readers are, and the staff's work will be refused.
VITAL = ("database", "migrations", "files")
# States in which PostgreSQL says that it is not there for anyone: shut down, starting, or full of connections.
AWAY = ("57P01", "57P02", "57P03", "53300")
Migrations = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Health:
    """Each check by name, the last sequence of each chain, how much of the disk is free (0 to 100), and how the queue stands."""

    checks: dict[str, bool]
    chains: dict[str, int] = field(default_factory=dict)
    disk_free_percent: int = 0
    jobs: notices.Standing | None = None

    @property
    def serving(self) -> bool:
        """Whether people can be served."""
        return all(self.checks[name] for name in VITAL)

    def as_dict(self) -> dict[str, Any]:
        """As `/salud` gives it; `status` is "ok", "warning" (served, with something to mend) or "failing"."""
        status = "ok" if all(self.checks.values()) else "warning" if self.serving else "failing"
        found = {"checks": self.checks, "chains": self.chains, "disk_free_percent": self.disk_free_percent}
        return {"status": status, **found, "jobs": asdict(self.jobs) if self.jobs else None}


def examine() -> Health:
    """Every check, now. What needs the database is not asked for when it is away."""
    applied = _applied()
    current = applied is not None and wanted_migrations() <= applied
    free, percent = _free(Path(settings.FILES_DIR))
    jobs = notices.standing() if current else None
    checks = {
        "database": applied is not None,
        "migrations": current,
        "files": _writable(Path(settings.FILES_DIR)),
        "key": current and _key_at_hand(),
        "norms": current and norms.is_adopted(settings.INSTITUTE),
        "disk": free >= LEAST_FREE_B,
        "worker": jobs is not None and jobs.workers > 0,
        "jobs": jobs is not None and jobs.oldest_s <= LONGEST_WAIT_S and not jobs.failed,
        "mail": jobs is not None and not jobs.undeliverable,
    }
    return Health(checks, _chains() if current else {}, percent, jobs)


def _applied() -> Migrations | None:
    """The migrations that the database has; None when it is away."""
    try:
        return frozenset(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except (OperationalError, InterfaceError):
        return None
    except DatabaseError:  # it answers, and was never migrated
        return frozenset()


@cache
def wanted_migrations() -> Migrations:
    """The last migration of each package in the code that runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _chains() -> dict[str, int]:
    """One look-up by index for each package: asking for the distinct chains would read the whole ledger."""
    names = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("calpulli."))
    heads = [ledger.head(name) for name in names]
    return {head.chain: head.sequence for head in heads if head.sequence}


def _key_at_hand() -> bool:
    keys = ledger.signing_keys()
    try:
        return bool(keys) and ledger.load_signer(keys[-1]["fingerprint"]) is not None
    except ledger.KeyMissing:
        return False


def _writable(folder: Path) -> bool:
    place = _standing(folder)
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _free(folder: Path) -> tuple[int, int]:
    """Bytes that are free where the folder is or will be, and their share of the disk."""
    try:
        usage = shutil.disk_usage(_standing(folder))
    except OSError:
        return 0, 0
    return usage.free, 100 * usage.free // usage.total


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists: it is made with the first file."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


def database_is_away(error: BaseException | None) -> bool:
    """Whether a request failed because there is no connection, and not because of what it asked."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = error.__cause__.sqlstate if isinstance(error.__cause__, psycopg.Error) else None
    return state is None or state.startswith("08") or state in AWAY
