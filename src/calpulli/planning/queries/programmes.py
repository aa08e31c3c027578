"""The programme as pages show it, as the core computes with it, and two generations side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Q

from calpulli.ledger.doors import remembered
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.programme import GROUPS, Programme
from calpulli_core.formats.programme_input import read_programme
from calpulli_core.formats.record import Plan as RecordPlan

from ..models import Edition, Plan, SwotItem


@dataclass(frozen=True)
class LineView:
    """A line of action."""

    identifier: str
    number: str
    text: str


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with its lines in order."""

    identifier: str
    number: int
    text: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class SwotItemView:
    """One item of the diagnosis."""

    identifier: str
    number: int
    text: str


@dataclass(frozen=True)
class StatementView:
    """The mission or the vision; it has no number."""

    identifier: str
    text: str
    number: str = ""


@dataclass(frozen=True)
class SwotGroupView:
    """Strengths, opportunities, weaknesses or threats, under the source's own heading."""

    key: str
    heading: str
    items: tuple[SwotItemView, ...]


@dataclass(frozen=True)
class PlanView:
    """A plan whole, with stable identifiers."""

    key: str
    family: str
    generation: int
    is_own: bool
    in_force: bool
    institute: str
    brought: bool  # it came with a record, and not from the programme that lies in its institute's folder
    institution: str
    acronym: str
    seal_notice: str
    programme: Programme
    objectives: tuple[ObjectiveView, ...]
    swot: tuple[SwotGroupView, ...]

    @property
    def for_record(self) -> RecordPlan:
        """The plan as the record's composer wants it, without reading its rows again."""
        return RecordPlan(self.key, self.programme, not self.is_own)

    def objective(self, number: int) -> ObjectiveView | None:
        """The objective of that number."""
        return next((one for one in self.objectives if one.number == number), None)

    def line(self, number: str) -> LineView | None:
        """The line of that number."""
        return next((line for one in self.objectives for line in one.lines if line.number == number), None)


Comparable = StatementView | ObjectiveView | LineView | SwotItemView


@dataclass(frozen=True)
class Pairing:
    """The same identifier in two plans; a side is None where the plan does not have it."""

    identifier: str
    kind: str
    left: Comparable | None
    right: Comparable | None

    @property
    def same(self) -> bool:
        """Whether both sides say the same."""
        return self.left is not None and self.right is not None and self.left.text == self.right.text


def plan_views(*, public: bool = True) -> list[PlanView]:
    """Every plan, the institute's own first, the newest generation first; `public=False` adds those not yet published."""
    plans = _plans(public=public)
    return [_remembered(plan, in_force=_leads(plan, plans)) for plan in plans]


def _plans(*, public: bool) -> list[Plan]:
    """A plan that staff brought with a record is public once two people have published an edition of it."""
    return list(_public_plans() if public else every_plan())


@remembered("planning")
def every_plan() -> tuple[Plan, ...]:
    """The plans as rows, the institute's own first, the newest generation first; to be read, and by nobody changed."""
    return tuple(sorted(Plan.objects.all(), key=lambda plan: (plan.kind != Plan.Kind.OWN, -plan.generation, plan.key)))


@remembered("planning")
def _public_plans() -> tuple[Plan, ...]:
    shown = Q(brought_with="") | Q(periods__editions__state=Edition.State.PUBLISHED)
    keys = set(Plan.objects.filter(shown).values_list("key", flat=True))
    return tuple(plan for plan in every_plan() if plan.key in keys)


def find_plan(key: str | None = None, *, public: bool = True) -> PlanView | None:
    """The plan of that key, or without a key the one in force: the newest of the institute's own."""
    plans = _plans(public=public)
    found = next((plan for plan in plans if key in (None, plan.key)), None)
    return _remembered(found, in_force=_leads(found, plans)) if found else None


def load_plan(key: str) -> PlanView:
    """The plan as its rows say this moment, for whoever seals; Plan.DoesNotExist otherwise."""
    plans = _plans(public=False)
    found = next((plan for plan in plans if plan.key == key), None) or Plan.objects.get(key=key)
    return _view(found, in_force=_leads(found, plans))


