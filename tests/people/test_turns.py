"""Acts on one account at the same moment, each on a connection of its own: one waits for the other, and neither is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import transaction

from calpulli.commons.act import Actor
from calpulli.ledger import doors as ledger
from calpulli.people.actions import change_contact, deactivate_account, set_password
from calpulli.people.doors import actor_named
from calpulli.people.inputs import ChangeContact, DeactivateAccount, SetPassword
from calpulli.people.models import Account
from tests.apart import apart, wait_for

NEW = "copal-nube-jade-12"


def renewed() -> object:
    return set_password(SetPassword("area", NEW), by=Actor.system("prueba"))


def deactivated() -> object:
    account = Account.objects.get(username="area")
    return deactivate_account(DeactivateAccount(account.pk, "Ya no trabaja aquí."), by=actor_named("administracion"))


def written() -> object:
    return change_contact(ChangeContact("otra@ejemplo.mx"), by=actor_named("area"))


@pytest.mark.parametrize("first", [deactivated, written])
def test_two_acts_on_one_account_do_not_wait_for_each_other(fresh_database: str, first: Callable[[], object]) -> None:
    """The chain is taken after the account by all: the first has both, and then the second."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            ledger.lock_chain("people")
            begun = pool.submit(partial(apart, first))
            wait_for(1)
            other = pool.submit(partial(apart, renewed))
            wait_for(2)
        assert [begun.result(), other.result()] == ["done", "done"]
