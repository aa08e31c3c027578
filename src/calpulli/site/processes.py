"""What other processes are, as far as any account may see."""

import os
import subprocess
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether a process has this number, zombies included."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(pid: int) -> str:
    """The command line of a process, its words joined by spaces; empty when it has ended or is a zombie."""
    if pid <= 0:
        return ""
    if Path("/proc/self").exists():
        return _from_proc(Path(f"/proc/{pid}"))
    return _listed("-p", str(pid)).get(pid, "")


def with_command_line(command: str) -> list[int]:
    """The processes, of any account, that run exactly this command line."""
    if Path("/proc/self").exists():
        listed = {int(folder.name): _from_proc(folder) for folder in Path("/proc").glob("[0-9]*")}
    else:
        listed = _listed("-ax")
    return sorted(pid for pid, line in listed.items() if line == command)


def _from_proc(folder: Path) -> str:
    try:
        return (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def _listed(*which: str) -> dict[int, str]:
    asked = ["ps", "-ww", "-o", "pid=,args=", *which]
    lines = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    pairs = (line.split(maxsplit=1) for line in lines)
    return {int(pair[0]): pair[1].strip() for pair in pairs if len(pair) == 2}
