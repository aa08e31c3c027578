"""Adopts the norms that the institute's plans follow."""

from __future__ import annotations

from calpulli.commons import institutes
from calpulli.commons.act import Actor

from .actions import adopt_norms
from .inputs import AdoptNorms
from .queries import latest


def followed() -> list[str]:
    """The institutes whose norms some plan of this installation follows, its own first."""
    return list(dict.fromkeys([institutes.current().slug, *(plan.institute for plan in institutes.listed_plans())]))


def is_changed(institute: str) -> bool:
    """Whether the file says other than what was last adopted."""
    held = latest(institute)
    return held is None or held.rules != [rule.as_json() for rule in institutes.norms(institute)]


def seed_norms() -> None:
    """Adopts each file that says something new; refuses as the act does."""
    for institute in filter(is_changed, followed()):
        adopt_norms(AdoptNorms(institute, institutes.norms(institute)), by=Actor.system("siembra"))
