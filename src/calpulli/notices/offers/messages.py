"""The mails that following by mail needs."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.messages import MessageKind, offer_message

# Asked for by whoever receives it, and the way to stop: there is nothing to leave.
CONFIRM = offer_message(
    MessageKind(
        "notices.confirm",
        _("Enlaces para confirmar un aviso"),
        "notices/mail/confirm.txt",
        may_leave=False,
        valid_for=dt.timedelta(days=3),
    )
)
LIST = offer_message(
    MessageKind(
        "notices.list",
        _("Enlaces a lo que usted sigue"),
        "notices/mail/list.txt",
        may_leave=False,
        valid_for=dt.timedelta(days=1),
    )
)
