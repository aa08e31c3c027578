"""Why a backup was not taken or not put back: every reason, in Spanish."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calpulli.site.places import SetUpError


class BackupRefused(Exception):  # noqa: N818 - the name says what happened
    """Nothing was changed; `reasons` says why, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def refuse(reasons: list[str]) -> None:
    """Raise `BackupRefused` when there is any reason."""
    if reasons:
        raise BackupRefused(reasons)


@contextmanager
def told_in_spanish(place: Path) -> Iterator[None]:
    """Turn an error of the operating system into `SetUpError`."""
    try:
        yield
    except OSError as error:
        raise SetUpError(
            f"El sistema no permitió usar {error.filename or place} ({error.strerror}). "
            "Revise permisos y espacio en el disco, y repita la orden."
        ) from error
