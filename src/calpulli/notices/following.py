"""Who follows what: asked for on a page, confirmed by mail, left with one step.

Nothing here tells whether an address was known: what the page says is the same, and the mail goes to its owner alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import get_script_prefix
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django_tasks import task

from calpulli.commons import clock
from calpulli.commons.act import speaking
from calpulli.commons.registries.messages import MESSAGES
from calpulli.commons.registries.topics import Topic, find_topic

from . import mail, outbox
from .models import Asking, Mailbox, Message, Refusal, Subscription

CONFIRMING, LISTING = "calpulli.notices.confirming", "calpulli.notices.listing"
CONFIRM_WITHIN = dt.timedelta(days=3)
LIST_WITHIN = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
# Forms within an hour: from one network address, and mails that they cause to one mailbox.
FORMS_AN_HOUR, MAILS_AN_HOUR = 20, 3
BATCH = 500


class TooOften(Exception):  # noqa: N818 - what happened
    """Too many forms came from there within the hour."""


class Outworn(Exception):  # noqa: N818 - what the link is
    """A link that is no longer good, or never was."""


@dataclass(frozen=True)
class Leaving:
    """What a link of a mail leaves: topics, or else a kind of message."""

    mailbox: str
    kind: str
    topics: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        """What is left, in words."""
        if self.topics:
            return [topic.title if topic else key for key, topic in ((key, find_topic(key)) for key in self.topics)]
        kind = MESSAGES.get(self.kind)
        return [str(kind.label) if kind else self.kind]


@dataclass(frozen=True)
class Followed:
    """A line of someone's own list."""

    key: str
    title: str
    url: str
    since: dt.datetime | None


def ask(address: str, topic: Topic, *, origin: str) -> None:
    """Asks the owner of an address whether to follow; raises TooOften, and ValidationError for what is no address.

    What depends on the address is the worker's, here and in `ask_list`: whoever measures how long the page takes learns nothing.
    """
    _count(origin)
    with transaction.atomic():
        ask_owner.enqueue(str(outbox.key_of(address)), topic.key, *_voice())


@task()
def ask_owner(mailbox_id: str, topic_key: str, language: str, prefix: str) -> None:
    """Writes down that somebody asked, and mails the link to confirm it."""
    mailbox, topic = Mailbox.objects.filter(pk=mailbox_id).first(), find_topic(topic_key)
    if mailbox is None or topic is None:
        return
    now = clock.now()
    found, _made = Subscription.objects.get_or_create(mailbox=mailbox, topic=topic.key, defaults={"asked_at": now})
    if not found.confirmed_at:
        Subscription.objects.filter(pk=found.pk).update(asked_at=now)
    told = {"topic": topic, "token": _signed(CONFIRMING, str(found.pk)), "known": found.confirmed_at}
    with speaking(language, prefix):
        _tell(mailbox, "notices.confirm", told)


def ask_list(address: str, *, origin: str) -> None:
    """Mails the link to one's own list, if there is anything on it; raises as `ask` does."""
    _count(origin)
    found = Mailbox.objects.filter(address=outbox.checked(address)).values_list("pk", flat=True).first()
    send_list.enqueue(str(found or uuid4()), *_voice())


@task()
def send_list(mailbox_id: str, language: str, prefix: str) -> None:
    """Mails the link to the list of a mailbox that has one."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if mailbox and (mailbox.subscriptions.exists() or mailbox.refusals.exists()):
        with speaking(language, prefix):
            _tell(mailbox, "notices.list", {"token": _signed(LISTING, str(mailbox.pk))})


def _voice() -> tuple[str, str]:
    """The language of whoever asks and its addresses, for the worker to answer in."""
    return get_language() or settings.LANGUAGE_CODE, get_script_prefix()


def _tell(mailbox: Mailbox, kind: str, context: Mapping[str, Any]) -> None:
    """A mail that a form of anyone's causes: a mailbox gets few of them, whoever sends the forms."""
    recent = Message.objects.filter(mailbox=mailbox, kind__startswith="notices.", made_at__gt=clock.now() - HOUR)
    if recent.count() < MAILS_AN_HOUR:
        outbox.put(kind, to=mailbox.address, context=context, key=clock.now().isoformat())


def _signed(salt: str, what: str) -> str:
    return signing.dumps(what, salt=salt)


def _read(token: str, salt: str, within: dt.timedelta | None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=within)
    except signing.BadSignature as error:
        raise Outworn from error


def _count(origin: str) -> None:
    """Counts a form from a network address, of which only a keyed hash is kept, and only for the hour."""
    now, key = clock.now(), salted_hmac("calpulli.notices.asking", origin, algorithm="sha256").hexdigest()
    Asking.objects.filter(at__lt=now - HOUR).delete()
    if Asking.objects.filter(key=key).count() >= FORMS_AN_HOUR:
        raise TooOften
    Asking.objects.create(key=key, at=now)


def asked_for(token: str) -> Topic:
    """What a link to confirm is about; Outworn when it is no longer good."""
    topic = find_topic(_asked(token).topic)
    if topic is None:
        raise Outworn
    return topic


def _asked(token: str) -> Subscription:
    found = Subscription.objects.filter(pk=_read(token, CONFIRMING, CONFIRM_WITHIN)).first()
    if found is None:
        raise Outworn
    return found


def confirm(token: str) -> Topic:
    """Begins to follow; again is the same as once."""
    topic, found = asked_for(token), _asked(token)
    Subscription.objects.filter(pk=found.pk, confirmed_at=None).update(confirmed_at=clock.now())
    return topic


def leaving(token: str) -> Leaving:
    """What a link to leave is about."""
    told = _read(token, mail.LEAVING, None)
    return Leaving(told["m"], told["k"], tuple(told["t"]))


