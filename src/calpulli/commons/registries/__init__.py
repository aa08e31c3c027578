"""What packages offer to the pages above them, without being known there: each room of this folder is one registry.

A package registers in its room `offers`, which is imported when the site starts. Whoever shows them asks the registry,
so that publishing a new data set, or putting a new kind of task on the desk, touches one package.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Things by key, in the order of their keys. A key is taken once."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, Item] = {}

    def add(self, key: str, item: Item) -> Item:
        """Registers `item`; ValueError if another has that key."""
        if key in self._items:
            raise ValueError(f"two {self._what} are called {key}")
        self._items[key] = item
        return item

    def get(self, key: str) -> Item | None:
        """The item of that key."""
        return self._items.get(key)

    def __iter__(self) -> Iterator[Item]:
        return iter([self._items[key] for key in sorted(self._items)])

    def __len__(self) -> int:
        return len(self._items)
