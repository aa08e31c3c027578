"""Terms in the language of the page. In proofs, and in what is sealed, the core says them in Spanish."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def time_left(*, due_on: dt.date, today: dt.date) -> str:
    """How far a due date is: `faltan 3 días`, `vence hoy`, `venció hace 9 días`."""
    left = (due_on - today).days
    if left == 0:
        return _("vence hoy")
    if left > 0:
        return ngettext("falta %(num)s día", "faltan %(num)s días", left) % {"num": left}
    return ngettext("venció hace %(num)s día", "venció hace %(num)s días", -left) % {"num": -left}


def lateness(*, due_on: dt.date, published_on: dt.date) -> str:
    """`a tiempo`, or how many days after the term."""
    late = (published_on - due_on).days
    if late <= 0:
        return _("a tiempo")
    return ngettext("%(num)s día después del plazo", "%(num)s días después del plazo", late) % {"num": late}
