"""Where a cluster lives: its data, its log, its settings, its socket."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from calpulli.site.cluster.account import Account, account_for
from calpulli.site.cluster.errors import ClusterError, forbidden, told_in_spanish

# Where root keeps the data when the server's own account cannot reach the state folder (a clone inside /root).
SHARED = Path("/var/lib/calpulli")
PORT = 5432
# sun_path holds 104 bytes on the narrowest system, its final zero included.
LONGEST_SOCKET = 103


@dataclass(frozen=True, kw_only=True)
class Home:
    """The folder of one cluster, and the account its server runs as."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder; it belongs to the account alone."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "postgres.log"

    @property
    def settings(self) -> Path:
        """The server's settings, outside `data` so that the server cannot rewrite them."""
        return self.folder / "postgresql.conf"


def home_of(state: Path) -> Home:
    """The home of the cluster of a `state` folder. Writes nothing."""
    near = state.absolute() / "postgres"
    far = SHARED / hashlib.sha256(os.fsencode(state.absolute())).hexdigest()[:12]
    with told_in_spanish(near):
        stays_near = os.geteuid() != 0 or (near / "data").exists() or (_reachable(near) and not far.exists())
    folder = near if stays_near else far
    return Home(folder=folder, account=account_for(folder / "data"))


def make_home(home: Home) -> None:
    """Create what is missing of a home, as narrow as the account allows.

    Raises `ClusterError` when the disk is full or the folder belongs to someone else.
    """
    with told_in_spanish(home.folder):
        for folder in (home.folder.parent, home.folder):
            make_folder(folder, mode=0o711 if home.account.drop else 0o700)
        if home.folder.stat().st_uid not in (os.geteuid(), home.account.uid):
            raise forbidden(home.folder)
        log = os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.fchown(log, home.account.uid, home.account.gid)
        os.close(log)


def make_folder(folder: Path, *, mode: int) -> None:
    """Create `folder` with exactly `mode`, whatever the umask; one that exists is left as it is."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(mode)


def socket_folder(home: Home) -> Path:
    """A private folder for the server's socket, near the data or, when that path is too long, a short one.

    Raises `ClusterError` when there is no short place either.
    """
    near = home.folder / "socket"
    if _fits(near):
        with told_in_spanish(near):
            near.mkdir(mode=0o700, exist_ok=True)
            home.account.give(near)
        return near
    return _short_folder(home)


def forget_socket_folder(folder: Path, *, home: Home) -> None:
    """Remove a short folder that `socket_folder` made."""
    if folder.parent != home.folder:
        shutil.rmtree(folder, ignore_errors=True)


def _short_folder(home: Home) -> Path:
    for parent in dict.fromkeys([Path(tempfile.gettempdir()), Path("/tmp")]):  # noqa: S108 - a random 0700 folder in it
        if parent.is_dir() and os.access(parent, os.W_OK) and _fits(parent / "calpulli-12345678"):
            short = Path(tempfile.mkdtemp(prefix="calpulli-", dir=parent))
            home.account.give(short)
            return short
    raise ClusterError(
        f"La ruta {home.folder} mide {len(os.fsencode(home.folder))} bytes y un socket admite "
        f"{LONGEST_SOCKET} en total; tampoco sirve la carpeta temporal {tempfile.gettempdir()}. "
        "Indique una carpeta más corta con CALPULLI_STATE=/carpeta o con TMPDIR=/tmp.",
        reason="path_too_long",
    )


def _fits(folder: Path) -> bool:
    """Whether a socket in `folder` has an address: short enough, and without the comma that separates hosts."""
    return "," not in str(folder) and len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET


def _reachable(place: Path) -> bool:
    """Whether a foreign account may walk down to `place` (folders not made yet will be open to walk through)."""
    return all(parent.stat().st_mode & 0o001 for parent in place.parents if parent.exists())
