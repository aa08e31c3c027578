"""Who may do what in the annual programme. Where a role must be held depends on the plan or the activity: the acts ask."""

from calpulli.commons.act import Actor
from calpulli.people.doors import Role


def open_exercise(actor: Actor, /) -> bool:
    """Whoever captures, where the plan is answered for; or the operator."""
    return "system" in actor.roles or actor.may(Role.AUTHOR)


def write_programme(actor: Actor, /) -> bool:
    """As for opening."""
    return open_exercise(actor)


def drop_programme(actor: Actor, /) -> bool:
    """As for opening."""
    return open_exercise(actor)


def write_activity(actor: Actor, /) -> bool:
    """As for opening."""
    return open_exercise(actor)


def drop_activity(actor: Actor, /) -> bool:
    """As for opening."""
    return open_exercise(actor)


def import_poa(actor: Actor, /) -> bool:
    """As for opening."""
    return open_exercise(actor)


def submit_exercise(actor: Actor, /) -> bool:
    """A person who captures."""
    return actor.may(Role.AUTHOR)


def return_exercise(actor: Actor, /) -> bool:
    """Whoever reviews."""
    return actor.may(Role.REVIEWER)


def approve_exercise(actor: Actor, /) -> bool:
    """Whoever reviews; that she planned nothing of it, the act sees to."""
    return actor.may(Role.REVIEWER)


def propose_adjustment(actor: Actor, /) -> bool:
    """A person who captures."""
    return actor.may(Role.AUTHOR)


def approve_adjustment(actor: Actor, /) -> bool:
    """Whoever reviews, another person than who proposed it."""
    return actor.may(Role.REVIEWER)


def refuse_adjustment(actor: Actor, /) -> bool:
    """As for approving."""
    return approve_adjustment(actor)


def submit_report(actor: Actor, /) -> bool:
    """Whoever captures, in the activity's area."""
    return actor.may(Role.AUTHOR)


def correct_report(actor: Actor, /) -> bool:
    """As for sending."""
    return submit_report(actor)


def return_report(actor: Actor, /) -> bool:
    """Whoever reviews, in the activity's area, and never who sent any version."""
    return actor.may(Role.REVIEWER)


def approve_report(actor: Actor, /) -> bool:
    """As for returning."""
    return return_report(actor)


def record_deliveries(actor: Actor, /) -> bool:
    """Whoever captures, in the activity's area; or the office of a district, for its own."""
    return actor.may(Role.AUTHOR) or actor.may(Role.DISTRICT_CLERK)


def withdraw_deliveries(actor: Actor, /) -> bool:
    """As for recording."""
    return record_deliveries(actor)


def see_exercise(actor: Actor, /) -> bool:
    """Staff with a part in it, if only to read."""
    return actor.may(Role.READER)


def see_unapproved(actor: Actor, area: str, scope: str | None) -> bool:
    """Whether the actor reads what an area sent and nobody approved: that area, who reviews it, who answers for the plan.

    `scope`: None where the organisation does not list who answers for it; then nobody reads it for that.
    """
    concerned, places = (Role.AUTHOR, Role.REVIEWER), [place for place in (area, scope) if place is not None]
    return any(holds(actor, role, place) for role in concerned for place in places)


def holds(actor: Actor, role: Role, area: str | None) -> bool:
    """Whether the actor holds `role` in an area (its key); without one, anywhere. The operator does what it may do."""
    return "system" in actor.roles or actor.may(role, area)


def records_for(actor: Actor, area: str, districts: frozenset[str]) -> bool:
    """Whether the actor records deliveries of that area's activities in those districts."""
    if actor.may(Role.AUTHOR, area):
        return True
    return bool(districts) and all(district and actor.may(Role.DISTRICT_CLERK, district) for district in districts)
