"""Signing in as staff do, in both steps, where a test is about something else."""

from __future__ import annotations

from typing import Any

from django.test import Client

from calpulli.people import factors
from calpulli.people.models import Account


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
