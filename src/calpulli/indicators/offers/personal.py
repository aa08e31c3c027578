"""What indicators keeps of people: who proposed and who decided each sheet and each target."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, Person, PersonalData, declare, nothing_more

from ..models import Sheet, Target

ANSWER = _("Saber quién responde de cada acto de una autoridad")
ALWAYS = _("Se conserva con la ficha; en público solo va el área")
FIELDS = {
    "id": Kept(_("Número interno del renglón"), _("Encontrarlo"), ANSWER, ALWAYS),
    "author_id": Kept(_("Quién lo propuso (referencia)"), _("Que quien propone no decida"), ANSWER, ALWAYS),
    "reviewer_id": Kept(_("Quién lo decidió (referencia)"), _("Que quien propone no decida"), ANSWER, ALWAYS),
}


def _touched(model: type[Model]) -> Callable[[Person], Iterable[Model]]:
    """The rows that a person proposed or decided."""
    return lambda person: model._default_manager.filter(Q(author_id=person.account) | Q(reviewer_id=person.account)).order_by(
        "pk"
    )


declare(PersonalData(Sheet, _("Fichas de indicadores que propuso o decidió"), FIELDS, _touched(Sheet), nothing_more))
declare(PersonalData(Target, _("Metas de indicadores que propuso o decidió"), FIELDS, _touched(Target), nothing_more))
