"""Sets up everything from a fresh clone: `python3 ops/bootstrap.py site|dev|browser`.

Standard library only. Needs Python 3.11 or later and a package index; no Node, compiler, gettext, database server or
root. What is already in place is recognised by a stamp, so the second run takes no time. The syntax stays readable for
older interpreters so that they can say what is missing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator  # noqa: UP035 - until 3.9 the other one takes no parameters

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / "calpulli.json"
OLDEST = (3, 11)
# `dev` contains `site`: an environment for tests also serves.
PROFILES = ("site", "dev")

COMMAND = """\
#!/bin/sh
# Written by ops/bootstrap.py. -P: never import from the folder one happens to stand in.
exec {python} -P -m calpulli.site.cli "$@"
"""


class SetUpError(Exception):
    """The set-up cannot go on; `str()` is one paragraph in Spanish."""


def main(arguments: list[str]) -> int:
    """Set up one profile; returns the exit code."""
    wanted = arguments[0] if arguments else "site"
    if len(arguments) > 1 or wanted not in (*PROFILES, "browser"):
        print("Uso: python3 ops/bootstrap.py site|dev|browser", file=sys.stderr)
        return 2
    try:
        with alone():
            set_up(wanted)
    except SetUpError as error:
        print("\nNo se pudo preparar Calpulli: " + str(error), file=sys.stderr)
        return 1
    except OSError as error:
        print("\nNo se pudo preparar Calpulli: " + explained(error), file=sys.stderr)
        return 1
    return 0


def set_up(wanted: str) -> None:
    """Bring the environment, and for `browser` the browser too, to what the requirements say."""
    python = chosen_interpreter()
    profile = "dev" if wanted == "browser" else wanted
    if not is_current(profile, python):
        # An environment with the test tools keeps them when only the site is asked for.
        install("dev" if (read_stamp() or {}).get("profile") == "dev" else profile, python)
    if wanted == "browser":
        run([str(VENV / "bin" / "python"), str(ROOT / "ops" / "browser.py")], "No se pudo preparar el navegador de pruebas.")


# -- the interpreter ---------------------------------------------------------------------------------------------------


def chosen_interpreter() -> str:
    """The interpreter of the new environment: PYTHON when given, else this one, else the first one new enough."""
    given = os.environ.get("PYTHON")
    if given:
        return required(given)
    names = ["python3." + str(minor) for minor in range(OLDEST[1], 20)]
    found = [shutil.which(name) for name in names]
    for candidate in [sys.executable, *[path for path in found if path]]:
        if version_of(candidate) >= OLDEST:
            return candidate
    raise SetUpError(
        "se necesita Python 3.11 o posterior y aquí solo está "
        + ".".join(map(str, sys.version_info[:3]))
        + ". Instálelo (por ejemplo con el gestor de paquetes del sistema) o indique cuál usar: "
        + "PYTHON=/ruta/python3.12 make demo."
    )


def required(given: str) -> str:
    """The path of the interpreter that PYTHON names, checked."""
    path = shutil.which(given)
    version = version_of(path) if path else (0, 0)
    if path is None or version < OLDEST:
        seen = "no es un intérprete de Python" if version == (0, 0) else "es Python " + ".".join(map(str, version))
        raise SetUpError(
            f"PYTHON indica «{given}», que {seen}; se necesita Python 3.11 o posterior. "
            "Corrija PYTHON, o quítelo para que se busque uno."
        )
    return path


def version_of(interpreter: str) -> tuple[int, int]:
    """Major and minor version; (0, 0) when it does not run."""
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        asked = [interpreter, "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=True)
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    return 0, 0


# -- the environment ---------------------------------------------------------------------------------------------------


def is_current(profile: str, python: str) -> bool:
    """Whether the environment already is what `profile` needs."""
    stamp = read_stamp()
    if stamp is None or not os.access(VENV / "bin" / "python", os.X_OK):
        return False
    if os.environ.get("PYTHON") and stamp["python"] != list(version_of(python)):
        return False
    serves = stamp["profile"] in (profile, "dev")
    return serves and stamp["digest"] == digest(str(stamp["profile"])) and stamp["root"] == str(ROOT)


def read_stamp() -> dict[str, object] | None:
    """What the environment was made from, if it was finished."""
    try:
        read = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return read if isinstance(read, dict) and {"profile", "python", "digest", "root"} <= set(read) else None


def digest(profile: str) -> str:
    """A mark of the requirements and of this program."""
    contents = [(REQUIREMENTS / f"{profile}.txt").read_bytes(), Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


def install(profile: str, python: str) -> None:
    """Make the environment and put into it exactly the hashed requirements of `profile`."""
    uv = installer(python)
    requirements = REQUIREMENTS / f"{profile}.txt"
    say("Entorno de Python (.venv)…")
    STAMP.unlink(missing_ok=True)
    made = VENV / "bin" / "python"
    if version_of(str(made)) != version_of(python):
        run([uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)], "No se pudo crear .venv.")
    say("Bibliotecas…")
    # Compiled once here, every command starts half a second sooner, also where nothing may be written later.
    options = ["--quiet", "--no-build", "--require-hashes", "--compile-bytecode", "--python", str(made)]
    failure = f"No se pudieron instalar las bibliotecas de {requirements.relative_to(ROOT)}. " + ADVICE
    run([uv, "pip", "sync", *options, str(requirements)], failure)
    write_entrances()
    facts = {"profile": profile, "python": list(version_of(str(made))), "digest": digest(profile), "root": str(ROOT)}
    STAMP.write_text(json.dumps(facts))


def installer(python: str) -> str:
    """The path of uv, installed with its hashes into a folder of its own under `.tools`."""
    requirements = REQUIREMENTS / "tools.txt"
    mark = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    folder = TOOLS / f"uv-{mark}"
    if not (folder / "bin" / "uv").exists():
        say("Instalador (uv)…")
        started = folder.with_suffix(".new")
        shutil.rmtree(started, ignore_errors=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--only-binary=:all:", "--require-hashes"]
        into = [*options, "--target", str(started), "-r", str(requirements)]
        run([*pip(python), "install", *into], "No se pudo instalar uv. " + ADVICE)
        started.rename(folder)
    return str(folder / "bin" / "uv")


def pip(python: str) -> list[str]:
    """A command that is pip: the interpreter's own, or one in an environment under `.tools`."""
    for module in ("pip", "ensurepip"):
        if subprocess.run([python, "-c", "import " + module], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            break
    else:
        raise SetUpError(
            f"{python} no trae pip ni ensurepip. Instálelos (en Debian y Ubuntu: apt install python3-venv) "
            "o indique otro intérprete: PYTHON=/ruta/python3.12 make demo."
        )
    if module == "pip":
        return [python, "-m", "pip"]
    folder = TOOLS / "pip"
    run([python, "-m", "venv", "--clear", str(folder)], "No se pudo crear un entorno con pip.")
    return [str(folder / "bin" / "python"), "-m", "pip"]


def write_entrances() -> None:
    """Make `src/` importable and the command `calpulli` runnable in the environment."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "calpulli.pth").write_text(str(ROOT / "src") + "\n")
    command = VENV / "bin" / "calpulli"
    quoted = "'" + str(VENV / "bin" / "python").replace("'", "'\\''") + "'"
    command.write_text(COMMAND.format(python=quoted))
    command.chmod(0o755)


# -- running and telling -----------------------------------------------------------------------------------------------

ADVICE = "Arriba está la causa; lo usual es que falte la red o el espacio en disco. Al repetir la orden se sigue donde quedó."
STARTED = time.monotonic()


def run(command: list[str], failure: str) -> None:
    """Run a program that prints for itself; raise `SetUpError` with `failure` when it fails."""
    # Settings of the person's own environments must not lead the installer elsewhere.
    hidden = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment["PIP_ROOT_USER_ACTION"] = "ignore"
    try:
        code = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError as error:
        raise SetUpError(failure + " " + explained(error)) from error
    if code != 0:
        raise SetUpError(failure)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of the set-up: two orders at once do it once."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Otra orden está preparando Calpulli: se espera a que termine…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Tell one step, with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def explained(error: OSError) -> str:
    """An error of the operating system, with its remedy."""
    place = f" en {error.filename}" if error.filename else ""
    if error.errno == 28:
        return f"no queda espacio en el disco{place}. Libere espacio y repita la orden."
    if error.errno in (1, 13, 30):
        return f"esta cuenta no puede escribir{place}. Clone el proyecto en una carpeta suya y repita la orden."
    return f"{error.strerror}{place}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
