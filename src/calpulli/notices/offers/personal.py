"""What notices keeps of people: addresses of mail, and the mail itself until it is old."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from .. import following
from ..models import Mailbox, Message, Refusal, Subscription
from ..outbox import DEAD_KEPT_FOR, KEPT_FOR

BASIS = _("Consentimiento de quien pide los avisos")
MAIL_KEPT = format_lazy(
    _("{sent} días después de enviarse; {dead} si no se pudo enviar"), sent=KEPT_FOR.days, dead=DEAD_KEPT_FOR.days
)
WHILE_ASKED = _("Mientras pida avisos")


def _mailboxes(person: Person, /) -> QuerySet[Mailbox]:
    hers = person.email and person.signs_in_by_mail
    return Mailbox.objects.filter(address=person.email.lower()) if hers else Mailbox.objects.none()


def _messages(person: Person, /) -> QuerySet[Message]:
    """All that was sent to her mailbox; to one that is no way into her account, no more than the notices of her work."""
    if person.email and not person.signs_in_by_mail:
        return following.work_mail(person.email)
    return Message.objects.filter(mailbox__in=_mailboxes(person))


def _subscriptions(person: Person, /) -> QuerySet[Subscription]:
    return Subscription.objects.filter(mailbox__in=_mailboxes(person))


def _refusals(person: Person, /) -> QuerySet[Refusal]:
    if person.email and not person.signs_in_by_mail:
        return following.work_refusals(person.email)
    return Refusal.objects.filter(mailbox__in=_mailboxes(person))


def _forget(person: Person, /) -> int:
    forget = following.forget_mailbox if person.signs_in_by_mail else following.forget_work_mail
    return forget(person.email) if person.email else 0


declare(
    PersonalData(
        Mailbox,
        _("Correo para avisos"),
        {"address": Kept(_("Correo"), _("Enviar los avisos pedidos"), BASIS, WHILE_ASKED)},
        _mailboxes,
        _forget,
    )
)
# They hang on the mailbox, and go with it.
declare(
    PersonalData(
        Message,
        _("Avisos enviados"),
        {
            "subject": Kept(_("Asunto"), _("Enviar el aviso, y saber si llegó"), BASIS, MAIL_KEPT),
            "body": Kept(_("Texto del aviso"), _("Enviar el aviso"), BASIS, MAIL_KEPT),
        },
        _messages,
        nothing_more,
    )
)
declare(
    PersonalData(
        Subscription,
        _("Lo que sigue por correo"),
        {
            "topic": Kept(_("Qué sigue"), _("Avisarle de lo que pidió"), BASIS, WHILE_ASKED),
            "asked_at": Kept(_("Cuándo lo pidió"), _("Olvidar lo que nadie confirma"), BASIS, WHILE_ASKED),
            "confirmed_at": Kept(_("Cuándo lo confirmó"), _("Saber que lo pidió quien tiene el correo"), BASIS, WHILE_ASKED),
        },
        _subscriptions,
        nothing_more,
    )
)
declare(
    PersonalData(
        Refusal,
        _("Avisos que no quiere"),
        {"kind": Kept(_("Clase de aviso"), _("No enviárselo"), BASIS, _("Hasta que lo pida de nuevo o borre sus datos"))},
        _refusals,
        nothing_more,
    )
)
