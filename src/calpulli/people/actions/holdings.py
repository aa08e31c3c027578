"""Posts and roles: who holds what, from when until when. Nobody says so of herself."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import TypeVar

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act

from .. import policies, queries
from ..inputs import Appoint, EndAppointment, GrantRole, RevokeRole
from ..models import Account, Appointment, Area, Grant, Post, Reach, Role, granted_roles, in_force, role_of

Held = TypeVar("Held", Appointment, Grant)


@act("people.account_appointed", policy=policies.appoint)
def appoint(work: Work, command: Appoint) -> Appointment:
    """An account holds a post from a day on.

    The fact says which post and not whose: who holds it may be public with her name, and then so would be all that her account
    did, her passwords and keys too.
    """
    account = locked_staff(work, command.username)
    post = Post.objects.select_related("area").filter(pk=command.post).first()
    if post is None:
        raise Refused(Problem("post", f"No hay un puesto «{command.post}» en la organización. Elija uno de la lista."))
    problems = [*_own(work, account), *_closed(post.area, command.since, "post"), *_sensible("since", command.since)]
    if Appointment.objects.filter(in_force(command.since), account=account, post=post).exists():
        problems.append(Problem("post", f"{account.display_name} ya ocupa ese puesto."))
    if problems:
        raise Refused(*problems)
    work.details.update(post=post.key)
    return work.add(Appointment(account=account, post=post, since=command.since, salt=secrets.token_hex(16)))


@act("people.appointment_ended", policy=policies.end_appointment)
def end_appointment(work: Work, command: EndAppointment) -> Appointment:
    """Ends what an account holds; the past stays as it was."""
    held = _held(work, Appointment, command.appointment_id)
    _refuse_ending(work, held, command.until)
    held.until = command.until
    work.details.update(post=held.post_id)
    return work.save(held)


@act("people.role_granted", policy=policies.grant_role)
def grant_role(work: Work, command: GrantRole) -> Grant:
    """An account has a role from a day on."""
    account = locked_staff(work, command.username)
    problems = [*_own(work, account), *_sensible("since", command.since)]
    area = queries.find_area(command.area) if command.area else None
    if command.area and area is None:
        problems.append(Problem("area", f"No hay un área «{command.area}» en la organización. Elija una de la lista."))
    else:
        problems += reach_problems(command.role, area)
    same = Grant.objects.filter(in_force(command.since), account=account, role=command.role, area=area)
    if same.exists():
        problems.append(Problem("role", f"{account.display_name} ya tiene esa función ahí."))
    if problems:
        raise Refused(*problems)
    return add_grant(work, account, command.role, area, command.since)


@act("people.role_revoked", policy=policies.revoke_role)
def revoke_role(work: Work, command: RevokeRole) -> Grant:
    """Takes a role away, from a day on; the last administrator keeps hers."""
    grant = _held(work, Grant, command.grant_id)
    work.hold_chain()  # after the row: of two last administrators who take it from each other, the second is refused
    _refuse_ending(work, grant, command.until)
    if grant.role == Role.ADMINISTRATOR:
        refuse_last_administrator(grant.account)
    grant.until = command.until
    work.details.update(account=str(grant.account_id), role=grant.role, area=grant.area_id or "")
    return work.save(grant)


def add_grant(work: Work, account: Account, role: str, area: Area | None, since: dt.date) -> Grant:
    """Writes a grant and says so in the fact."""
    work.details.update(account=str(account.id), role=role, area=area.key if area else "")
    return work.add(Grant(account=account, role=role, area=area, since=since))


def reach_problems(role: str, area: Area | None) -> Iterator[Problem]:
    """What forbids that role there."""
    known = role_of(role)
    if known is None or known not in granted_roles():
        names = ", ".join(granted_roles())
        yield Problem("role", f"Función «{role}» desconocida. Use: {names}.")
    elif known.reach is Reach.INSTITUTE and area is not None:
        yield Problem("area", f"«{known.label}» es una función de todo el instituto: deje el área vacía.")
    elif known.reach is Reach.DISTRICT and (area is None or area.kind != Area.Kind.DISTRICT):
        yield Problem("area", f"«{known.label}» es una función de un distrito: elija cuál.")


def refuse_last_administrator(account: Account) -> None:
    """Refused if without this account nobody active would administer accounts."""
    now = in_force(clock.today())
    granted = Grant.objects.filter(now, role=Role.ADMINISTRATOR, account__is_active=True)
    if granted.filter(account=account).exists() and not granted.exclude(account=account).exists():
        message = "Es la única cuenta que administra a las demás. Dele antes esa función a otra persona."
        raise Refused(Problem(None, message))


def locked_staff(work: Work, username: str) -> Account:
    """The account of staff of that user name, locked and active; Refused otherwise."""
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        raise Refused(Problem("username", f"No hay una cuenta «{username}». Revise el usuario."))
    if account.is_resident:
        raise Refused(Problem("username", f"La cuenta «{username}» es de una residente: no tiene puestos ni funciones."))
    if not account.is_active:
        raise Refused(Problem("username", f"La cuenta «{username}» está desactivada. Reactívela primero."))
    return account


def _held(work: Work, model: type[Held], key: int) -> Held:
    try:
        return work.lock(model, pk=key)
    except model.DoesNotExist as error:
        raise Refused(Problem(None, "Eso ya no está. Vuelva a la página de la cuenta.")) from error


def _own(work: Work, account: Account) -> Iterator[Problem]:
    """Nobody changes what she herself may do."""
    if str(account.pk) == work.by.account:
        yield Problem(None, "Nadie cambia sus propios puestos ni funciones: pídalo a otra persona que administre cuentas.")


def _refuse_ending(work: Work, held: Appointment | Grant, until: dt.date) -> None:
    problems = list(_own(work, held.account))
    if held.until is not None and held.until <= clock.today():
        problems.append(Problem(None, f"Ya terminó el {held.until:%d/%m/%Y}."))
    if until < held.since:
        problems.append(Problem("until", f"No puede terminar antes de empezar ({held.since:%d/%m/%Y})."))
    problems += _sensible("until", until)
    if problems:
        raise Refused(*problems)


def _sensible(field: str, day: dt.date) -> Iterator[Problem]:
    """Neither in another century nor by a slip of the year."""
    if abs((day - clock.today()).days) > 366 * 10:
        yield Problem(field, f"La fecha {day:%d/%m/%Y} está a más de diez años de hoy. Revísela.")


def _closed(area: Area, since: dt.date, field: str) -> Iterator[Problem]:
    if area.until is not None and area.until <= since:
        yield Problem(field, f"El área «{area.name}» se cerró el {area.until:%d/%m/%Y}.")
