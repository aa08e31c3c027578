"""Which account the database server runs as.

PostgreSQL refuses to run as root. As root we drop to a user number of our own, which belongs to nobody else on the
machine: nothing is added to the list of users and no permission of any existing folder changes.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from calpulli.site.cluster.errors import ClusterError, told_in_spanish

# Numbers that systemd's allocation table (UIDS-GIDS, "unused") leaves to nobody.
OWN_NUMBERS = range(60900, 61184)


@dataclass(frozen=True, kw_only=True)
class Account:
    """A user and group number; `drop` says whether a process has to change to it."""

    uid: int
    gid: int
    drop: bool

    def run(self, command: list[str], *, cwd: Path, timeout_s: float) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account, with a clean environment, and return what it printed.

        Raises `PermissionError` when the account may not execute it, `subprocess.TimeoutExpired` after `timeout_s`.
        """
        return subprocess.run(
            command,
            cwd=cwd,
            env=_clean(cwd),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
            umask=0o077,
            user=self.uid if self.drop else None,
            group=self.gid if self.drop else None,
            extra_groups=[] if self.drop else None,
        )

    def spawn(self, command: list[str], *, cwd: Path, log: Path) -> subprocess.Popen[bytes]:
        """Start `command` as this account in a session of its own, printing into `log`, and leave it running."""
        with log.open("ab") as printed:
            return subprocess.Popen(
                command,
                cwd=cwd,
                env=_clean(cwd),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                user=self.uid if self.drop else None,
                group=self.gid if self.drop else None,
                extra_groups=[] if self.drop else None,
            )

    def give(self, place: Path) -> None:
        """Make this account the owner of `place` and of all that lies in it (links are not followed)."""
        if not self.drop:
            return
        os.chown(place, self.uid, self.gid, follow_symlinks=False)
        for folder, folders, files in os.walk(place):
            for name in folders + files:
                os.chown(Path(folder, name), self.uid, self.gid, follow_symlinks=False)


def _clean(home: Path) -> dict[str, str]:
    """No PG* variable of the person reaches the server, and it speaks English, which we read."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": str(home)}


def account_for(data: Path) -> Account:
    """The account for the server of the folder `data`: whoever owns it already, else our own choice."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), drop=False)
    with told_in_spanish(data):
        if data.exists() and data.stat().st_uid != 0:
            return Account(uid=data.stat().st_uid, gid=data.stat().st_gid, drop=True)
    number = next(number for number in OWN_NUMBERS if not _is_listed(number))
    return Account(uid=number, gid=number, drop=True)


def listed_account() -> Account:
    """An unprivileged account that the list of users knows, which `initdb` insists on.

    Raises `ClusterError` when the machine lists no user but root.
    """
    listed = sorted(pwd.getpwall(), key=lambda entry: (entry.pw_name != "nobody", entry.pw_uid))
    for entry in listed:
        if entry.pw_uid != 0:
            return Account(uid=entry.pw_uid, gid=entry.pw_gid, drop=True)
    raise ClusterError(
        "PostgreSQL no puede crearse como root y esta máquina no tiene ninguna otra cuenta en /etc/passwd. "
        "Agregue una (por ejemplo «nobody») o use una base de datos ya existente con DATABASE_URL.",
        reason="permission",
    )


def _is_listed(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True
