"""The one exception of the embedded database, in words a person can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Reason = Literal["no_binaries", "disk_full", "path_too_long", "permission", "busy", "other_version", "failed"]


class ClusterError(Exception):
    """The embedded database cannot do what was asked; `str()` is one paragraph in Spanish."""

    def __init__(self, message: str, *, reason: Reason) -> None:
        super().__init__(message)
        self.reason: Reason = reason


def disk_full(place: Path) -> ClusterError:
    """What to tell when `place` lies on a full disk."""
    return ClusterError(
        f"No queda espacio en el disco donde está {place}: la base de datos necesita escribir ahí. "
        "Libere espacio, o ponga los datos en otro disco con CALPULLI_STATE=/otra/carpeta.",
        reason="disk_full",
    )


def forbidden(place: Path) -> ClusterError:
    """What to tell when this account may not use `place`."""
    return ClusterError(
        f"Esta cuenta no tiene permiso para usar {place}: la base de datos guarda ahí sus datos. "
        "Use la misma cuenta que la creó, o indique una carpeta suya con CALPULLI_STATE=/otra/carpeta.",
        reason="permission",
    )


@contextmanager
def told_in_spanish(place: Path) -> Iterator[None]:
    """Turn the errors of the operating system met inside into `ClusterError`."""
    try:
        yield
    except OSError as error:
        raise _from_system(error, place=Path(error.filename or place)) from error


def _from_system(error: OSError, *, place: Path) -> ClusterError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(place)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return forbidden(place)
    if error.errno == errno.ENAMETOOLONG:
        return ClusterError(
            f"La ruta {place} es demasiado larga para este sistema. Indique una carpeta más corta con CALPULLI_STATE=/carpeta.",
            reason="path_too_long",
        )
    return ClusterError(
        f"El sistema no permitió usar {place} ({error.strerror}). "
        "Revise esa carpeta, o indique otra con CALPULLI_STATE=/otra/carpeta.",
        reason="failed",
    )
