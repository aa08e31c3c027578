"""Reads of transparency: tables as they are now and their editions, what a search finds, what is not known."""

from .editions import DifferenceView, edition_of, editions_of, latest_editions, sentences
from .searching import Found, Group, Hit, search
from .suggesting import suggestion
from .tables import Filter, Order, Page, Table, dataset_named, licence_of, responsible_for, table_of
from .unknown import Listed, listed_unknowns

__all__ = [
    "DifferenceView",
    "Filter",
    "Found",
    "Group",
    "Hit",
    "Listed",
    "Order",
    "Page",
    "Table",
    "dataset_named",
    "edition_of",
    "editions_of",
    "latest_editions",
    "licence_of",
    "listed_unknowns",
    "responsible_for",
    "search",
    "sentences",
    "suggestion",
    "table_of",
]
