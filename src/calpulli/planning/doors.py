"""What other packages may call of planning: programmes by their keys, their lines, and who answers for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calpulli.people.doors import area_key
from calpulli_core.calendars.periods import Period

from .models import Edition
from .queries import find_plan, name_of_plan, named, periods_of, plan_views
from .queries.programmes import PlanView

__all__ = [
    "LineCard",
    "PlanCard",
    "SealedCard",
    "find_card",
    "name_of_plan",
    "named",
    "own_plans",
    "plan_in_force",
    "sealed_editions",
]


@dataclass(frozen=True)
class LineCard:
    """A line of action; `identifier` stays from one generation to the next, `number` is its place in this one."""

    identifier: str
    number: str
    text: str
    objective: int


@dataclass(frozen=True)
class PlanCard:
    """A programme: whose it is, whose norms it follows, which area answers for it, and its lines in order."""

    key: str
    generation: int
    institute: str
    is_own: bool
    in_force: bool
    responsible_area: str
    lines: tuple[LineCard, ...]
    objectives: tuple[tuple[int, str], ...] = ()  # number, text

    @property
    def scope(self) -> str | None:
        """The key of the area that answers for it, of the institute's own and where the organisation lists it."""
        return area_key(self.responsible_area) if self.is_own else None

    def objective(self, number: int) -> str:
        """The text of the objective of that number; empty when there is none."""
        return dict(self.objectives).get(number, "")

    def line(self, identifier: str) -> LineCard | None:
        """The line of that identifier."""
        return next((one for one in self.lines if one.identifier == identifier), None)


@dataclass(frozen=True)
class SealedCard:
    """A sealed edition of a period. `files`: the hash of each of its files, by its path in the bundle."""

    plan_key: str
    period: Period
    number: int
    is_published: bool
    files: Mapping[str, str]


def sealed_editions(plan_key: str) -> list[SealedCard]:
    """Every sealed edition of a programme, the newest period first, and of each period the newest edition."""
    editions = (view.edition for period in periods_of(plan_key) for view in period.editions)
    return [_sealed(one) for one in editions if one.sealed_at]


def _sealed(one: Edition) -> SealedCard:
    is_published = one.state == Edition.State.PUBLISHED
    return SealedCard(one.period.plan_id, one.period.span, one.number, is_published, one.sealed_files)


def find_card(key: str) -> PlanCard | None:
    """The programme of that key, published or not."""
    view = find_plan(key, public=False) if key else None
    return _card(view) if view else None


def plan_in_force() -> PlanCard | None:
    """The newest of the institute's own."""
    return next(iter(own_plans()), None)


def own_plans() -> list[PlanCard]:
    """The institute's own programmes, the newest generation first."""
    return [_card(view) for view in plan_views() if view.is_own]


def _card(view: PlanView) -> PlanCard:
    lines = tuple(
        LineCard(line.identifier, line.number, line.text, objective.number)
        for objective in view.objectives
        for line in objective.lines
    )
    area, objectives = view.programme.responsible_area, tuple((one.number, one.text) for one in view.objectives)
    return PlanCard(view.key, view.generation, view.institute, view.is_own, view.in_force, area, lines, objectives)
