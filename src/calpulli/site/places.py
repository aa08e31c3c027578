"""Where things are on disk, before Django knows."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "src"


class SetUpError(Exception):
    """The site cannot be brought up; `str()` is one paragraph in Spanish."""


def state_folder() -> Path:
    """The folder of everything that this installation keeps (`CALPULLI_STATE`)."""
    return Path(os.environ.get("CALPULLI_STATE") or ROOT / ".calpulli").absolute()
