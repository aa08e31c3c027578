"""The demo's accounts: invented people, with passwords made on the spot and kept in the state folder."""

from __future__ import annotations

import secrets

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor

from . import queries
from .actions import appoint, import_organisation, register_account
from .inputs import Appoint, RegisterAccount, parse_organisation
from .models import Role

# user name, name, area, roles, post
DEMO = (
    ("area", "Persona de demostración A", "secretaria-administrativa", (Role.AUTHOR,), "secretaria-administrativa-captura"),
    (
        "revision",
        "Persona de demostración B",
        "secretaria-administrativa",
        (Role.REVIEWER,),
        "secretaria-administrativa-revision",
    ),
    ("administracion", "Persona de demostración C", "unidad-tecnologia", (Role.ADMINISTRATOR,), "unidad-tecnologia-cuentas"),
    ("distrito", "Persona de demostración D", "distrito-01", (Role.DISTRICT_CLERK,), "distrito-01-atencion"),
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


def seed_organisation() -> None:
    """Brings the organisation that the institute's folder tells, if it tells one; what is here already stays."""
    file = institutes.folder(institutes.current().slug) / "organisation.toml"
    if file.exists():
        import_organisation(parse_organisation(file.read_bytes(), file=file.name), by=Actor.system("siembra"))


def seed_accounts() -> dict[str, str]:
    """Registers the demo accounts that are not there yet; gives the passwords of those it registered."""
    made = {}
    for username, name, area, roles, post in DEMO:
        if not queries.exists(username):
            made[username] = _password()
            command = RegisterAccount(username, name, area, tuple(role.value for role in roles), made[username])
            register_account(command, by=Actor.system("siembra"))
            appoint(Appoint(username, post, clock.today()), by=Actor.system("siembra"))
    return made


def _password() -> str:
    """Five words and a number: over 30 bits, and easy to type on a phone; works on loopback only, for a demo."""
    return "-".join(secrets.choice(WORDS) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"
