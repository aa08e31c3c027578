"""How the tests start a browser: which program, with which arguments and surroundings."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / "build" / "chromium"
# The script that finds accessibility faults; `make test-all` brings it.
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHOSEN = UNPACKED / "program"
ARGUMENTS = (
    # The same pixels on every machine.
    "--font-render-hinting=none",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    # No request but those of the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-first-run",
    # Containers often give /dev/shm no more than 64 MB.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # Root may not have Chromium's sandbox, nor has the unpacked one the helper for it. The pages are our own.
    "--no-sandbox",
)


@dataclass(frozen=True, kw_only=True)
class Browser:
    """What Playwright's `chromium.launch` takes, by its own names: `launch(**asdict(browser()))`."""

    executable_path: str
    args: list[str]
    env: dict[str, str | float | bool]


def browser() -> Browser:
    """The browser that the set-up chose: the machine's, or the one unpacked in `build/chromium`.

    Raises `FileNotFoundError`, with the remedy, when the set-up has not run.
    """
    if not CHOSEN.exists():
        raise FileNotFoundError(f"Falta {CHOSEN}: ejecute «python3 ops/bootstrap.py browser».")
    program = Path(CHOSEN.read_text())
    env: dict[str, str | float | bool] = dict(os.environ)
    if program.parent == UNPACKED:
        env |= {
            "LD_LIBRARY_PATH": os.pathsep.join([str(UNPACKED / "lib"), str(UNPACKED)]),
            "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
        }
    return Browser(executable_path=str(program), args=list(ARGUMENTS), env=env)
