"""Which kept files are named, by what: each package tells those of its own rows, so that all can be looked for at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Reference:
    """A kept file that something names: its hash, and what names it, in Spanish, for whoever operates."""

    sha256: str
    where: str


@dataclass(frozen=True)
class ReferenceSource:
    """Where references come from; read when they are asked for."""

    key: str
    references: Callable[[], Iterable[Reference]]


REFERENCES: Registry[ReferenceSource] = Registry("sources of references to kept files")


def refer(key: str, references: Callable[[], Iterable[Reference]]) -> ReferenceSource:
    """Registers where references come from."""
    return REFERENCES.add(key, ReferenceSource(key, references))
