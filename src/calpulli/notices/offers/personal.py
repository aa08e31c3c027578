"""What notices keeps of people: addresses of mail, and the mail itself until it is old."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from .. import following
from ..models import Mailbox, Message
from ..outbox import DEAD_KEPT_FOR, KEPT_FOR

BASIS = _("Consentimiento de quien pide los avisos")
MAIL_KEPT = format_lazy(
    _("{sent} días después de enviarse; {dead} si no se pudo enviar"), sent=KEPT_FOR.days, dead=DEAD_KEPT_FOR.days
)
WHILE_ASKED = _("Mientras pida avisos")


def _mailboxes(person: Person, /) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(address=person.email.lower()) if person.email else Mailbox.objects.none()


def _messages(person: Person, /) -> QuerySet[Message]:
    return Message.objects.filter(mailbox__in=_mailboxes(person))


def _forget(person: Person, /) -> int:
    return following.forget_mailbox(person.email) if person.email else 0


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
