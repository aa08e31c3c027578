"""How much a record may hold. Whatever enters is kept for ever in the ledger, so nothing grows without bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from calpulli_core.formats.defects import Findings
from calpulli_core.formats.programme import GROUPS, Institution, Programme, SwotHeadings, UpdatePeriod

MOST_FILE_BYTES = 1024 * 1024
MOST_OBJECTIVES, MOST_LINES, MOST_SWOT_ITEMS = 60, 400, 400
LONGEST_TEXT = 4_000  # characters; what people type has its limits in `columns`
TOO_HEAVY = f"El archivo pesa más de {MOST_FILE_BYTES // 1024 // 1024} MiB."


def length_fault(text: str, *, most: int = LONGEST_TEXT) -> str | None:
    """Why a text is too long (Spanish), or None."""
    if len(text) <= most:
        return None
    return f"El texto admite {most} caracteres y tiene {len(text)}."


def check_size(programme: Programme, *, findings: Findings) -> None:
    """Note every part of a programme that is more, or longer, than a record may hold."""
    lines = sum(len(objective.lines) for objective in programme.objectives)
    items = sum(len(programme.swot.group(name)) for name in GROUPS)
    counts = (
        ("objectives", "columna 9", "objetivos", len(programme.objectives), MOST_OBJECTIVES),
        ("lines", "columna 10", "líneas", lines, MOST_LINES),
        ("swot", "columna 8", "puntos del diagnóstico", items, MOST_SWOT_ITEMS),
    )
    for _, place, word, count, most in counts:
        if count > most:
            findings.add(place, "", f"Se admiten {most} {word} y hay {count}.", "Quite los que sobran.")
    for place, text in _texts(programme):
        if fault := length_fault(text):
            findings.add(place, text, fault, "Acorte el texto.")


def _texts(programme: Programme) -> Iterator[tuple[str, str]]:
    """Every text with the column in which it is published, or its key where it has no column."""
    columns = {"mission": 6, "vision": 7, "note": 11, "responsible_area": 12}
    for part in (programme, programme.institution, programme.swot_headings, programme.update_period):
        yield from _own_texts(part, columns)
    for name in GROUPS:
        for number, text in enumerate(programme.swot.group(name), start=1):
            yield f"columna 8, {name} {number}", text
    for objective in programme.objectives:
        yield f"columna 9, objetivo {objective.number}", objective.text
        for line in objective.lines:
            yield f"columna 10, línea {line.number}", line.text


def _own_texts(
    part: Programme | Institution | SwotHeadings | UpdatePeriod | None, columns: dict[str, int]
) -> Iterator[tuple[str, str]]:
    for field in fields(part) if part is not None else ():
        text = getattr(part, field.name)
        if isinstance(text, str):
            number = columns.get(field.name)
            yield f"columna {number}" if number else field.name, text
