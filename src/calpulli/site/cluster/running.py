"""Is the server of a data folder running? PostgreSQL's own `postmaster.pid` says so, when it is not stale."""

import time
from dataclasses import dataclass
from pathlib import Path

from calpulli.site.cluster.errors import told_in_spanish
from calpulli.site.processes import command_line, is_alive

# The lines of postmaster.pid that we read (PostgreSQL, src/include/utils/pidfile.h, counted from zero).
PID, SOCKET_FOLDER, STATUS = 0, 4, 7


@dataclass(frozen=True, kw_only=True)
class Running:
    """A live server: its process and the folder of its socket."""

    pid: int
    socket_folder: Path


def running_server(data: Path, *, wait_s: float = 60.0) -> Running | None:
    """The live server of `data`, once it accepts connections; None when there is none.

    One that is starting or stopping is waited for, up to `wait_s` seconds.
    """
    until = time.monotonic() + wait_s
    while True:
        lines = _lines(data)
        pid = _live_pid(lines, data)
        if pid is None:
            return None
        if len(lines) > STATUS and lines[STATUS].strip() == "ready":
            return Running(pid=pid, socket_folder=Path(lines[SOCKET_FOLDER]))
        if time.monotonic() > until:
            return None
        time.sleep(0.05)


def live_server(data: Path) -> int | None:
    """The process of the server of `data`, whatever it is doing; None when there is none."""
    return _live_pid(_lines(data), data)


def forget_stale(data: Path) -> None:
    """Remove what a server that was killed left behind, when its number now belongs to another program.

    PostgreSQL sees by itself that a number is free, but takes any process of its own account for a server.
    """
    lines = _lines(data)
    if not lines or _live_pid(lines, data) is not None or not is_alive(_number(lines)):
        return
    with told_in_spanish(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
        if len(lines) > SOCKET_FOLDER:
            for lock in Path(lines[SOCKET_FOLDER]).glob(".s.PGSQL.*.lock"):
                lock.unlink(missing_ok=True)


def _lines(data: Path) -> list[str]:
    with told_in_spanish(data):
        try:
            return (data / "postmaster.pid").read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return []


def _number(lines: list[str]) -> int:
    return int(lines[PID]) if lines and lines[PID].strip().isdigit() else 0


def _live_pid(lines: list[str], data: Path) -> int | None:
    pid = _number(lines)
    command = command_line(pid)
    return pid if "postgres" in command and str(data) in command else None
