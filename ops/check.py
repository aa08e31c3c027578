"""All checks that need no browser, each with its name and time: `make check`.

Every one runs even after another failed; the exit code is 1 when any did.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its name for people, the program in the environment and its arguments."""

    name: str
    program: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        """Run it, letting it print; true when it found nothing."""
        print(f"\n== {self.name}", flush=True)
        began = time.monotonic()
        command = [str(PROGRAMS / self.program), *self.arguments]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | self.environment, check=False)
        verdict = "bien" if done.returncode == 0 else "FALLA"
        print(f"== {self.name}: {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
        return done.returncode == 0


# The linter of migrations is a Django application that the site itself does not need.
WITH_LINTER = {"DJANGO_SETTINGS_MODULE": "check_settings", "PYTHONPATH": str(ROOT / "ops")}

CHECKS = [
    Check(name="formato", program="ruff", arguments=["format", "--check", "--quiet", "."]),
    Check(name="estilo", program="ruff", arguments=["check", "--quiet", "."]),
    Check(name="tipos", program="mypy", arguments=["--strict"]),
    Check(name="contratos entre paquetes", program="lint-imports", arguments=[]),
    Check(name="migraciones completas", program="calpulli", arguments=["makemigrations", "--check", "--dry-run"]),
    Check(name="migraciones sin riesgo", program="calpulli", arguments=["lintmigrations"], environment=WITH_LINTER),
    Check(name="traducciones", program="python", arguments=["ops/translations.py", "check"]),
    Check(name="casa y documentos", program="python", arguments=["-m", "pytest", "-q", "tests/house"]),
]


def main(wanted: list[str]) -> int:
    """Run the checks whose name contains one of `wanted`, or all; returns the exit code."""
    chosen = [check for check in CHECKS if not wanted or any(word in check.name for word in wanted)]
    failed = [check.name for check in chosen if not check.run()]
    said = f" Fallan: {', '.join(failed)}." if failed else ""
    print(f"\n{len(chosen) - len(failed)} de {len(chosen)} comprobaciones bien.{said}")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
