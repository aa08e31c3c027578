"""What a person sees after an act: its receipt on the next page, or every reason on the same one."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from calpulli.commons.act import Done, Refused

Form = TypeVar("Form", bound=forms.Form)
KEPT = "people_receipt"


def with_problems(form: Form, refused: Refused) -> Form:
    """The form with every reason beside its field, or above it."""
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return form


def keep_receipt(request: HttpRequest, title: str, done: Done[Any]) -> None:
    """For the next page that the person sees."""
    receipt = done.receipt
    request.session[KEPT] = {"title": title, "chain": receipt.chain, "sequence": receipt.sequence, "digest": receipt.digest}


def last_receipt(request: HttpRequest) -> dict[str, Any] | None:
    """The receipt of the act just done, once."""
    told: dict[str, Any] | None = request.session.pop(KEPT, None)
    return told
