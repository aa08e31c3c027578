"""What a person is told when she may not sign in: in one place, so that every way in says the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .. import limits


def not_here() -> str:
    """Why an account of the demonstration is refused, and what to do instead."""
    return _(
        "Esta cuenta es de la demostración: solo entra desde la computadora en que corre el sitio, por http://127.0.0.1 o "
        "http://localhost y sin otro servidor de por medio. Para usarlo en una red, registre otra: calpulli account register."
    )


def too_many() -> str:
    """How long to wait."""
    told = {"minutes": limits.current().window_minutes}
    return _("Hubo demasiados intentos. Espere %(minutes)s minutos y vuelva a intentarlo.") % told
