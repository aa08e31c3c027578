"""What can be found by searching. A package offers its public documents; the index, above, knows nothing of programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise

from . import Registry


class Precedence(IntEnum):
    """Of two documents worth the same, which comes first: what the institute says that it does or must do, in force."""

    IN_FORCE = 0
    EARLIER = 1  # the institute's own, of another year or replaced by another
    REFERENCE = 2  # of another institute
    SURROUNDING = 3  # what helps to read the others: areas, data sets, what numbers mean


@dataclass(frozen=True)
class Document:
    """Something public with an address of its own.

    `key` is its own among those of its kind and stays the same. `title` weighs more than `body`. `twin`: documents of the
    same twin say the same words in two places; they are shown as one, that of the lowest `precedence` first.
    """

    key: str
    name: str  # what it is, in few words: "Línea de acción 1.3"
    title: str
    url: str
    body: str = ""
    context: str = ""  # where it stands: "Programa 2026"
    precedence: Precedence = Precedence.IN_FORCE
    twin: str = ""


@dataclass(frozen=True)
class AnswerFact:
    """One thing that the answer card says before any link; `url` leads to where it comes from."""

    label: str
    value: str
    url: str = ""


def no_answer(key: str, /) -> tuple[AnswerFact, ...]:
    """For documents that are best opened."""
    return ()


@dataclass(frozen=True)
class Searchable:
    """One kind of document: its name for many of them, those that are public this moment, and what answers before links."""

    key: str
    label: Promise | str
    documents: Callable[[], Iterable[Document]]
    answer: Callable[[str], tuple[AnswerFact, ...]] = no_answer


SEARCHABLES: Registry[Searchable] = Registry("kinds of searchable documents")
