"""One at a time: a lock on a file, so that two commands started together do not trip over each other."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calpulli.site.cluster.errors import ClusterError, told_in_spanish
from calpulli.site.cluster.home import make_folder


@contextmanager
def alone(lock: Path, *, wait_s: float = 120.0) -> Iterator[None]:
    """Hold `lock` while the block runs; the system lets go of it when the process dies.

    Raises `ClusterError` when another process still holds it after `wait_s` seconds.
    """
    with told_in_spanish(lock):
        make_folder(lock.parent, mode=0o711)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(descriptor, lock, wait_s)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, lock: Path, wait_s: float) -> None:
    until = time.monotonic() + wait_s
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise _busy(lock, wait_s) from None
            time.sleep(0.05)


def _busy(lock: Path, wait_s: float) -> ClusterError:
    return ClusterError(
        f"Otra orden de Calpulli lleva más de {wait_s:.0f} segundos ocupando {lock}. "
        "Espere a que termine o deténgala, y repita esta orden.",
        reason="busy",
    )
