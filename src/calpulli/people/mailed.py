"""A resident's way in: six digits by mail, good for minutes, once, and only in the browser that asked.

The code is worked out from the row that asked for it and the site's key, so that it is kept nowhere. Who has that address
is looked up after the answer was given, by the worker: the page does the same work whether or not the address is known.
"""

from __future__ import annotations

import datetime as dt
import hmac
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django_tasks import task

from calpulli.commons import clock
from calpulli.commons.registries.personal import Person
from calpulli.notices import doors as notices

from .models import Account, MailedCode

KIND = "people.sign_in_code"
GOOD_FOR = dt.timedelta(minutes=10)
MOST_TRIES = 5


def ask(address: str) -> UUID:
    """Writes the request down and leaves the rest to the worker; the browser must keep what this gives."""
    now = clock.now()
    with transaction.atomic():
        MailedCode.objects.filter(made_at__lt=now - 2 * GOOD_FOR).delete()
        asked = MailedCode.objects.create(address=address.strip().lower(), made_at=now)
        deliver.enqueue(str(asked.pk))
    return asked.pk


@task()
def deliver(asked_id: str) -> str:
    """Sends the code, if exactly one resident has that address. Staff have a second factor, which this must not go round."""
    asked = MailedCode.objects.filter(pk=asked_id).first()
    found = residents_of(asked.address) if asked else []
    if asked is None or len(found) != 1 or clock.now() - asked.made_at > GOOD_FOR:
        return "nothing to do"
    with transaction.atomic():
        MailedCode.objects.filter(pk=asked.pk).update(account=found[0])
        try:
            notices.send(KIND, to=found[0].email, context={"code": code_of(asked)}, key=str(asked.pk))
        except ValidationError:
            return "no address"
    return "sent"


def residents_of(address: str) -> list[Account]:
    """The residents who may sign in with that address; two with the same one are told apart by their folios instead.

    The database folds case as its locale does, and in many "ı" and "ſ" are an "i" and an "s": another address, of somebody else.
    """
    kind = Account.Kind.RESIDENT
    alike = Account.objects.filter(kind=kind, is_active=True, email__iexact=address).exclude(email="")
    return [account for account in alike if account.email.lower() == address][:2]


def code_of(asked: MailedCode) -> str:
    """Six digits, from the row and the site's key: whoever copies the database learns nothing of them."""
    mac = salted_hmac("calpulli.people.mailed_code", f"{asked.pk}|{asked.address}", algorithm="sha256").digest()
    return f"{int.from_bytes(mac[:8], 'big') % 10**6:06d}"


def accepts(asked_id: str, code: str) -> Account | None:
    """Whose code it is; None when it is wrong, late, used, or was tried too often. Each call is a try."""
    with transaction.atomic():
        asked = MailedCode.objects.select_for_update(of=("self",)).filter(pk=asked_id).first()
        if asked is None or asked.tries >= MOST_TRIES or clock.now() - asked.made_at > GOOD_FOR:
            return None
        right = hmac.compare_digest(code_of(asked).encode(), code.encode())
        account = asked.account
        if right and account is not None and account.is_active:
            asked.delete()
            return account
        asked.tries += 1
        asked.save(update_fields=["tries"])
    return None


def of_person(person: Person, /) -> QuerySet[MailedCode]:
    """What she asked for, or somebody asked for her mailbox."""
    hers, mailed_to_her = Q(account_id=person.account), person.email and person.signs_in_by_mail
    return MailedCode.objects.filter(hers | Q(address=person.email.strip().lower()) if mailed_to_her else hers)


def forget_of(person: Person, /) -> int:
    """Forgets it; how many."""
    return of_person(person).delete()[0]


def newest_code(account: Account) -> str | None:
    """The code that an account of the demonstration waits for; None when it asked for none lately."""
    since = clock.now() - GOOD_FOR
    asked = MailedCode.objects.filter(address__iexact=account.email, made_at__gt=since, tries__lt=MOST_TRIES)
    newest = asked.order_by("-made_at").first() if account.email else None
    return code_of(newest) if newest else None
