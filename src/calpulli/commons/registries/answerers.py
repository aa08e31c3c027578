"""Who answers: pages name areas, and the package that knows them says which have a page, and where on it one asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Answerer:
    """An area that exists: its public page, and where that page says how to ask it."""

    url: str
    asking_url: str


@dataclass(frozen=True)
class Directory:
    """Finds an area in force by its name; None for a name that it does not know."""

    key: str
    find: Callable[[str], Answerer | None]


DIRECTORIES: Registry[Directory] = Registry("directories of areas")


def answerer_named(name: str) -> Answerer | None:
    """The area of that name; None where no directory has it, so that its name stays plain text."""
    return next((found for one in DIRECTORIES if (found := one.find(name))), None)


def answerers_named(names: Iterable[str]) -> dict[str, Answerer | None]:
    """The same for a page that names a few areas many times: each is looked up once."""
    return {name: answerer_named(name) for name in dict.fromkeys(names)}
