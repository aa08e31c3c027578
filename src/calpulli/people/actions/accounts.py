"""Registering an account and changing its password."""

from __future__ import annotations

import re

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act

from .. import policies, queries
from ..inputs import RegisterAccount, SetPassword
from ..models import Account, Area, Reach, role_of
from .checks import name_problems, password_problems
from .holdings import add_grant, reach_problems
from .residents import paper_expires

# As the columns of an account hold them.
LONGEST_AREA = 160
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@act("people.account_registered", policy=policies.register_account)
def register_account(work: Work, command: RegisterAccount) -> Account:
    """Adds an account of staff. The fact carries its opaque id and roles, never its name."""
    area = queries.find_area(command.area.strip())
    problems = [*_name_problems(command), *_role_problems(command, area), *password_problems(command.password)]
    if problems:
        raise Refused(*problems)
    account = Account(
        username=command.username,
        display_name=command.display_name.strip(),
        area=area.name if area else command.area.strip(),
        password_is_temporary=command.temporary,
        paper_expires_at=paper_expires(work) if command.temporary else None,
        demonstration=command.demonstration or None,
    )
    account.set_password(command.password)
    work.add(account)
    for role in sorted(set(command.roles)):
        add_grant(work, account, role, _place_of(role, area), clock.today())
    work.details.update(account=str(account.id), roles=sorted(set(command.roles)))
    return account


def _place_of(role: str, area: Area | None) -> Area | None:
    """Where a new account holds a role: what is of the whole institute is not narrowed by where she works."""
    known = role_of(role)
    return None if known is None or known.reach is Reach.INSTITUTE else area


@act("people.password_set", policy=policies.set_password)
def set_password(work: Work, command: SetPassword) -> Account:
    """Sets another password; every open session of the account ends."""
    account = Account.objects.select_for_update().filter(username=command.username).first()
    if account is None:
        raise Refused(Problem("username", f"No hay una cuenta «{command.username}». Revise el usuario."))
    problems = list(password_problems(command.password))
    if problems:
        raise Refused(*problems)
    account.set_password(command.password)
    account.password_is_temporary = False
    account.paper_expires_at = None
    work.details.update(account=str(account.id))
    return work.save(account)


def _name_problems(command: RegisterAccount) -> list[Problem]:
    problems = []
    if not USERNAME.fullmatch(command.username):
        problems.append(
            Problem(
                "username",
                f"Usuario «{command.username}»: use de 2 a 60 letras minúsculas sin acento, números, punto o guion.",
            )
        )
    elif Account.objects.filter(username=command.username).exists():
        problems.append(Problem("username", f"Ya hay una cuenta «{command.username}». Elija otro usuario."))
    problems += name_problems(command.display_name)
    if not command.area.strip():
        problems.append(Problem("area", "Falta el área a la que pertenece la cuenta."))
    elif (length := len(command.area.strip())) > LONGEST_AREA:
        problems.append(Problem("area", f"El área admite {LONGEST_AREA} caracteres y tiene {length}. Abrévielo."))
    return problems


def _role_problems(command: RegisterAccount, area: Area | None) -> list[Problem]:
    found = [problem for role in command.roles for problem in reach_problems(role, _place_of(role, area))]
    return [Problem("roles" if problem.field == "role" else problem.field, problem.message) for problem in found]
