"""Changing how an account proves who it is. Each change is a fact; no secret is in one."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from calpulli.commons.act import Forbidden, Problem, Refused, Work, act
from calpulli.notices import doors as notices

from .. import factors, policies, sessions, vault
from ..inputs import OwnFactor, ResetFactors, SetOneTimeKey, UsePaperCode
from ..inputs.credentials import RESET_REASONS
from ..models import Account, OneTimeKey, Passkey, RecoveryCode

WITHDRAWN = "people.second_factor_withdrawn"


@act("people.one_time_key_set", policy=policies.set_one_time_key)
def set_one_time_key(work: Work, command: SetOneTimeKey) -> list[str]:
    """Gives the account an application's key, in place of any other, and ten codes on paper, which it gives back."""
    account = own(work, command.account_id)
    step = factors.step_of(command.secret, command.code)
    if step is None or not factors.spend(account, step):
        raise Refused(Problem("code", _("Ese código no es el que muestra su aplicación ahora. Espere al siguiente y escríbalo.")))
    for old in OneTimeKey.objects.filter(account=account):
        work.remove(old)
    end_enrolment(work, account)
    sealed = vault.seal(command.secret, about=str(account.pk))
    work.add(OneTimeKey(account=account, sealed_secret=sealed, since=work.at))
    work.details.update(account=str(account.pk))
    return new_paper_codes(work, account)


@act("people.one_time_key_removed", policy=policies.remove_one_time_key)
def remove_one_time_key(work: Work, command: OwnFactor) -> None:
    """Takes the application's key away; the codes on paper too, if there is no other second factor."""
    account = own(work, command.account_id)
    keys = list(OneTimeKey.objects.filter(account=account))
    if not keys:
        raise Refused(Problem(None, _("Su cuenta no tiene una aplicación de códigos.")))
    for key in keys:
        work.remove(key)
    drop_useless_codes(work, account)
    work.details.update(account=str(account.pk))


@act("people.recovery_codes_made", policy=policies.make_paper_codes)
def make_paper_codes(work: Work, command: OwnFactor) -> list[str]:
    """Ten new codes on paper; those from before are worth nothing any more."""
    account = own(work, command.account_id)
    if not factors.has_one(account):
        raise Refused(Problem(None, _("Los códigos de recuperación acompañan a un segundo factor, y su cuenta no lo tiene.")))
    work.details.update(account=str(account.pk))
    return new_paper_codes(work, account)


@act("people.recovery_code_used", policy=policies.use_paper_code)
def use_paper_code(work: Work, command: UsePaperCode) -> int:
    """Spends one code on paper and says how many are left; of two that come with the same at once, one is refused."""
    account = own(work, command.account_id)
    kept = RecoveryCode.objects.select_for_update().filter(account=account, code_hash=factors.paper_hash(command.code))
    code = kept.filter(used_at=None).first()
    if code is None:
        raise Refused(Problem("paper_code", _("Ese código de recuperación no es suyo o ya se usó. Escriba otro de su lista.")))
    code.used_at = work.at
    work.save(code)
    work.details.update(account=str(account.pk))
    return factors.paper_codes_left(account)


@act(WITHDRAWN, policy=policies.reset_factors)
def reset_factors(work: Work, command: ResetFactors) -> Account:
    """Takes away the second factor of somebody who lost it, and ends her sessions.

    Her password alone signs in again; of staff, to nothing but having another second factor.
    """
    account = Account.objects.select_for_update().filter(username=command.username).first()
    problems = [] if command.reason in dict(RESET_REASONS) else [Problem("reason", _reasons(command.reason))]
    if account is None:
        problems.append(Problem("username", _("No hay una cuenta «%s». Revise el usuario.") % command.username))
    elif work.by.account == str(account.pk):
        problems.append(Problem(None, _("Nadie restablece su propio segundo factor: pídalo a otra persona.")))
    elif not factors.has_one(account):
        problems.append(Problem("username", _("La cuenta «%s» no tiene segundo factor.") % command.username))
    if account is None or problems:
        raise Refused(*problems)
    for kind in (OneTimeKey, Passkey, RecoveryCode):
        for row in kind._default_manager.filter(account=account):
            work.remove(row)
    sessions.close_others(account, but=None)
    if not account.is_resident:
        account.must_enrol = True
        work.save(account)
    work.details.update(account=str(account.pk), reason=command.reason)
    if account.email:
        notices.send(WITHDRAWN, to=account.email, context={}, key=f"{account.pk} {work.at.isoformat()}")
    return account


def _reasons(given: str) -> str:
    known = ", ".join(f"{key} ({words})" for key, words in RESET_REASONS)
    return _("El motivo «%(given)s» no es uno de estos: %(known)s.") % {"given": given, "known": known}


def own(work: Work, account_id: UUID) -> Account:
    """The account that acts, locked: nobody changes another's through these."""
    if work.by.account != str(account_id):
        raise Forbidden(work.by.ref)
    return work.lock(Account, pk=account_id)


def end_enrolment(work: Work, account: Account) -> None:
    """She has a second factor again after hers was taken away."""
    if account.must_enrol:
        account.must_enrol = False
        work.save(account)


def drop_useless_codes(work: Work, account: Account) -> None:
    """Codes on paper stand for a second factor: without one they would be no more than a way round it."""
    if not factors.has_one(account):
        for row in RecoveryCode.objects.filter(account=account):
            work.remove(row)


def new_paper_codes(work: Work, account: Account) -> list[str]:
    """Ten codes in place of any others."""
    for old in RecoveryCode.objects.filter(account=account):
        work.remove(old)
    codes = [factors.paper_code() for _number in range(factors.PAPER_CODES)]
    for code in codes:
        work.add(RecoveryCode(account=account, code_hash=factors.paper_hash(code)))
    return codes
