"""The mails of signing in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.messages import MessageKind, offer_message

from .. import confirming, mailed
from ..actions.credentials import WITHDRAWN

# Asked for by whoever receives it; its code is in no copy once it was sent.
CODE = offer_message(
    MessageKind(
        mailed.KIND,
        _("Códigos para entrar"),
        "people/mail/sign_in_code.txt",
        may_leave=False,
        secret=True,
        valid_for=mailed.GOOD_FOR,
    )
)
ADDRESS = offer_message(
    MessageKind(
        confirming.KIND,
        _("Confirmar un correo para avisos"),
        "people/mail/confirm_address.txt",
        may_leave=False,
        secret=True,
        valid_for=confirming.GOOD_FOR,
    )
)
FACTOR = offer_message(
    MessageKind(WITHDRAWN, _("Cambios en cómo entra usted"), "people/mail/factor_withdrawn.txt", may_leave=False)
)
