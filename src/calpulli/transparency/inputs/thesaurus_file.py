"""The thesaurus of an institute's folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from calpulli_core.formats.defects import Findings

from .thesaurus import ImportThesaurus, SetSynonyms

KEYS = {"term", "synonyms", "reason"}


def read_thesaurus(text: str, *, file: str) -> ImportThesaurus:
    """Reads `[[term]]` tables with `term`, `synonyms` and `reason`; RecordErrors with every defect, by the place of its table."""
    findings = Findings()
    try:
        tables = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        findings.add(file, str(error), "El archivo debe ser TOML.", "Corrija su escritura en el lugar que dice el error.")
        tables = []
    for at, table in enumerate(tables, 1):
        for rule in _faults(table):
            findings.add(f"{file}, término {at}", str(table)[:80], rule, "Escriba term, synonyms (una lista) y reason.")
    findings.refuse_if_any()
    return ImportThesaurus(tuple(SetSynonyms(one["term"], tuple(one["synonyms"]), one["reason"]) for one in tables))


def _faults(table: object) -> Iterator[str]:
    if not isinstance(table, dict) or set(table) != KEYS:
        yield "Cada [[term]] lleva term, synonyms y reason, y nada más."
        return
    if not all(isinstance(table[name], str) and table[name].strip() for name in ("term", "reason")):
        yield "«term» y «reason» son textos que no van vacíos."
    if not isinstance(table["synonyms"], list) or not all(isinstance(one, str) for one in table["synonyms"]):
        yield "«synonyms» es una lista de textos."
