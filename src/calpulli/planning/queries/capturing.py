"""What was typed into a record: by whom, what the period before said, and which columns a reviewer asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.columns import Column, Source, layout_of
from calpulli_core.formats.record import Cell, Record, captured_from_source
from calpulli_core.text.folding import fold

from ..models import Edition
from .periods import EditionView, editions_of

# How people name a column who do not write its number; any other by its own name.
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "poa_url": ("programa operativo", "poa"),
    "work_programme_url": ("programa de trabajo",),
    "updated_on": ("actualizacion",),
    "note": ("nota",),
}
NUMBERED = re.compile(r"\bcol(?:umnas?|s?\.)\s*((?:\d+(?:\s*(?:,|y|e|o)\s*)?)+)")


def typed_here(record: Record) -> tuple[Cell, ...]:
    """Of a record of a reference plan, the cells that somebody typed on this site: those that its source does not give."""
    source = captured_from_source(record.programme, period=record.period)
    typed = (cell for cell in record.columns if cell.column.is_typed and cell.value)
    return tuple(cell for cell in typed if source[cell.column.key] != cell.value)


def said_before(view: EditionView) -> EditionView | None:
    """The newest published edition of the last period of the same length before this one, of the same plan."""
    published = Edition.objects.filter(period__plan_id=view.plan_key, state=Edition.State.PUBLISHED)
    spans = {Span.parse(code) for code in published.values_list("period__code", flat=True)}
    earlier = [
        span for span in spans if (span.quarter is None) == (view.span.quarter is None) and span.ends_on < view.span.starts_on
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda span: span.ends_on)
    return next(one for one in editions_of(view.plan_key, str(last)) if one.state == Edition.State.PUBLISHED)


def asked_columns(view: EditionView) -> tuple[Column, ...]:
    """Of the columns that the author types, those that the reason of the return names, by number or in words, as it names them.

    In its order: what a reviewer says first is what she asks for; a column named later may only be in what she wants written.
    """
    said = fold(view.edition.returned_because)
    typed = layout_of(view.span).typed(Source.AUTHOR)
    places = {column: min(found) for column in typed if (found := list(_places(column, said)))}
    return tuple(sorted(places, key=lambda column: places[column]))


def _places(column: Column, said: str) -> Iterator[int]:
    """Where a text names a column."""
    for found in NUMBERED.finditer(said):
        if str(column.number) in re.findall(r"\d+", found[1]):
            yield found.start()
    for word in SPOKEN.get(column.key, (fold(column.name),)):
        yield from (found.start() for found in re.finditer(rf"\b{re.escape(word)}\b", said))
