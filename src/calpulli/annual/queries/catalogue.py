"""The institute's catalogues of causes of variance and of kinds of evidence: `annual.toml` in its folder."""

from __future__ import annotations

import tomllib
from functools import cache

from calpulli.commons import institutes


@cache
def _catalogue(name: str) -> dict[str, str]:
    file = institutes.folder(institutes.current().slug) / "annual.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {str(one["key"]): str(one["words"]) for one in told.get(name, [])}


def causes() -> dict[str, str]:
    """The words of each cause by its key, in the order of the file; empty while the institute has written none."""
    return _catalogue("cause")


def evidence_kinds() -> dict[str, str]:
    """What a file that goes with a report may be, by key."""
    return _catalogue("evidence")


def cause_words(key: str) -> str:
    """What a cause says; its key if the catalogue has it no more."""
    return causes().get(key, key)
