"""Reads of transparency: tables as they are now and their editions, what a search finds, what is not known."""

from .editions import CHAIN, DifferenceView, edition_of, editions_of, fact_of, latest_editions, sentences
from .lines import csv_line, json_line, row_json
from .searching import Found, Group, Hit, search
from .suggesting import suggestion
from .tables import (
    Filter,
    Order,
    Page,
    QueriedTable,
    Size,
    Table,
    dataset_named,
    licence_of,
    responsible_for,
    table_of,
    tables_of,
)
from .thesaurus import Miss, find_term, misses, thesaurus, words_of_term
from .unknown import Listed, listed_unknowns

__all__ = [
    "CHAIN",
    "DifferenceView",
    "Filter",
    "Found",
    "Group",
    "Hit",
    "Listed",
    "Miss",
    "Order",
    "Page",
    "QueriedTable",
    "Size",
    "Table",
    "csv_line",
    "dataset_named",
    "edition_of",
    "editions_of",
    "fact_of",
    "find_term",
    "json_line",
    "latest_editions",
    "licence_of",
    "listed_unknowns",
    "misses",
    "responsible_for",
    "row_json",
    "search",
    "sentences",
    "suggestion",
    "table_of",
    "tables_of",
    "thesaurus",
    "words_of_term",
]
