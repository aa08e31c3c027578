"""Tables that are taken away: always in Spanish, whoever asks; and which format reports which indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.utils import translation

from calpulli_core.formats import indicators as formats

from ..models.sheets import Mark

Row = TypeVar("Row")
# De gestión: what was done towards the objectives. De resultado: what it changed.
MARKS = {formats.OBJECTIVES: Mark.MANAGEMENT, formats.RESULTS: Mark.RESULT}


def in_spanish(rows: Callable[[], Iterable[Row]]) -> Callable[[], Iterator[Row]]:
    """Makes all the rows at once in Spanish: what is held for everybody cannot be in the language of whoever came first."""

    def made() -> Iterator[Row]:
        with translation.override("es-mx"):
            found = list(rows())
        yield from found

    return made
