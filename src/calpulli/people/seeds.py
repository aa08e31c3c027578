"""The demo's accounts: invented people, with passwords made on the spot and kept in the state folder."""

from __future__ import annotations

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor

from . import factors, queries
from .actions import (
    appoint,
    change_contact,
    grant_role,
    import_organisation,
    register_account,
    register_resident,
    set_one_time_key,
)
from .inputs import (
    Appoint,
    ChangeContact,
    GrantRole,
    RegisterAccount,
    RegisterResident,
    SetOneTimeKey,
    made_password,
    parse_organisation,
)
from .models import Account, Role

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
    ("edicion", "Persona de demostración E", "unidad-transparencia", (Role.EDITOR,), "unidad-transparencia-buscador"),
    ("participacion", "Persona de demostración F", "direccion-participacion", (Role.AUTHOR,), "direccion-participacion-captura"),
    ("organizacion", "Persona de demostración G", "direccion-organizacion", (Role.AUTHOR,), "direccion-organizacion-captura"),
    ("educacion", "Persona de demostración H", "direccion-educacion", (Role.AUTHOR,), "direccion-educacion-captura"),
    ("transparencia", "Persona de demostración I", "unidad-transparencia", (Role.AUTHOR,), "unidad-transparencia-captura"),
    ("seguimiento", "Persona de demostración J", "direccion-participacion", (Role.REVIEWER,), "secretaria-ejecutiva-seguimiento"),
    ("distrito", "Persona de demostración D", "distrito-01", (Role.DISTRICT_CLERK,), "distrito-01-atencion"),
)
# Where else an account holds a role: who follows the areas reviews what each of them reports, and not the programme's records.
ALSO = {
    "seguimiento": (
        (Role.REVIEWER, "direccion-organizacion"),
        (Role.REVIEWER, "direccion-educacion"),
        (Role.REVIEWER, "unidad-transparencia"),
        (Role.REVIEWER, "unidad-distritos"),
    )
}
# user name, name, district
RESIDENTS = (
    ("vecina", "Vecina de demostración", "distrito-01"),
    ("vecino", "Vecino de demostración", "distrito-02"),
)


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
            made[username] = made_password()
            held = tuple(role.value for role in roles)
            command = RegisterAccount(username, name, area, held, made[username], demonstration=True)
            enrol(register_account(command, by=Actor.system("siembra")).result)
            appoint(Appoint(username, post, clock.today()), by=Actor.system("siembra"))
            for role, where in ALSO.get(username, ()):
                grant_role(GrantRole(username, role.value, where, clock.today()), by=Actor.system("siembra"))
    return made | _seed_residents()


def _seed_residents() -> dict[str, str]:
    made = {}
    for username, name, district in RESIDENTS:
        if not queries.exists(username):
            made[username] = made_password()
            mail = f"{username}@ejemplo.mx"
            command = RegisterResident(name, district, mail, made[username], username, demonstration=True)
            register_resident(command, by=Actor.system("siembra"))
    return made


def seed_contacts() -> None:
    """Gives the demo's staff an address, once the invented past is told: nobody was written to in it."""
    for username, *_ in DEMO:
        account = queries.find(username)
        if account is not None and not account.email:
            change_contact(ChangeContact(f"{username}@ejemplo.mx"), by=account.actor())


def enrol(account: Account) -> None:
    """A second factor, whose codes `calpulli demo code` tells: the demonstration shows how staff sign in."""
    secret = factors.new_secret()
    code = factors.code_now(secret)
    set_one_time_key(SetOneTimeKey(account_id=account.pk, secret=secret, code=code), by=account.actor())
