"""By what one may ask the measures of the annual programme, and what each value is called and where its page is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.measures import Dimension
from calpulli.ledger.doors import remembered
from calpulli.people import doors as people
from calpulli.planning import doors as planning

from ..models import Activity, Exercise, Programme
from ..queries import activity_page

APPROVED = Exercise.State.APPROVED


def _lines() -> dict[str, str]:
    return {line.identifier: f"{line.number} {line.text}" for plan in planning.own_plans() for line in plan.lines}


def _areas() -> dict[str, str]:
    return {card.key: card.name for card in people.area_cards()}


def districts() -> dict[str, str]:
    """The district offices by key."""
    return {card.key: card.name for card in people.area_cards() if card.is_district}


@remembered("annual")
def _names(model: type[Activity | Programme]) -> dict[int, dict[str, str]]:
    """What approved exercises call each key, by year: a name belongs to its year, and that of a draft to nobody else."""
    found: dict[int, dict[str, str]] = {}
    rows = model.objects.filter(exercise__state=APPROVED).order_by("exercise__year", "exercise__plan_key", "key")
    for year, key, name in rows.values_list("exercise__year", "key", "name"):
        of_year = found.setdefault(year, {})
        of_year[key] = name if of_year.get(key, name) == name else f"{of_year[key]}; {name}"
    return found


def _ever(model: type[Activity | Programme]) -> dict[str, str]:
    """Names by key, of all approved years; a key that named two things says of each its last year."""
    found: dict[str, dict[str, int]] = {}
    for year, names in sorted(_names(model).items()):
        for key, name in names.items():
            found.setdefault(key, {})[name] = year
    return {
        key: "; ".join(f"{name} ({years[name]})" if len(years) > 1 else name for name in reversed(years))
        for key, years in found.items()
    }


def _named(key: str, name: Any, model: type[Activity | Programme], **more: Any) -> Dimension:
    return Dimension(key, name, lambda: _ever(model), of_year=lambda year: _names(model).get(year, {}), **more)


LINE = Dimension("line", _("Línea de acción"), _lines, apart=True)
AREA = Dimension("area", _("Área"), _areas)
PROGRAMME = _named("programme", _("Programa"), Programme)
ACTIVITY = _named("activity", _("Actividad"), Activity, url=activity_page)
DISTRICT = Dimension("district", _("Distrito"), districts, apart=True)
PLANNED = (LINE, AREA, PROGRAMME, ACTIVITY)
GIVEN = (*PLANNED, DISTRICT)
