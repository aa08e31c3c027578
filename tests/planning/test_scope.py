"""A role is held somewhere: on the institute's own records it counts where the record is answered for."""

from __future__ import annotations

import datetime as dt

import pytest

from calpulli.commons.act import Actor, Refused
from calpulli.people.doors import actor_named
from calpulli.planning.actions import capture_edition, open_period, return_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, ReturnEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers import desk
from calpulli_core.formats.captured import Captured
from tests.signing import someone

from .conftest import PERIOD

WHY = "La liga lleva a otro documento."


def test_an_author_of_another_area_is_told_who_answers(edition: Edition) -> None:
    stranger = someone("distrito-02", "author")
    captured = CaptureEdition(edition.pk, Captured(note="Nota"))
    for refused in (
        lambda: open_period(OpenPeriod("demo-2026", "2031-Q1"), by=stranger),
        lambda: capture_edition(captured, by=stranger),
        lambda: submit_edition(captured, by=stranger),
    ):
        with pytest.raises(Refused, match="De este programa responde «Secretaría Administrativa»"):
            refused()
    assert Edition.objects.get(pk=edition.pk).note == ""


@pytest.mark.parametrize("area", ["secretaria-ejecutiva", "secretaria-administrativa", "Área sin lista"])
def test_the_area_itself_those_above_it_and_the_whole_institute_capture(edition: Edition, area: str) -> None:
    assert capture_edition(CaptureEdition(edition.pk, Captured(note="Nota")), by=someone(area, "author")).result.note == "Nota"


def test_a_reviewer_of_another_area_reviews_nothing_here(edition: Edition, author: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, Captured(updated_on=dt.date(2031, 7, 1))), by=author)
    with pytest.raises(Refused, match="De este programa responde"):
        return_edition(ReturnEdition(edition.pk, WHY), by=someone("distrito-02", "reviewer"))
    assert return_edition(ReturnEdition(edition.pk, WHY), by=someone("secretaria-ejecutiva", "reviewer"))


def test_a_plan_of_reference_names_an_area_of_another_institute(july: dt.date, db: None) -> None:
    assert open_period(OpenPeriod("iecm-2023", PERIOD), by=someone("distrito-02", "author"))


def test_the_desk_offers_her_only_what_she_may_do(edition: Edition) -> None:
    key = f"planning.record.demo-2026.{PERIOD}"

    def mine(actor: Actor) -> bool:
        return next(task.mine for task in desk.tasks(actor) if task.key == key)

    assert mine(actor_named("area"))
    assert not mine(someone("distrito-02", "author"))
