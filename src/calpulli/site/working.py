"""The worker beside a site in the background: it sends mail and does what is due, for as long as the demonstration runs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from calpulli.site.places import ROOT, state_folder
from calpulli.site.processes import command_line, is_alive
from calpulli.site.serving import wanted_mark

COMMAND = ("-P", "-m", "calpulli.site.cli", "work")


def work_behind() -> None:
    """Start the worker in the background, or leave the one that runs if it does what one started now would do."""
    pid, mark = _noted()
    if _is_ours(pid) and mark == wanted_mark():
        return
    stop_work()
    with log_file().open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *COMMAND],
            cwd=ROOT,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _note().write_text(json.dumps({"pid": process.pid, "mark": wanted_mark()}))


def stop_work(*, patience_s: float = 30.0) -> bool:
    """Let the worker of this state folder finish the job in hand, then end it; False when there was none."""
    pid, _ = _noted()
    was_there = _is_ours(pid)
    until = time.monotonic() + patience_s
    if was_there:
        os.kill(pid, signal.SIGTERM)
    while _is_ours(pid) and time.monotonic() < until:
        time.sleep(0.05)
    if _is_ours(pid):
        os.kill(pid, signal.SIGKILL)
    _note().unlink(missing_ok=True)
    return was_there


def log_file() -> Path:
    """What the worker in the background prints."""
    return state_folder() / "worker.log"


def _is_ours(pid: int) -> bool:
    return is_alive(pid) and " ".join(COMMAND) in command_line(pid)


def _noted() -> tuple[int, str]:
    try:
        told = json.loads(_note().read_text())
        return int(told["pid"]), str(told["mark"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0, ""


def _note() -> Path:
    return state_folder() / "worker.json"
