"""What each public number means: declared by the package that makes it, shown beside it, listed on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    # Declared when the site starts, translated when a page is made.
    Words = str | _StrPromise


class Check(StrEnum):
    """How far anyone can check a number."""

    RECOUNTED = "recounted"  # count the public rows again
    RECOMPUTED = "recomputed"  # compute it again from published inputs whose count a fact attests
    STATED = "stated"  # nobody outside can: it is what was told


@dataclass(frozen=True)
class Part:
    """What adds up to a number: how much of it, of what, and where it can be counted."""

    name: str
    value: int
    url: str


@dataclass(frozen=True)
class Counted:
    """A number as it stands today: of what, in words or figures, and where its rows are."""

    of: str
    value: str
    url: str
    parts: tuple[Part, ...] = ()
    in_words: bool = False  # `value` is a sentence, and is read as text


def uncounted() -> tuple[Counted, ...]:
    """Of a number that stands only beside what it counts."""
    return ()


@dataclass(frozen=True)
class Meaning:
    """A number explained. `key` is its address; texts are whole sentences; functions are asked when the page is."""

    key: str
    name: Words
    counts: Words
    formula: Words
    rows: Words
    rows_url: Callable[[], str]
    check: Check
    proof: Words
    since: Words
    owner: Callable[[], str]
    today: Callable[[], tuple[Counted, ...]] = uncounted


MEANINGS: Registry[Meaning] = Registry("meanings")


def explain(meaning: Meaning) -> Meaning:
    """Declares what a number means."""
    return MEANINGS.add(meaning.key, meaning)


def meaning_of(key: str) -> Meaning:
    """The meaning of that key; KeyError if nobody declared it, so that no number goes without one."""
    found = MEANINGS.get(key)
    if found is None:
        raise KeyError(f"no package says what the number {key} means")
    return found
