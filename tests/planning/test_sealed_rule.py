"""What was sealed with its term keeps it, though the norms are changed before it is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor
from calpulli.norms.actions import adopt_norms
from calpulli.norms.inputs import AdoptNorms
from calpulli.planning import queries
from calpulli.planning.actions import publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured
from calpulli_core.law.rules import Rule

CAPTURED = Captured(poa_url="https://ejemplo.mx/poa", updated_on=dt.date(2031, 6, 30))
# The second quarter of 2031 ends on 30/06: 45 natural days are 14/08, and 30 are 30/07.
SEALED_WITH, CHANGED_TO = dt.date(2031, 8, 14), dt.date(2031, 7, 30)
AFTERWARDS = dt.datetime(2031, 8, 10, 18, tzinfo=dt.UTC)


def shorten() -> None:
    """The institute adopts a term of 30 days."""
    rules = tuple(replace(rule, value=30) for rule in institutes.norms("demo"))
    adopt_norms(AdoptNorms("demo", rules), by=Actor.system("prueba"))


def test_a_rule_that_changes_between_seal_and_publication(edition: Edition, author: Actor, reviewer: Actor) -> None:
    with clock.rehearse(AFTERWARDS):
        submit_edition(CaptureEdition(edition.pk, CAPTURED), by=author)
        seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
        shorten()
        published = publish_edition(PublishEdition(edition.pk), by=reviewer).result
        view = queries.find_edition(published.pk)
    assert view is not None
    assert view.deadline.due_on == SEALED_WITH
    assert view.punctuality == "publicado a tiempo"


def test_what_is_not_sealed_follows_the_norms(edition: Edition) -> None:
    shorten()
    view = queries.find_edition(edition.pk)
    assert view is not None
    assert view.deadline.due_on == CHANGED_TO


def test_a_rule_is_read_as_it_was_written() -> None:
    rule = Rule("record.quarterly", 45, "natural_days", "artículo", "fuente", False, dt.date(2020, 1, 1), None)
    assert Rule.of_json(rule.as_json()) == rule
