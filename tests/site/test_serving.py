"""The demonstration from one command, again and again, on a database of its own."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from calpulli.site import serving
from calpulli.site.places import SetUpError

pytestmark = pytest.mark.slow


def calpulli(state: Path, port: int, *words: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DATABASE_", "CALPULLI_", "PORT", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
    environment = inherited | {"CALPULLI_STATE": str(state), "PORT": str(port)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def page(port: int) -> bytes:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        assert answer.status == 200
        return bytes(answer.read())


def site_pid(state: Path) -> int:
    return int(json.loads((state / "site.json").read_text())["pid"])


def test_the_demonstration_comes_up_stays_up_and_comes_back(state: Path, free_port: int) -> None:
    first = calpulli(state, free_port, "demo")
    assert first.returncode == 0, first.stderr
    try:
        assert f"http://127.0.0.1:{free_port}/" in first.stdout
        assert b"<!doctype html>" in page(free_port).lower()
        pid = site_pid(state)

        second = calpulli(state, free_port, "demo")
        assert second.returncode == 0, second.stderr
        assert "ya estaba en marcha" in second.stderr
        assert site_pid(state) == pid

        refused = calpulli(state, free_port, "serve")
        assert refused.returncode == 2
        assert f"ya está en marcha en http://127.0.0.1:{free_port}/" in refused.stderr

        os.kill(pid, signal.SIGKILL)  # its worker goes on, and holds the port
        third = calpulli(state, free_port, "demo")
        assert third.returncode == 0, third.stderr
        assert site_pid(state) != pid
        page(free_port)
    finally:
        stopped = calpulli(state, free_port, "stop")
    assert stopped.stdout == "Sitio detenido.\nBase de datos detenida.\n"
    with pytest.raises(OSError, match="refused"):
        page(free_port)


def test_a_site_on_loopback_is_not_reachable_from_outside(state: Path, free_port: int) -> None:
    assert calpulli(state, free_port, "demo").returncode == 0
    try:
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        places = {line.split()[1] for line in listening.splitlines() if f":{free_port:04X} " in line and line.split()[3] == "0A"}
        assert places == {f"0100007F:{free_port:04X}"}
    finally:
        calpulli(state, free_port, "stop")


@pytest.mark.parametrize(("given", "expected"), [("", 1), ("1", 1), ("8", 8), ("64", 64)])
def test_how_many_processes_serve(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.setenv("CALPULLI_PROCESSES", given)
    assert serving.chosen_processes() == expected


@pytest.mark.parametrize("given", ["0", "-1", "65", "dos", "1.5", "²"])
def test_a_number_of_processes_that_is_none_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("CALPULLI_PROCESSES", given)
    with pytest.raises(SetUpError, match="calpulli serve --processes 4"):
        serving.chosen_processes()
