"""Facts of the ledger in words, for anyone: each package says what its acts are called and what each was about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise  # a text that is translated when it is shown


@dataclass(frozen=True)
class About:
    """What an act was about, and its public page; `note` tells it apart from its kin."""

    label: str
    url: str = ""
    note: str = ""


Reader = Callable[[Mapping[str, Any]], About | None]


def nothing(details: Mapping[str, Any], /) -> None:
    """For acts that are about nothing that has a page."""


@dataclass(frozen=True)
class Told:
    """One kind of fact by the name of its act: what happened, and how to read from its details what it was about."""

    name: str
    words: Words
    about: Reader = nothing


@dataclass(frozen=True)
class ChainName:
    """What the chain of a package is called."""

    chain: str
    words: Words


FACTS: Registry[Told] = Registry("kinds of facts")
CHAINS: Registry[ChainName] = Registry("chains")


def tell(chain: str, called: Words, words: Mapping[str, Words], about: Reader = nothing) -> None:
    """Registers the name of a package's chain and what each of its acts is called, by the verb after the dot."""
    CHAINS.add(chain, ChainName(chain, called))
    for verb, said in words.items():
        FACTS.add(f"{chain}.{verb}", Told(f"{chain}.{verb}", said, about))


def fact_words(name: str) -> str:
    """What happened; an act that nobody put in words (of an older version of the site) is called by its own name."""
    told = FACTS.get(name)
    return str(told.words) if told else name


def fact_about(fact: Mapping[str, Any]) -> About | None:
    """What a fact, in its published form, was about."""
    told = FACTS.get(fact["name"])
    return told.about(fact["details"]) if told else None


def chain_words(chain: str) -> str:
    """What a chain is called."""
    told = CHAINS.get(chain)
    return str(told.words) if told else chain
