"""The verifier as one file: `python3 verificador.pyz BUNDLE`, with nothing to install."""

from __future__ import annotations

from pathlib import Path

from calpulli_core.board.archive import write_zip

PARTS = ("board", "crypto", "verify")
# Written for any Python 3, so that an old one answers with words and not with a syntax error.
_ENTRY = b"""import sys

if sys.version_info < (3, 11):
    sys.stderr.write("El verificador necesita Python 3.11 o posterior; este es %d.%d.\\n" % sys.version_info[:2])
    sys.exit(2)

from calpulli_core.verify.command import main

sys.exit(main(sys.argv[1:]))
"""


def build_pyz() -> bytes:
    """The zip application with the sources of this package: the same sources give the same bytes."""
    package = Path(__file__).resolve().parents[1]
    sources = [package / "__init__.py", *(file for part in PARTS for file in (package / part).rglob("*.py"))]
    files = {file.relative_to(package.parent).as_posix(): file.read_bytes() for file in sources}
    return write_zip({**files, "__main__.py": _ENTRY})
