"""What every form of staff does with an act: its refusals go back to the fields, its receipt to the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from calpulli.commons.act import Actor, Done, Refused
from calpulli.planning import doors as planning

from .. import policies
from ..models import Activity

Result = TypeVar("Result")


def attempt(request: HttpRequest, form: forms.Form, act: Callable[[], Done[Result]], **details: Any) -> Done[Result] | None:
    """Runs the act and keeps its receipt for the next page; refused, the form carries every reason and None comes back."""
    try:
        done = act()
    except Refused as refused:
        for problem in refused.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return None
    told = done.receipt
    kept = {"chain": told.chain, "name": told.name, "sequence": told.sequence, "digest": told.digest, "details": details}
    request.session["receipt"] = kept
    return done


def said(request: HttpRequest) -> Any:
    """The receipt of what was just done, once."""
    return request.session.pop("receipt", None)


def sees_unapproved(actor: Actor, activity: Activity) -> bool:
    """Whether this person reads what its area sent before anybody approves it."""
    card = planning.find_card(activity.exercise.plan_key)
    return card is not None and policies.see_unapproved(actor, activity.area, card.scope)


def blank() -> forms.Form:
    """A form of buttons alone, to carry what an act refuses."""
    form = forms.Form({})
    form.full_clean()
    return form
