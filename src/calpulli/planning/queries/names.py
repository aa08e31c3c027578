"""A programme's name in words, where whoever reads may not know its key."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calpulli.commons import institutes

from .programmes import PlanView, find_plan


def name_of(plan: PlanView) -> str:
    """As part of a sentence."""
    if plan.is_own:
        return _("programa %(year)s") % {"year": plan.generation}
    return _("programa de referencia %(of)s %(name)s, %(year)s") % {
        "of": _of(plan),
        "name": plan.institution,
        "year": plan.generation,
    }


def _of(plan: PlanView) -> str:
    """`de`, or `del` and `de la` where the data of its institute give the article that Spanish puts before its name."""
    if get_language() != settings.LANGUAGE_CODE:
        return _("de")
    article = institutes.article_of(plan.institute, plan.institution)
    return "del" if article == "el" else f"de {article}".strip()


def name_of_plan(plan_key: str) -> str:
    """The same, of the plan of that key."""
    plan = find_plan(plan_key, public=False)
    return name_of(plan) if plan else plan_key


def named(plan_key: str) -> str:
    """The same, at the beginning of a sentence."""
    name = name_of_plan(plan_key)
    return name[:1].upper() + name[1:]
