"""Erasing what is kept of a person: her data go, the facts stay with an opaque reference."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons import clock
from calpulli.commons.act import Forbidden, Problem, Refused, Work, act
from calpulli.commons.registries.personal import PERSONAL
from calpulli.ledger import doors as ledger

from .. import policies
from ..inputs import EraseAccount
from ..models import Account, Appointment, Grant, LinkedIdentity, OneTimeKey, Passkey, RecoveryCode, in_force


@act("people.account_erased", policy=policies.erase_account)
def erase_account(work: Work, command: EraseAccount) -> Account:
    """Blanks a person's data, ends her sessions, and deletes what every package kept of her outside the ledger.

    Of staff who acted, name and user name stay: who did what an authority did is not hers alone to forget.
    """
    account = Account.objects.select_for_update().filter(pk=command.account_id).first()
    if account is None or (work.by.account is not None and work.by.account != str(account.pk)):
        raise Forbidden(f"{work.by.ref} may not erase {command.account_id}")
    if problems := list(_problems(work, account, command)):
        raise Refused(*problems)
    person = account.person()
    name_kept = keeps_name(account)
    _blank(account, name_kept=name_kept)
    work.save(account)
    for kind in (OneTimeKey, RecoveryCode, Passkey, LinkedIdentity):
        for row in kind._default_manager.filter(account=account):
            work.remove(row)
    for data in PERSONAL:
        data.erase(person)
    work.details.update(account=str(account.pk), name_kept=name_kept)
    return account


def keeps_name(account: Account) -> bool:
    """Whether the name stays: of staff with an act in the ledger."""
    return not account.is_resident and bool(ledger.last_facts(1, actor=f"cuenta:{account.pk}"))


def _problems(work: Work, account: Account, command: EraseAccount) -> Iterator[Problem]:
    if account.erased_on:
        yield Problem(None, f"Los datos de esta cuenta ya se borraron el {account.erased_on:%d/%m/%Y}.")
    if work.by.account is not None and not account.check_password(command.password):
        yield Problem("current", "No es su contraseña. Escríbala otra vez.")
    now = in_force(clock.today())
    holds = Appointment.objects.filter(now, account=account).exists() or Grant.objects.filter(now, account=account).exists()
    if holds or account.roles:
        yield Problem(
            None,
            "La cuenta tiene puestos o funciones vigentes: mientras responda de algo aquí, sus datos hacen falta. "
            "Pida primero que se los retiren.",
        )


def _blank(account: Account, *, name_kept: bool) -> None:
    if not name_kept:
        account.username, account.display_name = f"borrada-{account.pk.hex[:16]}", ""
    account.email, account.inactive_because, account.district = "", "", None
    account.set_unusable_password()
    account.password_is_temporary = False
    account.paper_expires_at = None
    account.is_active, account.erased_on = False, clock.today()
