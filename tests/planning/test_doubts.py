"""What asks for a second look in a capture, and what does not."""

from __future__ import annotations

import datetime as dt

import pytest

from calpulli.commons.act import Actor
from calpulli.planning import queries
from calpulli.planning.actions import capture_edition
from calpulli.planning.inputs import CaptureEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured

# The quarter runs from 01/04/2031 to 30/06/2031; 45 days after its end is 14/08/2031.
WHOLE = Captured(
    poa_url="https://ejemplo.mx/poa", work_programme_url="https://ejemplo.mx/pt", updated_on=dt.date(2031, 6, 30), note=""
)


def warned(edition: Edition, captured: Captured, author: Actor) -> tuple[str, ...]:
    capture_edition(CaptureEdition(edition.pk, captured), by=author)
    view = queries.find_edition(edition.pk)
    assert view is not None
    return view.warnings


def test_nothing_is_doubted_before_anything_is_captured(edition: Edition) -> None:
    view = queries.find_edition(edition.pk)
    assert view is not None
    assert view.warnings == ()


@pytest.mark.parametrize(
    ("updated_on", "words"),
    [
        (dt.date(2031, 3, 31), ["31/03/2031", "anterior al inicio del periodo, el 01/04/2031"]),
        (dt.date(2031, 4, 1), []),
        (dt.date(2031, 8, 14), []),
        (dt.date(2031, 8, 15), ["15/08/2031", "más de 45 días después del fin del periodo, el 30/06/2031"]),
    ],
)
def test_an_update_far_from_the_period_is_doubted(edition: Edition, author: Actor, updated_on: dt.date, words: list[str]) -> None:
    found = warned(edition, WHOLE.but(updated_on=updated_on), author)
    assert len(found) == (1 if words else 0)
    assert all(word in found[0] for word in words)


def test_an_erratum_may_be_updated_long_after_its_period(edition: Edition, author: Actor) -> None:
    second = Edition(period=edition.period, number=2, updated_on=dt.date(2032, 1, 10), poa_url="https://ejemplo.mx")
    second.work_programme_url = "https://ejemplo.mx/pt"
    assert queries.EditionView(second).warnings == ()


def test_each_empty_link_is_doubted_with_what_will_be_published(edition: Edition, author: Actor) -> None:
    found = warned(edition, WHOLE.but(poa_url="", work_programme_url=""), author)
    assert [sentence.partition(" no tiene")[0] for sentence in found] == ["La columna 4", "La columna 5"]
    assert all("«no reportado»" in sentence for sentence in found)
