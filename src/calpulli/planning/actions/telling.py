"""Who is told of an act on a record: written with the act, mailed after its commit."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from calpulli.commons.act import Work
from calpulli.notices import doors as notices
from calpulli.people import doors as people

from .. import policies
from ..models import Edition, Plan
from ..queries import deadline_of, find_plan, name_of_plan, scope_of
from ..topics import LINE, RECORDS


def tell_submitted(work: Work, edition: Edition) -> None:
    """Whoever may review it where it is answered for, but for whoever sent it."""
    _tell_reviewers("planning.submitted", work, edition)


def tell_withdrawn(work: Work, edition: Edition) -> None:
    """Whoever was told that it was sent."""
    _tell_reviewers("planning.withdrawn", work, edition)


def tell_returned(work: Work, edition: Edition) -> None:
    """Who captured it, with the reason."""
    _tell_author("planning.returned", work, edition, because=edition.returned_because)


def tell_published(work: Work, edition: Edition) -> None:
    """Who captured it, and whoever follows the records of the plan or one of its lines."""
    _tell_author("planning.published_own", work, edition)
    plan = find_plan(edition.period.plan_id)
    if plan is None:
        return
    lines = [f"{LINE}:{plan.key}/{line.number}" for objective in plan.objectives for line in objective.lines]
    told = {"plan": plan.institution, "year": plan.generation, "reason": edition.reason, "number": edition.number}
    notices.announce(
        "planning.published",
        topics=[f"{RECORDS}:{plan.key}", *lines],
        event=_key(edition),
        context=told | {"label": edition.period.span.label, "path": _public(edition)},
    )


def _tell_reviewers(kind: str, work: Work, edition: Edition) -> None:
    area = scope_of(edition.period.plan_id)
    for contact in people.contacts(lambda actor: policies.in_scope(actor, people.Role.REVIEWER, area)):
        if contact.account != work.by.account:
            _mail(kind, contact.address, work, edition)


def _tell_author(kind: str, work: Work, edition: Edition, **more: Any) -> None:
    address = people.address_of(edition.author_id)
    if address and str(edition.author_id) != work.by.account:
        _mail(kind, address, work, edition, **more)


def _mail(kind: str, address: str, work: Work, edition: Edition, **more: Any) -> None:
    """Once for each time that it happens: the same edition may be returned twice."""
    context = {
        "label": edition.period.span.label,
        "plan": name_of_plan(edition.period.plan_id),
        "due_on": _due(edition),
        "path": reverse("edition", args=[edition.pk]),
        "public_path": _public(edition),
    }
    notices.send(kind, to=address, context=context | more, key=f"{_key(edition)} {work.at.isoformat()}")


def _due(edition: Edition) -> str:
    """When it is due, for an edition that has a due date of its own."""
    plan = edition.period.plan
    bound = edition.number == 1 and plan.kind == Plan.Kind.OWN
    return f"{deadline_of(plan, edition.period.span).due_on:%d/%m/%Y}" if bound else ""


def _key(edition: Edition) -> str:
    return f"{edition.period.plan_id} {edition.period.code} {edition.number}"


def _public(edition: Edition) -> str:
    return reverse("record", kwargs={"plan_key": edition.period.plan_id, "code": edition.period.code})
