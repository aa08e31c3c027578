"""Kinds of mail that no package declares, and what was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from calpulli.commons.registries import messages
from calpulli.commons.registries.messages import MessageKind
from calpulli.notices import texts
from calpulli.notices.jobs import queue

TEMPLATE = "{{ 'Asunto de ' ~ who }}\nEstimada {{ who }}:\n\nLo dicho.\n"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that may be left, one that may not and is secret, one that soon is not worth sending."""
    known = dict(messages.MESSAGES._items)
    for kind in (
        MessageKind("test.news", "Novedades", "test/news.txt", may_leave=True),
        MessageKind("test.code", "Códigos", "test/code.txt", may_leave=False, secret=True),
        MessageKind("test.brief", "Breves", "test/brief.txt", may_leave=True, valid_for=dt.timedelta(minutes=10)),
    ):
        messages.offer_message(kind)
    monkeypatch.setattr(texts, "_source", lambda name, real=texts._source: TEMPLATE if name.startswith("test/") else real(name))
    yield
    messages.MESSAGES._items = known


def work() -> int:
    """Works off everything that is due; how many jobs."""
    done = 0
    while queue.work_one("prueba"):
        done += 1
    return done
