"""Who may do what with the budget. Where a role must be held depends on the plan or the area: the acts ask."""

from __future__ import annotations

from calpulli.commons.act import Actor
from calpulli.people.doors import Role


def import_budget(actor: Actor, /) -> bool:
    """Whoever captures, where the plan is answered for; or the operator."""
    return "system" in actor.roles or actor.may(Role.AUTHOR)


def propose_adecuacion(actor: Actor, /) -> bool:
    """A person who captures."""
    return actor.may(Role.AUTHOR)


def approve_adecuacion(actor: Actor, /) -> bool:
    """A person who reviews; that she did not propose it, the act sees to."""
    return actor.may(Role.REVIEWER)


def refuse_adecuacion(actor: Actor, /) -> bool:
    """As for approving."""
    return approve_adecuacion(actor)


def record_spending(actor: Actor, /) -> bool:
    """A person who captures, for her area; where the plan is answered for, for any."""
    return actor.may(Role.AUTHOR)


def see_budget_desk(actor: Actor, /) -> bool:
    """Staff with a part in it, if only to read."""
    return actor.may(Role.READER)


def answers_for(actor: Actor, role: Role, scope: str | None) -> bool:
    """Whether the actor holds `role` where the plan is answered for (the area's key; anywhere if it is not listed)."""
    return "system" in actor.roles or actor.may(role, scope)


def spends_for(actor: Actor, area: str, scope: str | None) -> bool:
    """Whether the actor records the spending of an area: her own, or any where she answers for the plan."""
    return answers_for(actor, Role.AUTHOR, scope) or actor.may(Role.AUTHOR, area)
