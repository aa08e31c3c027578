"""Serves the site: in the foreground, or in the background with a note of what runs where."""

import errno
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from calpulli.site.digests import code_digest
from calpulli.site.places import ROOT, SetUpError, state_folder
from calpulli.site.processes import command_line, with_command_line

APPLICATION = "calpulli.site.wsgi:application"
FIRST_PORT = 8000
# Each thread holds at most one connection to the database.
THREADS = 4
FIRST_ANSWER_S = 60
MOST_PROCESSES = 64


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site that was started here: its process, its address and the mark of what it runs (`wanted_mark`)."""

    pid: int
    host: str
    port: int
    mark: str
    processes: int = 1

    @property
    def address(self) -> str:
        """What to write in the browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not listened on
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def running_site() -> Site | None:
    """The site of this state folder, when it is running."""
    site = _noted_site()
    return site if site is not None and APPLICATION in command_line(site.pid) else None


def _noted_site() -> Site | None:
    try:
        return Site(**json.loads(_note().read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def chosen_place() -> tuple[str, int]:
    """Host and port from CALPULLI_HOST (loopback unless given) and PORT (8000). Raises `SetUpError`."""
    text = os.environ.get("PORT") or str(FIRST_PORT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SetUpError(f"PORT vale «{text}» y debe ser un número entero de 1 a 65535. Por ejemplo: PORT=8001 make demo.")
    return os.environ.get("CALPULLI_HOST") or "127.0.0.1", int(text)


def chosen_processes() -> int:
    """How many processes serve, from CALPULLI_PROCESSES (1). Raises `SetUpError`."""
    text = os.environ.get("CALPULLI_PROCESSES") or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_PROCESSES:
        raise SetUpError(
            f"El número de procesos vale «{text}» y debe ser un número entero de 1 a {MOST_PROCESSES}. "
            "Por ejemplo: calpulli serve --processes 4."
        )
    return int(text)


def require_free(host: str, port: int, *, patience_s: float = 0.0) -> None:
    """Raise `SetUpError` when the site could not listen there; wait for a server that is ending."""
    until = time.monotonic() + patience_s
    while (obstacle := _obstacle(host, port)) is not None and time.monotonic() < until:
        time.sleep(0.05)
    if obstacle is not None:
        example = port + 1 if 1024 <= port < 65535 else FIRST_PORT + 1
        raise SetUpError(
            f"No se puede usar el puerto {port} de {host} ({_why(obstacle)}). "
            f"Elija otro con PORT, por ejemplo: PORT={example} make demo."
        ) from obstacle


def _obstacle(host: str, port: int) -> OSError | None:
    try:
        if _somebody_answers(host, port):
            return OSError(errno.EADDRINUSE, "")
        with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
            # As the server does, so that addresses of ended connections are no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None


def _somebody_answers(host: str, port: int) -> bool:
    """Two servers may share a port without an error, so that only asking tells."""
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def wanted_mark() -> str:
    """What a site started now would run: code, database and surroundings. Needs DATABASE_URL."""
    surroundings = sorted(item for item in os.environ.items() if item[0].startswith(("CALPULLI_", "DATABASE_", "INSTITUTE")))
    return hashlib.sha256(repr((code_digest(), surroundings)).encode()).hexdigest()


def serve_here(host: str, port: int) -> None:
    """Become the server: this process does not return."""
    site = Site(pid=os.getpid(), host=host, port=port, mark=wanted_mark(), processes=chosen_processes())
    _write_note(site)
    print(f"Sirviendo en http://{host}:{port}/ (Ctrl+C para terminar)", file=sys.stderr, flush=True)
    os.execve(sys.executable, _granian(site), _environment())


def serve_behind(host: str, port: int) -> Site:
    """Start the server in the background and wait until it answers 200. Raises `SetUpError`."""
    site = Site(pid=0, host=host, port=port, mark=wanted_mark(), processes=chosen_processes())
    with log_file().open("wb") as log:
        process = subprocess.Popen(
            _granian(site),
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = replace(site, pid=process.pid)
    _write_note(site)
    _wait_for_200(site, process)
    return site


def stop_site(*, patience_s: float = 10.0) -> bool:
    """Stop the site of this state folder and what was left of it; False when there was nothing to stop."""
    site = _noted_site()
    if site is None:
        return False
    was_there = bool(_processes_of(site))
    if running_site() is not None:
        _signal(site.pid, signal.SIGTERM)
        _wait_until_gone(site, patience_s)
    # A main process that was killed leaves its workers, which hold the port.
    for pid in _processes_of(site):
        _signal(pid, signal.SIGKILL)
    _wait_until_gone(site, patience_s)
    _note().unlink(missing_ok=True)
    return was_there


def _wait_until_gone(site: Site, patience_s: float) -> None:
    until = time.monotonic() + patience_s
    while _processes_of(site) and time.monotonic() < until:
        time.sleep(0.05)


def _processes_of(site: Site) -> list[int]:
    """The main process and its workers: they share one command line, which names this folder and the port."""
    return with_command_line(" ".join(_granian(site)))


def log_file() -> Path:
    """What the server in the background prints."""
    return state_folder() / "site.log"


def _granian(site: Site) -> list[str]:
    place = ["--host", site.host, "--port", str(site.port)]
    options = ["--interface", "wsgi", *place, "--workers", str(site.processes), "--no-ws"]
    threads = ["--blocking-threads", str(THREADS)]
    return [sys.executable, "-P", "-m", "granian", *options, *threads, APPLICATION]


def _environment() -> dict[str, str]:
    return os.environ | {"CALPULLI_POOL": "1"}


def _wait_for_200(site: Site, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + FIRST_ANSWER_S
    said = "no respondió"
    while time.monotonic() < until and process.poll() is None:
        said = _answer(site.address)
        if said == "200":
            return
        if said.isdigit():
            break
        time.sleep(0.05)
    stop_site()
    raise SetUpError(
        f"El sitio no llegó a servir su portada en {site.address} (última respuesta: {said}). "
        f"Lo que dijo el servidor está en {log_file()}; termina así:\n{_tail(log_file())}"
    )


def _answer(address: str) -> str:
    # A proxy of the environment must not stand between us and loopback.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=20) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError:
        return "no respondió"


def _tail(log: Path) -> str:
    return "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-12:])


def _note() -> Path:
    return state_folder() / "site.json"


def _write_note(site: Site) -> None:
    _note().write_text(json.dumps(asdict(site)))


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise SetUpError(
            f"El sitio (proceso {pid}) lo puso en marcha otra cuenta y esta no puede detenerlo. "
            "Repita la orden con la cuenta que lo inició."
        ) from error


def _why(error: OSError) -> str:
    known = {errno.EADDRINUSE: "ya lo usa otro programa", errno.EACCES: "esta cuenta no tiene permiso"}
    return known.get(error.errno or 0) or error.strerror or "el sistema no lo permitió"
