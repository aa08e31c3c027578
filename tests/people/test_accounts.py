"""Accounts: every reason at once, passwords hashed, sessions that end, and the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.people.actions import register_account, set_password
from calpulli.people.inputs import RegisterAccount, SetPassword
from calpulli.people.models import Account

SYSTEM = Actor.system("prueba")
GOOD = RegisterAccount("ana.lopez", "Ana Inventada", "Planeación", ("author",), "copal-nube-jade-12")


def test_an_account_is_registered_with_its_password_hashed(db: None) -> None:
    account = register_account(GOOD, by=SYSTEM).result
    assert GOOD.password not in account.password
    assert account.check_password(GOOD.password)
    assert not account.check_password(GOOD.password + " ")


def test_every_reason_comes_at_once(db: None) -> None:
    with pytest.raises(Refused) as refused:
        register_account(RegisterAccount("Área 1", " ", "", ("jefa",), "corta"), by=SYSTEM)
    assert {problem.field for problem in refused.value.problems} == {*("username", "display_name", "area", "roles", "password")}
    assert not Account.objects.filter(display_name=" ").exists()


def test_what_does_not_fit_in_an_account_is_told_with_its_limit(db: None) -> None:
    register_account(replace(GOOD, display_name="ñ" * 120, area="á" * 160), by=SYSTEM)
    long = replace(GOOD, username="a" * 61, display_name="ñ" * 121, area="á" * 161)
    with pytest.raises(Refused) as refused:
        register_account(long, by=SYSTEM)
    told = {problem.field: problem.message for problem in refused.value.problems}
    assert "de 2 a 60" in told["username"]
    assert "admite 120 caracteres y tiene 121" in told["display_name"]
    assert "admite 160 caracteres y tiene 161" in told["area"]


def test_a_user_name_is_taken_once(db: None) -> None:
    register_account(GOOD, by=SYSTEM)
    with pytest.raises(Refused, match="Ya hay una cuenta"):
        register_account(GOOD, by=SYSTEM)


def test_only_the_operator_registers(db: None) -> None:
    with pytest.raises(Forbidden):
        register_account(GOOD, by=Actor("cuenta:x", frozenset({"author"}), "x"))


def test_another_password_ends_the_sessions_and_leaves_a_fact(db: None, client: Any) -> None:
    account = register_account(GOOD, by=SYSTEM).result
    client.force_login(Account.objects.get(pk=account.pk))
    assert client.get("/mesa").status_code == 200
    before = ledger.head("people").sequence
    set_password(SetPassword("ana.lopez", "otra-salvia-volcan-33"), by=SYSTEM)
    assert client.get("/mesa").status_code == 302
    (fact,) = ledger.facts_after("people", before)
    assert (fact["name"], fact["details"]) == ("people.password_set", {"account": str(account.pk)})


def test_the_command_registers_and_refuses(server: Any, fresh_database: str) -> None:
    import subprocess
    import sys

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "calpulli.site.cli", "account", *words]
        environment = server.environment(fresh_database)
        return subprocess.run(command, env=environment, input="copal-nube-jade-12\n", text=True, capture_output=True, check=False)

    words = ("register", "ana.lopez", "--name", "Ana Inventada", "--area", "Planeación", "--role", "reviewer")
    assert run(*words).returncode == 0
    again = run(*words)
    assert again.returncode == 1
    assert "Ya hay una cuenta" in again.stderr
    missing = run("password", "nadie")
    assert missing.returncode == 1
    assert "No hay una cuenta «nadie»" in missing.stderr
