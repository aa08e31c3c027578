"""Makes the pictures of the README from the running demonstration: `.venv/bin/python ops/screenshots.py [--record PLAN/PERIOD]`.

Needs `make demo` and the browser of the tests (`python3 ops/bootstrap.py browser`). Look at the pictures before keeping
them: they show the demonstration as it stands, with what has been done in it.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("CALPULLI_STATE") or ROOT / ".calpulli")
IMAGES = ROOT / "docs" / "img"
ACCOUNT = re.compile(r"usuario (\S+)\s+contraseña (\S+)")
VERDICT_MS = 60_000
# A picture in a README is not a whole scroll.
TALLEST = {320: 900, 1280: 1000}


class NotReadyError(Exception):
    """Something that the pictures need is not there; `str()` is one paragraph in Spanish."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The running demonstration: its address, the password of its author, and the record to show."""

    address: str
    password: str
    record: str

    def url(self, path: str) -> str:
        """The whole address of a path of the site."""
        return self.address + path


def main(arguments: list[str]) -> int:
    """Take every picture; returns the exit code."""
    spoken = argparse.ArgumentParser(description="Hace las imágenes del README con la demostración en marcha.")
    spoken.add_argument("--record", default="iecm-2023/2023-Q1", help="plan y periodo publicado que se muestran")
    try:
        demo = running_demo(spoken.parse_args(arguments).record)
        IMAGES.mkdir(parents=True, exist_ok=True)
        with browser() as chromium:
            for name, take in PICTURES.items():
                picture(chromium, name, take, demo)
                print(IMAGES.relative_to(ROOT) / name)
    except (NotReadyError, Error) as error:
        print(f"No se pudieron hacer las imágenes: {error}", file=sys.stderr)
        return 1
    return 0


def running_demo(record: str) -> Demo:
    """What the state folder says of the demonstration. Raises `NotReadyError`."""
    try:
        site = json.loads((STATE / "site.json").read_text())
        accounts = dict(ACCOUNT.findall((STATE / "demo.txt").read_text(encoding="utf-8")))
        return Demo(address=f"http://{site['host']}:{site['port']}", password=accounts["area"], record=record)
    except (OSError, ValueError, KeyError) as error:
        raise NotReadyError(f"no hay una demostración en marcha en {STATE}. Ejecute «make demo».") from error


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of the tests, headless. Raises `NotReadyError`."""
    sys.path.insert(0, str(ROOT))
    from tests.browser.chromium import browser as chosen  # the tests' own way to start it

    try:
        how = asdict(chosen())
    except FileNotFoundError as missing:
        raise NotReadyError(str(missing)) from missing
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**how)
        try:
            yield chromium
        finally:
            chromium.close()


def picture(chromium: Browser, name: str, take: Callable[[Page, Demo], None], demo: Demo) -> None:
    """One picture, as wide as its name says, from the top of the page."""
    width = int(name.removesuffix(".png").rpartition("-")[2])
    context = chromium.new_context(viewport={"width": width, "height": TALLEST[width]}, locale="es-MX")
    page = context.new_page()
    take(page, demo)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / name, animations="disabled")
    context.close()


def home(page: Page, demo: Demo) -> None:
    """The programme at a glance."""
    page.goto(demo.url("/"))


def record(page: Page, demo: Demo) -> None:
    """A published record."""
    page.goto(demo.url(f"/registros/{demo.record}"))


def verifier(page: Page, demo: Demo) -> None:
    """The verifier's page with the verdict on the bundle of that record."""
    answer = page.request.get(demo.url(f"/registros/{demo.record}/edicion/1/paquete.zip"))
    if not answer.ok:
        raise NotReadyError(f"no hay un paquete publicado de {demo.record}. Indique otro con --record.")
    page.goto(demo.url("/verificador"))
    page.set_input_files("#file", {"name": "paquete.zip", "mimeType": "application/zip", "buffer": answer.body()})
    page.wait_for_function("document.querySelector('#verdict').innerText.trim() !== ''", timeout=VERDICT_MS)
    page.evaluate("scrollTo(0, 0)")


def desk(page: Page, demo: Demo) -> None:
    """The desk of whoever captures."""
    page.goto(demo.url("/entrar"))
    page.fill("input[name=username]", "area")
    page.fill("input[name=password]", demo.password)
    page.locator("main form button").first.click()
    page.fill("input[name=code]", one_time_code("area"))
    page.locator("main form button").first.click()
    page.wait_for_url(demo.url("/mesa"))


def one_time_code(account: str) -> str:
    """The code that the demonstration's account asks for. Raises `NotReadyError`."""
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", "demo", "code", account]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotReadyError(done.stderr.strip())
    return done.stdout.strip()


PICTURES: dict[str, Callable[[Page, Demo], None]] = {
    "portada-320.png": home,
    "registro-1280.png": record,
    "verificador-1280.png": verifier,
    "mesa-1280.png": desk,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
