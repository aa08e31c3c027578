"""Folders for embedded databases: short, because sockets need it, and open to walk through, because root is not the server."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from calpulli.site import cluster


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cp-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        cluster.remove(folder)
        shutil.rmtree(folder, ignore_errors=True)
