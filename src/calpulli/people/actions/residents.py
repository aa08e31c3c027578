"""Residents: registered in person, at the office of their district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from calpulli.commons.act import Forbidden, Problem, Refused, Work, act

from .. import limits, policies, queries
from ..inputs import CorrectResident, RegisterResident, RenewPassword, made_folio
from ..models import Account, Area
from .checks import email_problems, name_problems, password_problems
from .contact import leave_address


@act("people.resident_registered", policy=policies.register_resident)
def register_resident(work: Work, command: RegisterResident) -> Account:
    """Adds a resident's account. Her folio is its user name; the password holds until she sets her own."""
    district = queries.find_area(command.district)
    if district is not None and not policies.attends(work.by, district.key):
        raise Forbidden(f"{work.by.ref} does not attend {district.key}")
    if district is None or district.kind != Area.Kind.DISTRICT or district.number is None:
        raise Refused(
            Problem("district", f"No hay un distrito «{command.district}». Elija uno de la lista."), *_problems(command)
        )
    if problems := list(_problems(command)):
        raise Refused(*problems)
    account = Account(
        username=command.username or _new_folio(district.number),
        display_name=command.display_name.strip(),
        email=command.email.strip(),
        kind=Account.Kind.RESIDENT,
        district=district,
        demonstration=command.demonstration or None,
        password_is_temporary=work.by.account is not None,
    )
    account.set_password(command.password)
    if account.password_is_temporary:
        account.paper_expires_at = paper_expires(work)
    work.details.update(account=str(account.id))
    return work.add(account)


@act("people.resident_corrected", policy=policies.correct_resident)
def correct_resident(work: Work, command: CorrectResident) -> Account:
    """Writes a resident's name or mail as it should be."""
    account = attended(work, command.account_id)
    if problems := [*name_problems(command.display_name), *email_problems(command.email.strip())]:
        raise Refused(*problems)
    leave_address(account, command.email.strip())
    account.display_name, account.email = command.display_name.strip(), command.email.strip()
    work.details.update(account=str(account.id))
    return work.save(account)


@act("people.password_renewed", policy=policies.renew_password)
def renew_password(work: Work, command: RenewPassword) -> Account:
    """Gives a resident who came in person a password until she sets her own; her open sessions end."""
    account = attended(work, command.account_id)
    problems = list(password_problems(command.password))
    if not account.is_active:
        problems.append(Problem(None, "La cuenta está desactivada. Reactívela primero."))
    if problems:
        raise Refused(*problems)
    account.set_password(command.password)
    account.password_is_temporary = True
    account.paper_expires_at = paper_expires(work)
    work.details.update(account=str(account.id))
    return work.save(account)


def paper_expires(work: Work) -> dt.datetime:
    """Until when a password that was handed over serves."""
    return work.at + dt.timedelta(days=limits.current().paper_days)


def attended(work: Work, account_id: UUID) -> Account:
    """A resident of a district that the actor attends, locked; another is not hers to know."""
    account = Account.objects.select_for_update().filter(pk=account_id, kind=Account.Kind.RESIDENT).first()
    if account is None or not policies.attends(work.by, account.district_id or ""):
        raise Forbidden(f"{work.by.ref} does not attend {account_id}")
    return account


def _problems(command: RegisterResident) -> Iterator[Problem]:
    yield from name_problems(command.display_name)
    yield from email_problems(command.email.strip())
    yield from password_problems(command.password)
    if command.username and queries.exists(command.username):
        yield Problem("username", f"Ya hay una cuenta «{command.username}». Elija otro usuario.")


def _new_folio(number: int) -> str:
    folio = made_folio(number)
    return _new_folio(number) if queries.exists(folio) else folio
