"""Whether an account may enter, and one's own password."""

from __future__ import annotations

from uuid import UUID

from calpulli.commons.act import Forbidden, Problem, Refused, Work, act

from .. import policies
from ..inputs import ChangePassword, DeactivateAccount, ReactivateAccount
from ..models import Account
from .checks import password_problems
from .holdings import refuse_last_administrator
from .residents import paper_expires

SHORTEST_REASON = 10


@act("people.account_deactivated", policy=policies.deactivate_account)
def deactivate_account(work: Work, command: DeactivateAccount) -> Account:
    """The account may no longer enter, and its open sessions end. The reason is kept beside it, outside the ledger."""
    account = _in_charge(work, command.account_id)
    work.hold_chain()  # after the row, as all here: of two last administrators who deactivate each other, the second is refused
    if not account.is_active:
        raise Refused(Problem(None, "La cuenta ya está desactivada."))
    if len(command.reason.strip()) < SHORTEST_REASON:
        raise Refused(Problem("reason", f"Diga el motivo en al menos {SHORTEST_REASON} letras."))
    refuse_last_administrator(account)
    account.is_active, account.inactive_because = False, command.reason.strip()
    account.set_unusable_password()
    work.details.update(account=str(account.id))
    return work.save(account)


@act("people.account_reactivated", policy=policies.reactivate_account)
def reactivate_account(work: Work, command: ReactivateAccount) -> Account:
    """The account may enter again, with a password until its owner sets her own."""
    account = _in_charge(work, command.account_id)
    problems = list(password_problems(command.password))
    if account.is_active:
        problems.append(Problem(None, "La cuenta ya está activa."))
    if account.erased_on:
        problems.append(Problem(None, "Los datos de esta cuenta se borraron: registre otra."))
    if problems:
        raise Refused(*problems)
    account.is_active, account.inactive_because = True, ""
    account.set_password(command.password)
    account.password_is_temporary = True
    account.paper_expires_at = paper_expires(work)
    work.details.update(account=str(account.id))
    return work.save(account)


@act("people.password_changed", policy=policies.change_password)
def change_password(work: Work, command: ChangePassword) -> Account:
    """One's own password, by whoever knows the one in use; every other session ends."""
    account = work.lock(Account, pk=work.by.account)
    problems = list(password_problems(command.password))
    if not account.check_password(command.current):
        problems.append(Problem("current", "No es la contraseña que usa hoy. Escríbala otra vez."))
    elif command.current == command.password:
        problems.append(Problem("password", "Es la misma que usa hoy. Elija otra."))
    if problems:
        raise Refused(*problems)
    account.set_password(command.password)
    account.password_is_temporary = False
    account.paper_expires_at = None
    work.details.update(account=str(account.id))
    return work.save(account)


def _in_charge(work: Work, account_id: UUID) -> Account:
    """The account, locked: of staff, in charge of administrators; of a resident, of who attends her district."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None or not policies.has_in_charge(work.by, resident=account.is_resident, district=account.district_id):
        raise Forbidden(f"{work.by.ref} does not have {account_id} in charge")
    if str(account.pk) == work.by.account:
        raise Refused(Problem(None, "Nadie desactiva su propia cuenta: pídalo a otra persona que administre cuentas."))
    return account
