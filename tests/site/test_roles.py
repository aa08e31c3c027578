"""What each role opens: one row a role. What is public, and what anyone who signed in opens, is said once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from calpulli.commons.access import anyone
from calpulli.commons.act import WHOLE, Actor, Policy
from calpulli.people.doors import Role
from calpulli.people.models import with_included

ANY_ACCOUNT = {
    *("desk", "text_hints", "calendar_address", "own_notices", "confirm_address"),
    *("own_account", "own_password", "own_data", "own_data_file", "erase_own"),
    *("access", "confirm", "one_time_key", "remove_key", "paper_codes", "sessions", "close_session", "close_other_sessions"),
    *("new_passkey", "remove_passkey", "link_identity", "unlink_identity"),
}
ACCOUNTS = {"accounts", "new_account", "account"}
RESIDENTS = {"residents", "new_resident", "resident"}
ANNUAL = {"annual_exercises", "annual_exercise", "annual_adjustment", "annual_report"}
DELIVERIES = {"annual_deliveries", "annual_withdraw"}
DRAFT = {"annual_new_programme", "annual_programme", "annual_new_activity", "annual_activity", "annual_new_adjustment"}
BUDGET = {"budget_desk", "adecuacion"}
POA_FILES = {"import_poa", "poa_template", "poa_sheet", "poa_example", "poa_file"}
SHEETS = {"sheets", "sheet", "targets"}
# What it opens besides what any account opens. Which editions `edition` shows is said by `planning.policies.READERS`.
OPENS: dict[Role, set[str]] = {
    Role.AUTHOR: {"desk_load", "edition", "open_period", "import_record", "withdraw", "publish", "open_erratum"}
    | BUDGET
    | ANNUAL
    | DELIVERIES
    | DRAFT
    | SHEETS
    | {"new_spending", "new_adecuacion", "new_sheet"}
    | POA_FILES,
    Role.REVIEWER: {"desk_load", "edition", "seal", "send_back", "publish"}
    | BUDGET
    | ANNUAL
    | SHEETS
    | {"approve_adecuacion", "refuse_adecuacion"},
    Role.ADMINISTRATOR: {"desk_load"} | ACCOUNTS,
    Role.DISTRICT_CLERK: {"desk_load"} | RESIDENTS | DELIVERIES,
    Role.EDITOR: {"desk_load", "thesaurus"},
    Role.READER: {"desk_load", "edition"} | BUDGET | ANNUAL | SHEETS,
    Role.RESIDENT: set(),
}


@dataclass(frozen=True)
class Guarded:
    """An address that is not public."""

    name: str
    policy: Policy


def guarded(patterns: list[URLPattern | URLResolver]) -> Iterator[Guarded]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from guarded(pattern.url_patterns)
        elif (policy := getattr(pattern.callback, "policy", anyone)) is not anyone:
            yield Guarded(str(pattern.name), policy)


def opened_by(actor: Actor) -> set[str]:
    return {address.name for address in guarded(get_resolver().url_patterns) if address.policy(actor)}


def holding(*keys: str) -> Actor:
    """An account with those roles, and those that come with them, in the whole institute."""
    roles = frozenset(one for key in keys for one in with_included(key))
    return Actor("cuenta:prueba", roles, account="prueba", scopes=frozenset((role, WHOLE) for role in roles))


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_row_and_no_more(role: Role) -> None:
    assert opened_by(holding(role)) == ANY_ACCOUNT | OPENS[role]


def test_without_a_role_or_with_one_that_nobody_declares_only_ones_own_is_open() -> None:
    assert opened_by(holding()) == ANY_ACCOUNT
    assert opened_by(holding("superuser")) - {"desk_load"} == ANY_ACCOUNT


def test_whoever_did_not_sign_in_opens_nothing_that_is_guarded() -> None:
    assert opened_by(Actor("nadie")) == set()


def test_every_guarded_address_is_somebodys() -> None:
    assert {address.name for address in guarded(get_resolver().url_patterns)} == ANY_ACCOUNT.union(*OPENS.values())
