"""What anyone may follow by mail, each family of topics declared by the package whose news they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class Topic:
    """One thing to follow: its whole key (`planning.records:PLAN`), what it is in words, and its page."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class TopicFamily:
    """Topics of one kind. `find` takes what stands after the colon of a key; None for what does not exist or is not public."""

    key: str
    find: Callable[[str], Topic | None]


TOPICS: Registry[TopicFamily] = Registry("families of topics")


def offer_topics(family: TopicFamily) -> TopicFamily:
    """Registers a family under its key, `package.what`."""
    return TOPICS.add(family.key, family)


def find_topic(key: str) -> Topic | None:
    """The topic of a whole key; None for what nobody offers."""
    family, colon, item = key.partition(":")
    found = TOPICS.get(family)
    return found.find(item) if found and colon else None
