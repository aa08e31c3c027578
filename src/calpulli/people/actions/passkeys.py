"""Registering and removing passkeys."""

from __future__ import annotations

from django.utils.translation import gettext as _

from calpulli.commons.act import Problem, Refused, Work, act

from .. import factors, passkeys, policies
from ..inputs import RegisterPasskey, RemovePasskey
from ..models import Passkey
from .credentials import drop_useless_codes, end_enrolment, new_paper_codes, own

# Enough for every device of a person; a list without end would be slow to ask for.
MOST = 20


@act("people.passkey_registered", policy=policies.register_passkey)
def register_passkey(work: Work, command: RegisterPasskey) -> list[str]:
    """Adds a passkey; gives ten codes on paper when it is the first second factor, and none otherwise."""
    account = own(work, command.account_id)
    mine = passkeys.of_account(account)
    problems = []
    if len(mine) >= MOST:
        problems.append(Problem(None, _("Ya tiene %s llaves de acceso. Quite alguna que no use.") % len(mine)))
    if command.name.strip() in {key.name for key in mine}:
        problems.append(Problem("name", _("Ya tiene una llave «%s». Póngale otro nombre.") % command.name.strip()))
    if Passkey.objects.filter(credential=command.credential).exists():
        problems.append(Problem(None, _("Esa llave ya está registrada.")))
    if problems:
        raise Refused(*problems)
    end_enrolment(work, account)
    codes = [] if factors.has_one(account) else new_paper_codes(work, account)
    key = Passkey(account=account, credential=command.credential, public_key=command.public_key, since=work.at)
    key.name = command.name.strip()
    passkeys.begin_count(work.add(key), command.count)
    work.details.update(account=str(account.pk))
    return codes


@act("people.passkey_removed", policy=policies.remove_passkey)
def remove_passkey(work: Work, command: RemovePasskey) -> None:
    """Takes a passkey away; with the last second factor go the codes on paper."""
    account = own(work, command.account_id)
    key = Passkey.objects.select_for_update().filter(account=account, pk=command.passkey_id).first()
    if key is None:
        raise Refused(Problem(None, _("Esa llave de acceso no es suya o ya se quitó.")))
    work.remove(key)
    drop_useless_codes(work, account)
    work.details.update(account=str(account.pk))
