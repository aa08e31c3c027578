"""What annual keeps of people: who wrote, who sent and who reviewed each thing of the annual programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from .. import drafts
from ..models import Adjustment, DeliveryBatch, Exercise, Report, ReportDraft

ANSWER = _("Saber quién responde de cada acto de una autoridad")
ALWAYS = _("Se conserva con el programa anual; en público solo va el área")
UNSENT = _("Hasta que se envía el reporte o la persona lo descarta")
NUMBER = Kept(_("Número interno del renglón"), _("Encontrarlo"), ANSWER, ALWAYS)
AUTHOR = Kept(_("Quién lo escribió o lo envió (referencia)"), _("Que quien escribe no revise"), ANSWER, ALWAYS)
WITHDREW = Kept(_("Quién lo retiró (referencia)"), _("Que quien cuenta no apruebe lo contado"), ANSWER, ALWAYS)
REVIEWER = Kept(_("Quién lo revisó (referencia)"), _("Que quien escribe no revise"), ANSWER, ALWAYS)
RETURNED = Kept(_("Motivo de una devolución"), _("Que se corrija"), ANSWER, ALWAYS)
BOTH: Mapping[str, Kept] = {"id": NUMBER, "author_id": AUTHOR, "reviewer_id": REVIEWER}


def _touched(model: type[Model]) -> Callable[[Person], Iterable[Model]]:
    """The rows that a person wrote or reviewed."""
    return lambda person: model._default_manager.filter(Q(author_id=person.account) | Q(reviewer_id=person.account)).order_by(
        "pk"
    )


def _written(model: type[Model]) -> Callable[[Person], Iterable[Model]]:
    """The rows that a person wrote, of tables that nobody reviews."""
    return lambda person: model._default_manager.filter(author_id=person.account).order_by("pk")


def _reviewed(model: type[Model], title: Promise, fields: Mapping[str, Kept]) -> None:
    declare(PersonalData(model, title, fields, _touched(model), nothing_more))


_reviewed(Exercise, _("Programas anuales que elaboró o revisó"), {**BOTH, "returned_because": RETURNED})
_reviewed(Adjustment, _("Ajustes de metas que propuso o decidió"), BOTH)
_reviewed(Report, _("Reportes de actividades que envió o revisó"), {**BOTH, "returned_because": RETURNED})
declare(
    PersonalData(
        DeliveryBatch,
        _("Registros de entregas que hizo o retiró"),
        {"id": NUMBER, "author_id": AUTHOR, "withdrawn_by_id": WITHDREW},
        lambda person: DeliveryBatch.objects.filter(Q(author_id=person.account) | Q(withdrawn_by_id=person.account)).order_by(
            "pk"
        ),
        nothing_more,
    )
)
declare(
    PersonalData(
        ReportDraft,
        _("Reportes que está escribiendo y no ha enviado"),
        {
            "id": NUMBER,
            "activity_id": Kept(_("De qué actividad"), _("Seguir donde se quedó"), ANSWER, UNSENT),
            "quarter": Kept(_("De qué trimestre"), _("Seguir donde se quedó"), ANSWER, UNSENT),
            "said": Kept(_("Lo que lleva escrito"), _("Seguir donde se quedó"), ANSWER, UNSENT),
            "number": Kept(_("Cuántas veces se guardó"), _("Que una ventana no borre lo que se guardó en otra"), ANSWER, UNSENT),
            "after": Kept(_("Después de qué versión se empezó"), _("No mezclarlo con lo que se envió luego"), ANSWER, UNSENT),
            "saved_at": Kept(_("Cuándo se guardó"), _("Seguir donde se quedó"), ANSWER, UNSENT),
            "author_id": Kept(_("Quién lo escribe (referencia)"), _("Que nadie más lo vea"), ANSWER, UNSENT),
        },
        _written(ReportDraft),
        lambda person: drafts.forget(person.account),
    )
)
