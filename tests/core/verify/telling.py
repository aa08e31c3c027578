"""A verifier whose table has the first format of the law and the invented one, and no other."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, cast

import pytest

from calpulli_core.verify import columns
from tests.core.verify.invented import LATER, LATER_SINCE, PARTICIPANTS


def tell_of_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one test, another entry in the table."""
    table = cast(MutableMapping[str, Any], columns.FORMATS)
    first = columns.FORMATS["121-XXII-b/1"]
    for version in [*table]:
        monkeypatch.delitem(table, version)
    monkeypatch.setitem(table, "121-XXII-b/1", first)
    monkeypatch.setitem(table, LATER, columns.Format(LATER_SINCE, (*first.columns, (PARTICIPANTS, columns.NUMBER))))
