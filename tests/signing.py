"""Signing in as staff do, in both steps, where a test is about something else."""

from __future__ import annotations

from typing import Any

from django.test import Client

from calpulli.commons.act import Actor
from calpulli.people import factors
from calpulli.people.actions import register_account
from calpulli.people.doors import actor_named
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import Account


def signed_in(username: str) -> Client:
    """A browser in which that account is already in."""
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def someone(area: str, role: str) -> Actor:
    """A new account that holds `role` in an area, or, if the area is not listed, in the whole institute."""
    name = f"persona.{role}.{len(area)}"
    command = RegisterAccount(name, "Persona Inventada", area, (role,), "copal-nube-jade-12")
    register_account(command, by=Actor.system("prueba"))
    return actor_named(name)


def sign_in(client: Client, username: str, password: str, **more: Any) -> Any:
    """The answer that ends signing in: of the second step, if the account has one."""
    answer = client.post("/entrar", {"username": username, "password": password, **more})
    if answer.status_code == 302 and answer["Location"] == "/entrar/codigo":
        return client.post("/entrar/codigo", {"code": code_for(username)})
    return answer


def code_for(username: str) -> str:
    """A code that the account's application shows now and nobody used."""
    code = factors.fresh_code(Account.objects.get(username=username.strip().lower()))
    assert code is not None, "the codes of this moment are spent"
    return code