def leave(what: Leaving) -> None:
    """Leaves it; again is the same as once, also after the mailbox was erased."""
    if what.topics:
        Subscription.objects.filter(mailbox_id=what.mailbox, topic__in=what.topics).delete()
    elif Mailbox.objects.filter(pk=what.mailbox).exists():
        Refusal.objects.get_or_create(mailbox_id=what.mailbox, kind=what.kind)


def mailbox_listed(token: str) -> Mailbox:
    """Whose list a link shows; Outworn when it is no longer good."""
    found = Mailbox.objects.filter(pk=_read(token, LISTING, LIST_WITHIN)).first()
    if found is None:
        raise Outworn
    return found


def followed(mailbox: Mailbox) -> list[Followed]:
    """What a mailbox follows, in the order in which it began."""
    found = mailbox.subscriptions.exclude(confirmed_at=None).order_by("confirmed_at")
    pairs = [(one, find_topic(one.topic)) for one in found]
    return [
        Followed(one.topic, topic.title if topic else one.topic, topic.url if topic else "", one.confirmed_at)
        for one, topic in pairs
    ]


def refused(mailbox: Mailbox) -> list[str]:
    """The kinds of message that a mailbox does not want."""
    return list(mailbox.refusals.order_by("kind").values_list("kind", flat=True))


def unfollow(mailbox: Mailbox, topic: str) -> None:
    """Stops following one topic."""
    mailbox.subscriptions.filter(topic=topic).delete()


def want(address: str, kind: str, *, wanted: bool) -> None:
    """Sets whether an address receives a kind of message that may be left."""
    mailbox = outbox.mailbox_of(address)
    if wanted:
        mailbox.refusals.filter(kind=kind).delete()
    else:
        Refusal.objects.get_or_create(mailbox=mailbox, kind=kind)


def announce(kind: str, *, topics: Sequence[str], event: str, context: Mapping[str, Any]) -> None:
    """Tells whoever follows one of those topics, after the commit: one mail an address for an event, whatever it follows."""
    if Subscription.objects.filter(topic__in=topics).exclude(confirmed_at=None).exists():
        spread.enqueue(kind, list(topics), event, dict(context), "")


@task()
def spread(kind: str, topics: list[str], event: str, context: dict[str, Any], after: str) -> int:
    """Writes the next few messages of an announcement, and asks for the rest; gives how many."""
    batch = _next_followers(topics, after)
    for mailbox, reasons in batch:
        outbox.put(kind, to=mailbox.address, context=context, key=event, topics=reasons)
    if len(batch) == BATCH:
        spread.enqueue(kind, topics, event, context, str(batch[-1][0].pk))
    return len(batch)


def _next_followers(topics: list[str], after: str) -> list[tuple[Mailbox, list[str]]]:
    followers = Mailbox.objects.filter(subscriptions__topic__in=topics, subscriptions__confirmed_at__isnull=False)
    rest = followers.filter(pk__gt=after) if after else followers
    chosen = list(rest.distinct().order_by("pk")[:BATCH])
    held = Subscription.objects.filter(mailbox__in=chosen, topic__in=topics).exclude(confirmed_at=None)
    reasons: dict[Any, list[str]] = {}
    for mailbox_id, topic in held.order_by("topic").values_list("mailbox_id", "topic"):
        reasons.setdefault(mailbox_id, []).append(topic)
    return [(mailbox, reasons[mailbox.pk]) for mailbox in chosen]


def forget_unconfirmed() -> int:
    """Deletes what nobody confirmed in time; how many."""
    old = Subscription.objects.filter(confirmed_at=None, asked_at__lt=clock.now() - CONFIRM_WITHIN)
    return old.delete()[0]


def forget_mailbox(address: str) -> int:
    """Deletes an address with all that hangs on it: what it follows, what was sent to it; how many rows."""
    return Mailbox.objects.filter(address=address.lower()).delete()[0]


def move(old: str, new: str, *, hers: bool) -> None:
    """The owner of an address has another: what was sent to the old one goes, what she refuses comes along.

    Of one that is no way into her account (not `hers`), the notices of her work alone. What waits is still sent, since it may be
    the warning that somebody changed her address; it is forgotten in its time. What the old address follows was asked for
    from that mailbox, and is its own to leave.
    """
    found = Mailbox.objects.filter(address=old.strip().lower()).first()
    if found is None or old.strip().lower() == new.strip().lower():
        return
    refused = found.refusals.all() if hers else work_refusals(found.address)
    sent = found.messages.all() if hers else work_mail(found.address)
    if new:
        mailbox_id = outbox.key_of(new)
        kinds = refused.values_list("kind", flat=True)
        Refusal.objects.bulk_create([Refusal(mailbox_id=mailbox_id, kind=kind) for kind in kinds], ignore_conflicts=True)
    refused.delete()
    sent.exclude(state=Message.State.WAITING).delete()
    outbox.forget_empty()


def work_mail(address: str) -> QuerySet[Message]:
    """The notices of work that were sent to an address."""
    return Message.objects.filter(mailbox__address=address.lower(), kind__in=_work_kinds())


def work_refusals(address: str) -> QuerySet[Refusal]:
    """The notices of work that an address does not want."""
    return Refusal.objects.filter(mailbox__address=address.lower(), kind__in=_work_kinds())


def forget_work_mail(address: str) -> int:
    """Deletes both; the address too if nothing else hangs on it. How many rows."""
    count = work_mail(address).delete()[0] + work_refusals(address).delete()[0]
    outbox.forget_empty()
    return count


def _work_kinds() -> list[str]:
    return [kind.key for kind in MESSAGES if kind.staff]
