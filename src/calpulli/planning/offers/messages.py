"""The mails that planning sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.messages import MessageKind, offer_message

offer_message(
    MessageKind(
        "planning.published",
        _("Registros publicados de lo que sigue"),
        "planning/mail/published.txt",
        may_leave=True,
    )
)
offer_message(
    MessageKind("planning.submitted", _("Algo espera su revisión"), "planning/mail/submitted.txt", may_leave=True, staff=True)
)
offer_message(
    MessageKind(
        "planning.withdrawn",
        _("Se retiró algo que esperaba su revisión"),
        "planning/mail/withdrawn.txt",
        may_leave=True,
        staff=True,
    )
)
offer_message(
    # What somebody else decided on one's own work, with the reason: nobody is left without it.
    MessageKind(
        "planning.returned", _("Le devolvieron algo para corregir"), "planning/mail/returned.txt", may_leave=False, staff=True
    )
)
offer_message(
    MessageKind(
        "planning.published_own",
        _("Se publicó lo que usted capturó"),
        "planning/mail/published_own.txt",
        may_leave=True,
        staff=True,
    )
)
offer_message(MessageKind("planning.due", _("Recordatorios de plazos"), "planning/mail/due.txt", may_leave=True, staff=True))
