"""The classifier of spending and the sources of money: the institute's own data (`classifier.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from calpulli.commons import institutes


@dataclass(frozen=True)
class Classifier:
    """Names by their keys of four digits, and the sources by theirs."""

    source: str = ""
    confirmed: bool = False
    chapters: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, str] = field(default_factory=dict)
    partidas: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def chapter_name(self, key: str) -> str:
        """Its name; the key alone where the classifier does not tell it."""
        return self.chapters.get(key, key)


@cache
def classifier() -> Classifier:
    """That of this installation; an empty one where it has none."""
    file = institutes.folder(institutes.current().slug) / "classifier.toml"
    if not file.exists():
        return Classifier()
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Classifier(
        source=str(told.get("source", "")),
        confirmed=bool(told.get("confirmed", False)),
        **{name: dict(told.get(name, {})) for name in ("chapters", "concepts", "partidas", "sources")},
    )


def chapter_of(partida: str) -> str:
    """The chapter of a partida: 2111 is of 2000."""
    return f"{partida[:1]}000"


def concept_of(partida: str) -> str:
    """The concept of a partida: 2111 is of 2100."""
    return f"{partida[:2]}00"
