"""The demo's two people, and a quarter that can be closed whatever today is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.people.doors import actor_named
from calpulli.planning.actions import open_period
from calpulli.planning.inputs import OpenPeriod
from calpulli.planning.models import Edition

PERIOD = "2031-Q2"  # after anything that the seed opens


@pytest.fixture
def author(db: None) -> Actor:
    return actor_named("area")


@pytest.fixture
def reviewer(db: None) -> Actor:
    return actor_named("revision")


@pytest.fixture
def july() -> Iterator[dt.date]:
    """Ten days after the quarter's end."""
    with clock.rehearse(dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)):
        yield dt.date(2031, 7, 10)


@pytest.fixture
def edition(july: dt.date, author: Actor) -> Edition:
    return open_period(OpenPeriod("demo-2026", PERIOD), by=author).result
