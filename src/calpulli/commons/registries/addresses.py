"""Addresses that this site already has for a column of a record: a package offers them, so that nobody types them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import Registry


@dataclass(frozen=True)
class RecordAddress:
    """Of a column (its key, `poa_url`): where what it asks for is published, for a plan and a year; empty while it is not.

    The address is a path of this site, in its own language.
    """

    column: str
    find: Callable[[str, int], str]


ADDRESSES: Registry[RecordAddress] = Registry("addresses for columns of the record")


def offer_address(address: RecordAddress) -> RecordAddress:
    """Registers the address of a column."""
    return ADDRESSES.add(address.column, address)


def known_addresses(plan_key: str, year: int) -> dict[str, str]:
    """What this site knows, by the key of the column; only what is published."""
    found = {one.column: one.find(plan_key, year) for one in ADDRESSES}
    return {column: path for column, path in found.items() if path}
