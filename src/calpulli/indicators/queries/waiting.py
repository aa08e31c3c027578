"""What waits for a decision, and what there is to choose from when something is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from calpulli.people.doors import area_cards
from calpulli.planning.doors import plan_in_force

from ..models import Sheet, Target
from ..models.sheets import State


def waiting_sheets() -> list[Sheet]:
    """Sheets that nobody decided on, by key."""
    return list(Sheet.objects.filter(state=State.PROPOSED).select_related("author").order_by("key"))


def waiting_targets() -> list[Target]:
    """Targets that nobody decided on."""
    return list(Target.objects.filter(state=State.PROPOSED).select_related("author").order_by("indicator", "period"))


def find_version(sheet_id: int) -> Sheet | None:
    """A version of a sheet by the key of its row."""
    return Sheet.objects.filter(pk=sheet_id).first()


def places() -> Sequence[tuple[str, str]]:
    """The lines and objectives of the plan in force, as a form offers them."""
    plan = plan_in_force()
    if plan is None:
        return ()
    own = [(f"/{number}", f"Objetivo {number}") for number, _ in plan.objectives]
    return [(f"{line.identifier}/{line.objective}", f"{line.number} {line.text[:90]}") for line in plan.lines] + own


def areas() -> Sequence[tuple[str, str]]:
    """The areas in force that are no district, as a form offers them."""
    return [(card.key, card.name) for card in area_cards() if not card.is_district]
