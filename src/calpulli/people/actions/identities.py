"""Linking an identity from elsewhere to an account, and forgetting it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from calpulli.commons.act import Problem, Refused, Work, act

from .. import policies
from ..inputs import LinkIdentity, OwnFactor
from ..models import LinkedIdentity
from .credentials import own


@act("people.identity_linked", policy=policies.link_identity)
def link_identity(work: Work, command: LinkIdentity) -> None:
    """The account may sign in with that identity; no two accounts with the same one. The fact does not say which."""
    account = own(work, command.account_id)
    work.hold_chain()  # of two accounts that link the same at once, the second is refused in words
    problems = []
    if LinkedIdentity.objects.filter(issuer=command.issuer, subject=command.subject).exists():
        problems.append(Problem(None, _("Esa identidad ya está ligada a una cuenta.")))
    elif LinkedIdentity.objects.filter(account=account).exists():
        problems.append(Problem(None, _("Su cuenta ya tiene una identidad ligada. Quítela antes de ligar otra.")))
    if not account.is_resident:
        problems.append(Problem(None, _("Las cuentas del personal entran con su segundo factor, no con una identidad externa.")))
    if problems:
        raise Refused(*problems)
    work.add(LinkedIdentity(account=account, issuer=command.issuer, subject=command.subject, since=work.at))
    work.details.update(account=str(account.pk))


@act("people.identity_unlinked", policy=policies.unlink_identity)
def unlink_identity(work: Work, command: OwnFactor) -> None:
    """Forgets the identity."""
    account = own(work, command.account_id)
    found = LinkedIdentity.objects.filter(account=account).first()
    if found is None:
        raise Refused(Problem(None, _("Su cuenta no tiene una identidad ligada.")))
    work.remove(found)
    work.details.update(account=str(account.pk))
