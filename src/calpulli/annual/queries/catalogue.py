"""The institute's catalogue of causes of variance: `annual.toml` in its folder."""

from __future__ import annotations

import tomllib
from functools import cache

from calpulli.commons import institutes


@cache
def causes() -> dict[str, str]:
    """The words of each cause by its key, in the order of the file; empty while the institute has written none."""
    file = institutes.folder(institutes.current().slug) / "annual.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {str(one["key"]): str(one["words"]) for one in told.get("cause", [])}


def cause_words(key: str) -> str:
    """What a cause says; its key if the catalogue has it no more."""
    return causes().get(key, key)
