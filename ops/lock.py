"""Fixes `requirements/*.txt` from `*.in`, with hashes and without the name of any index: `make requirements`.

With `--upgrade` the newest versions that the `.in` files allow; without it only what has to change.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
SILENT = ["--no-emit-index-url", "--no-emit-find-links", "--quiet"]
# `dev` takes the versions of `site`, so that tests run on what is served.
AFTER = {"tools": [], "site": [], "dev": ["-c", "site.txt"], "bench": []}


def main(arguments: list[str]) -> None:
    """Compile the lists in their order."""
    uv = max((ROOT / ".tools").glob("uv-*/bin/uv"), key=lambda path: path.stat().st_mtime)
    for name, constraints in AFTER.items():
        command = [str(uv), "pip", "compile", *OPTIONS, *SILENT, *constraints, *arguments, f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
