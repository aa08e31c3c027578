"""Adopts the norms that the institute's plans follow."""

from __future__ import annotations

from calpulli.commons import institutes
from calpulli.commons.act import Actor

from .actions import adopt_norms
from .inputs import AdoptNorms
from .queries import followed, is_changed


def seed_norms() -> None:
    """Adopts each file that says something new; refuses as the act does."""
    for institute in filter(is_changed, followed()):
        adopt_norms(AdoptNorms(institute, institutes.norms(institute)), by=Actor.system("siembra"))
