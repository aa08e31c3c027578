"""Folders for embedded databases, and installations to back up."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from calpulli.site import cluster
from tests.conftest import Server
from tests.site.installation import Installation


@pytest.fixture
def state() -> Iterator[Path]:
    """Short, because sockets need it, and open to walk through, because root is not the server."""
    folder = Path(tempfile.mkdtemp(prefix="cp-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        cluster.remove(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def source(server: Server, fresh_database: str) -> Installation:
    """The demonstration, to write to."""
    return Installation(server, fresh_database, server.state)


@pytest.fixture
def bare(server: Server, fresh_database: str, tmp_path: Path) -> Iterator[Installation]:
    """An empty database and a state folder that does not exist yet."""
    name = f"{fresh_database}_bare"
    with server.as_owner("postgres") as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    yield Installation(server, name, tmp_path / "state")
    server.drop(name)


@pytest.fixture
def backup(source: Installation, tmp_path: Path) -> Path:
    folder = tmp_path / "respaldo"
    done = source.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    return folder