def _remembered(plan: Plan, *, in_force: bool) -> PlanView:
    """Pages show the same plan again and again, and a plan is never edited: it is put together once for each content."""
    content = json.dumps(plan.document, sort_keys=True)
    view = _kept_view(plan.key, plan.source_sha256, plan.seal_notice, content)
    return replace(view, in_force=in_force)


@lru_cache(maxsize=64)
def _kept_view(key: str, source_sha256: str, seal_notice: str, document: str) -> PlanView:
    return _view(Plan.objects.get(key=key), in_force=False)


def _leads(plan: Plan, plans: list[Plan]) -> bool:
    """Whether it is the newest of the institute's own, in the order of `_plans`; a reference never is."""
    return plan.kind == Plan.Kind.OWN and plan is plans[0]


def programme_of(plan: Plan) -> Programme:
    """The programme as the core's frozen data, put together from its rows."""
    findings = Findings()
    programme = read_programme(_document(plan), findings=findings, path=plan.key)
    findings.refuse_if_any()
    return programme


def record_plan(plan: Plan) -> RecordPlan:
    """The plan as the record's composer wants it."""
    return RecordPlan(plan.key, programme_of(plan), plan.kind == Plan.Kind.REFERENCE)


def _document(plan: Plan) -> dict[str, Any]:
    objectives = [
        {
            "number": objective.number,
            "text": objective.text,
            "lines": [{"number": line.number, "text": line.text} for line in objective.lines.all()],
        }
        for objective in plan.objectives.all()
    ]
    swot = {group: [item.text for item in _items(plan, group)] for group in GROUPS}
    return {**plan.document, "objectives": objectives, "swot": swot}


def _items(plan: Plan, group: str) -> list[SwotItem]:
    return sorted((item for item in plan.swot.all() if item.group == group), key=lambda item: item.number)


def _view(plan: Plan, *, in_force: bool) -> PlanView:
    programme = programme_of(plan)
    return PlanView(
        key=plan.key,
        family=plan.family,
        generation=plan.generation,
        is_own=plan.kind == Plan.Kind.OWN,
        in_force=in_force,
        institute=plan.institute,
        brought=bool(plan.brought_with),
        institution=programme.institution.name,
        acronym=programme.institution.acronym,
        seal_notice=plan.seal_notice,
        programme=programme,
        objectives=tuple(_objectives(plan)),
        swot=tuple(_groups(plan, programme)),
    )


def _objectives(plan: Plan) -> list[ObjectiveView]:
    return [
        ObjectiveView(
            one.identifier,
            one.number,
            one.text,
            tuple(LineView(line.identifier, line.number, line.text) for line in one.lines.all()),
        )
        for one in plan.objectives.all()
    ]


def _groups(plan: Plan, programme: Programme) -> list[SwotGroupView]:
    return [
        SwotGroupView(
            group,
            programme.swot_headings.group(group),
            tuple(SwotItemView(item.identifier, item.number, item.text) for item in _items(plan, group)),
        )
        for group in GROUPS
    ]


def compare_plans(left: PlanView, right: PlanView) -> list[Pairing]:
    """Mission, vision, objectives, lines and SWOT items of two plans, paired by identifier, in the order of the left one."""
    sides = _by_identifier(left), _by_identifier(right)
    order = list(sides[0]) + [key for key in sides[1] if key not in sides[0]]
    return [_pairing(key, sides[0].get(key), sides[1].get(key)) for key in order]


def _by_identifier(plan: PlanView) -> dict[str, Comparable]:
    statements = {"mision": plan.programme.mission, "vision": plan.programme.vision}
    found: dict[str, Comparable] = {name: StatementView(name, text) for name, text in statements.items()}
    for objective in plan.objectives:
        found[objective.identifier] = objective
        found.update({line.identifier: line for line in objective.lines})
    for group in plan.swot:
        found.update({item.identifier: item for item in group.items})
    return found


def _pairing(identifier: str, left: Comparable | None, right: Comparable | None) -> Pairing:
    return Pairing(identifier, identifier.partition("-")[0], left, right)
