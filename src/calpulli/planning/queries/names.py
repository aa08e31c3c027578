"""A programme's name in words, where whoever reads may not know its key."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calpulli.commons import institutes

from .programmes import PlanView, find_plan


def name_of(plan: PlanView) -> str:
    """As part of a sentence."""
    if plan.is_own:
        return _("programa %(year)s") % {"year": plan.generation}
    told = {"name": _with_article(plan), "year": plan.generation}
    return (_("programa de referencia de %(name)s, %(year)s") % told).replace(" de el ", " del ")


def _with_article(plan: PlanView) -> str:
    """The name of its institute as Spanish says it; in another language, and where its data give no article, the name alone."""
    article = institutes.article_of(plan.institute, plan.institution) if get_language() == "es-mx" else ""
    return f"{article} {plan.institution}".strip()


def name_of_plan(plan_key: str) -> str:
    """The same, of the plan of that key."""
    plan = find_plan(plan_key, public=False)
    return name_of(plan) if plan else plan_key


def named(plan_key: str) -> str:
    """The same, at the beginning of a sentence."""
    name = name_of_plan(plan_key)
    return name[:1].upper() + name[1:]
