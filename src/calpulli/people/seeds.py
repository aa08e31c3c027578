"""The demo's accounts: invented people, with passwords made on the spot and kept in the state folder."""

from __future__ import annotations

import secrets

from calpulli.commons.act import Actor

from . import queries
from .actions import register_account
from .inputs import RegisterAccount
from .models import Role

DEMO = (
    ("area", "Persona de demostración A", "Secretaría Administrativa", (Role.AUTHOR,)),
    ("revision", "Persona de demostración B", "Secretaría Administrativa", (Role.REVIEWER,)),
)
WORDS = [
    "agave",
    "alba",
    "arena",
    "barro",
    "brisa",
    "cacao",
    "canela",
    "cedro",
    "cielo",
    "copal",
    "faro",
    "flor",
    "jade",
    "lago",
    "luna",
    "maguey",
    "maiz",
    "mar",
    "nopal",
    "nube",
    "obsidiana",
    "piedra",
    "pino",
    "rio",
    "salvia",
    "sol",
    "tierra",
    "valle",
    "viento",
    "volcan",
]


def seed_accounts() -> dict[str, str]:
    """Registers the demo accounts that are not there yet; gives the passwords of those it registered."""
    made = {}
    for username, name, area, roles in DEMO:
        if not queries.exists(username):
            made[username] = _password()
            register_account(
                RegisterAccount(username, name, area, tuple(role.value for role in roles), made[username]),
                by=Actor.system("siembra"),
            )
    return made


def _password() -> str:
    """Five words and a number: over 30 bits, and easy to type on a phone; works on loopback only, for a demo."""
    return "-".join(secrets.choice(WORDS) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"
