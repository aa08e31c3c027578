"""Where a person wants her notices."""

from __future__ import annotations

from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.notices import doors as notices

from .. import policies
from ..inputs import ChangeContact
from ..models import Account
from .checks import email_problems


def leave_address(account: Account, new: str) -> None:
    """Her old address is no longer of hers here; of another account's that has it too, nothing goes."""
    shared = Account.objects.filter(email__iexact=account.email).exclude(pk=account.pk).exists()
    if account.email and not shared:
        notices.move(account.email, new, hers=account.is_resident)


@act("people.contact_changed", policy=policies.change_contact)
def change_contact(work: Work, command: ChangeContact) -> Account:
    """Writes one's own mail, or takes it away. The fact says that it changed; the address stays outside of it.

    A resident's is a way into her account: whoever found her session open must not make it his own. Nobody of staff writes
    a colleague's: what one wants to receive is kept by address, and he could silence her.
    """
    email = command.email.strip()
    if problems := list(email_problems(email)):
        raise Refused(*problems)
    account = work.lock(Account, pk=work.by.account)
    work.hold_chain()  # after the row, as all here: of two who write the same at once, the second is refused
    if account.is_resident and email.lower() != account.email.lower():
        told = "Con ese correo entra usted a su cuenta: se cambia en su oficina de distrito, con una identificación."
        raise Refused(Problem("email", told))
    alike = Account.objects.filter(kind=Account.Kind.STAFF, is_active=True, email__iexact=email).exclude(pk=account.pk)
    if email and not account.is_resident and alike.exists():
        told = "Ese correo es de otra cuenta del personal. Escriba uno que solo usted lea."
        raise Refused(Problem("email", told))
    leave_address(account, email)
    account.email = email
    work.details.update(account=str(account.id))
    return work.save(account)
