"""What planning keeps of people: who captured and who reviewed each edition."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from ..models import Edition, SendBack

ANSWER = _("Saber quién responde de cada acto de una autoridad")
ALWAYS = _("Se conserva con el registro; en público solo va el área")


def _returns(person: Person, /) -> QuerySet[SendBack]:
    return SendBack.objects.filter(Q(reviewer_id=person.account)).order_by("pk")


def _editions(person: Person, /) -> QuerySet[Edition]:
    return Edition.objects.filter(Q(author_id=person.account) | Q(reviewer_id=person.account)).order_by("pk")


declare(
    PersonalData(
        Edition,
        _("Registros que capturó o revisó"),
        {
            "id": Kept(_("Número interno de la edición"), _("Encontrar el registro"), ANSWER, ALWAYS),
            "author_id": Kept(_("Quién capturó (referencia)"), _("Que quien captura no revise"), ANSWER, ALWAYS),
            "reviewer_id": Kept(_("Quién revisó (referencia)"), _("Que quien captura no revise"), ANSWER, ALWAYS),
            "returned_because": Kept(_("Motivo de una devolución"), _("Corregir el registro"), ANSWER, ALWAYS),
        },
        _editions,
        nothing_more,
    )
)
declare(
    PersonalData(
        SendBack,
        _("Devoluciones que pidió"),
        {
            "id": Kept(_("Número interno de la devolución"), _("Encontrarla"), ANSWER, ALWAYS),
            "edition_id": Kept(_("De qué registro"), _("Que se vea qué cambió"), ANSWER, ALWAYS),
            "reviewer_id": Kept(_("Quién devolvió (referencia)"), _("Que se sepa quién lo pidió"), ANSWER, ALWAYS),
            "reason": Kept(_("Motivo de una devolución"), _("Corregir el registro"), ANSWER, ALWAYS),
            "returned_at": Kept(_("Cuándo devolvió"), _("Que se vea qué cambió"), ANSWER, ALWAYS),
        },
        _returns,
        nothing_more,
    )
)
