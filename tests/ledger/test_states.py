"""The digest of a row: what counts, what does not, and that a field that joins later changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from calpulli.ledger.states import plain, row_digest, row_state
from calpulli.people.models import Account
from calpulli.planning.models import Period, Plan


def test_the_state_names_each_hashed_field_and_leaves_out_what_is_empty() -> None:
    plan = Plan(key="a-2023", family="a", generation=2023, kind="own", institute="a", document={"x": 1}, source_sha256="f")
    assert row_state(plan) == {
        "key": "a-2023",
        "family": "a",
        "generation": 2023,
        "kind": "own",
        "institute": "a",
        "document": {"x": 1},
        "source_sha256": "f",
    }
    assert "brought_with" in {field.attname for field in Plan._meta.concrete_fields}


def test_any_hashed_field_changes_the_digest() -> None:
    period = Period(id=1, plan_id="a-2023", code="2023-Q1")
    others = [Period(id=2, plan_id="a-2023", code="2023-Q1"), Period(id=1, plan_id="b-2023", code="2023-Q1")]
    others.append(Period(id=1, plan_id="a-2023", code="2023-Q2"))
    assert len({row_digest(one) for one in (period, *others)}) == 4


def test_false_and_zero_are_not_empty() -> None:
    account = Account(id=uuid.UUID(int=1), area="A", roles=["author"], is_active=False)
    assert row_state(account)["is_active"] is False
    assert row_digest(account) != row_digest(Account(id=uuid.UUID(int=1), area="A", roles=["author"], is_active=True))


def test_names_and_passwords_are_not_in_the_state() -> None:
    account = Account(id=uuid.UUID(int=1), username="ana", display_name="Ana", area="A", password="x")
    assert set(row_state(account)) == {"id", "area", "is_active"}


def test_what_has_no_exact_form_is_refused() -> None:
    for value in (1.5, Decimal("1.5"), b"x", {1, 2}):
        with pytest.raises(TypeError):
            plain(value)
    zone = dt.timezone(dt.timedelta(hours=-6))
    assert plain(dt.datetime(2026, 11, 22, 21, tzinfo=zone)) == "2026-11-23T03:00:00.000000+00:00"
    assert plain([dt.date(2026, 1, 2), None, {"a": (1,)}]) == ["2026-01-02", None, {"a": [1]}]
