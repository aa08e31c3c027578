"""The mails that the annual programme sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.messages import MessageKind, offer_message

offer_message(MessageKind("annual.told", _("Avances y ajustes de metas de lo que sigue"), "annual/mail/told.txt", may_leave=True))
offer_message(
    MessageKind("annual.submitted", _("Un reporte espera su revisión"), "annual/mail/submitted.txt", may_leave=True, staff=True)
)
offer_message(
    # What somebody else decided on one's own work, with the reason: nobody is left without it.
    MessageKind(
        "annual.returned", _("Le devolvieron un reporte para corregir"), "annual/mail/returned.txt", may_leave=False, staff=True
    )
)
offer_message(
    MessageKind("annual.due", _("Recordatorios de reportes de actividades"), "annual/mail/due.txt", may_leave=True, staff=True)
)
