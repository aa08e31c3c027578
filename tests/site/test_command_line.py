"""What `calpulli` says when it cannot begin: one paragraph in Spanish, code 2, nothing on standard output."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from calpulli.site import serving


def calpulli(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "CALPULLI_", "PORT"))}
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
    return subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=False, timeout=120)


def assert_refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("calpulli: ")


@pytest.mark.parametrize("words", [(), ("help",), ("--help",), ("-h",)])
def test_help_is_in_spanish_and_starts_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = calpulli(*words, CALPULLI_STATE=str(tmp_path / "state"))
    assert done.returncode == 0
    assert "Órdenes propias" in done.stdout
    for order in ("demo", "serve", "stop", "database", "record", "ledger", "guard_database"):
        assert f"\n  {order}" in done.stdout
    assert not (tmp_path / "state").exists()


def test_stop_and_database_start_nothing(tmp_path: Path) -> None:
    for order, said in (("stop", "no estaba en marcha"), ("database", "no está en marcha"), ("erase", "no se borró nada")):
        done = calpulli(order, CALPULLI_STATE=str(tmp_path / "state"))
        assert (done.returncode, said in done.stdout) == (0, True)
    assert not (tmp_path / "state").exists()


def test_erase_leaves_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert calpulli("erase", CALPULLI_STATE=str(tmp_path)).returncode == 0
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_an_own_order_with_options_is_refused(tmp_path: Path) -> None:
    done = calpulli("serve", "--port", "80", CALPULLI_STATE=str(tmp_path / "state"))
    assert_refused(done)
    assert "--port 80" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.0", "ocho", "８０００", " 8000"])
def test_a_port_that_is_no_port(tmp_path: Path, port: str) -> None:
    done = calpulli("demo", PORT=port, CALPULLI_STATE=str(tmp_path / "state"))
    assert_refused(done)
    assert f"PORT vale «{port}»" in done.stderr
    assert "de 1 a 65535" in done.stderr


@pytest.mark.parametrize("order", ["serve", "demo"])
def test_a_busy_port_is_named_with_its_remedy(tmp_path: Path, order: str) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        done = calpulli(order, PORT=str(port), CALPULLI_STATE=str(tmp_path / "state"))
    assert_refused(done)
    assert f"puerto {port} de 127.0.0.1 (ya lo usa otro programa)" in done.stderr
    assert "PORT=" in done.stderr
    assert not (tmp_path / "state").exists()


def test_a_port_that_was_just_let_go_is_free() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        client.connect(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()  # the side that closes first keeps the address waiting
    serving.require_free("127.0.0.1", port)


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://someone:s3cret@127.0.0.1:1/nothing"
    done = calpulli("shell", "-c", "print(1)", DATABASE_URL=url, CALPULLI_STATE=str(tmp_path / "state"))
    assert_refused(done)
    assert "DATABASE_URL" in done.stderr
    assert "s3cret" not in done.stderr


def test_a_state_folder_that_cannot_be_written() -> None:
    done = calpulli("shell", "-c", "print(1)", CALPULLI_STATE="/sys/calpulli")
    assert_refused(done)
    assert "/sys/calpulli" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_preparation_that_fails_says_what_failed(state: Path) -> None:
    done = calpulli("shell", "-c", "print(1)", CALPULLI_STATE=str(state), DJANGO_SETTINGS_MODULE="missing_settings")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "No se pudo preparar la base de datos" in done.stderr
    assert "missing_settings" in done.stderr
    assert not (state / "prepared.json").exists()
