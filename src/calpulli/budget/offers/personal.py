"""What budget keeps of people: who recorded, who proposed and who decided; names never leave with the money."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from ..models import Adecuacion, BudgetBatch

ANSWER = _("Saber quién responde de cada acto de una autoridad")
ALWAYS = _("Se conserva con el presupuesto; en público solo va el área")
NUMBER = Kept(_("Número interno del renglón"), _("Encontrarlo"), ANSWER, ALWAYS)


def _batches(person: Person, /) -> Iterable[BudgetBatch]:
    return BudgetBatch.objects.filter(Q(author_id=person.account)).order_by("pk")


def _proposals(person: Person, /) -> Iterable[Adecuacion]:
    return Adecuacion.objects.filter(Q(author_id=person.account) | Q(reviewer_id=person.account)).order_by("pk")


declare(
    PersonalData(
        BudgetBatch,
        _("Movimientos de presupuesto que registró"),
        {
            "id": NUMBER,
            "author_id": Kept(_("Quién lo registró (referencia)"), _("Que se sepa quién responde"), ANSWER, ALWAYS),
        },
        _batches,
        nothing_more,
    )
)
declare(
    PersonalData(
        Adecuacion,
        _("Adecuaciones del presupuesto que propuso o decidió"),
        {
            "id": NUMBER,
            "author_id": Kept(_("Quién la propuso (referencia)"), _("Que quien propone no decida"), ANSWER, ALWAYS),
            "reviewer_id": Kept(_("Quién la decidió (referencia)"), _("Que quien propone no decida"), ANSWER, ALWAYS),
        },
        _proposals,
        nothing_more,
    )
)
