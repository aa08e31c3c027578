"""Reads of transparency: tables as they are now, and their editions."""

from .editions import DifferenceView, edition_of, editions_of, latest_editions, sentences
from .tables import Filter, Order, Page, Table, dataset_named, licence_of, responsible_for, table_of

__all__ = [
    "DifferenceView",
    "Filter",
    "Order",
    "Page",
    "Table",
    "dataset_named",
    "edition_of",
    "editions_of",
    "latest_editions",
    "licence_of",
    "responsible_for",
    "sentences",
    "table_of",
]
