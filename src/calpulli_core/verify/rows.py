"""Rows of the only dialect of CSV that a bundle has (docs/spec/bundle.md, section 6)."""

from __future__ import annotations

import re

_FIELD = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"([,\n])')


def fields_of(record: bytes) -> list[str] | None:
    """The fields of one row, or None if it is not of the only form that the bundle's CSV has."""
    try:
        text = record.decode("utf-8")
    except UnicodeDecodeError:
        return None
    fields, place = [], 0
    while found := _FIELD.match(text, place):
        fields.append(found[1].replace('""', '"'))
        place = found.end()
        if found[2] == "\n":
            return fields if place == len(text) else None
    return None
