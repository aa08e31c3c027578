"""The dated rules of the annual programme: when reports are due, and under how many people a count is not told."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from calpulli.commons.registries.rules import Need, RuleUse, offer
from calpulli.planning import doors as planning

from ..models import Exercise
from ..queries import AGAIN, FLOOR, RULE
from ..queries.counting import period_of


def _needs() -> Iterator[Need]:
    """The quarters of every approved exercise: reports carry the day by which they were due, those to come have none yet."""
    for exercise in Exercise.objects.filter(state=Exercise.State.APPROVED):
        card = planning.find_card(exercise.plan_key)
        for quarter in (1, 2, 3, 4):
            period = period_of(exercise.year, quarter)
            if card:
                what = f"El reporte de actividades de {exercise.plan_key}, {period},"
                yield Need(card.institute, period.ends_on, what)


offer(RuleUse(RULE, gettext_lazy("Plazo para reportar una actividad"), _needs))
offer(RuleUse(AGAIN, gettext_lazy("Plazo para volver a enviar un reporte que se devolvió")))
offer(RuleUse(FLOOR, gettext_lazy("Personas por debajo de las cuales no se dice una cuenta")))
