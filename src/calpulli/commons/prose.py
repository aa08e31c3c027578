"""What is said beside a text that somebody writes: how easy it is to read, how that number comes out, and what to mend.

Hints are advice: no form is refused for one, and asking for them keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from calpulli_core.text.hints import Hint, hints, on_the_whole
from calpulli_core.text.readability import decimals, measure

LONGEST = 10_000  # characters; counting them takes some milliseconds
SHOWN_HINTS = 12
# Below these the index says little: one long name decides it.
FEWEST_WORDS = 12
ASKED = "review_text"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Advice:
    """One hint: the words that it is about (none: the whole text), the rule, and how to mend them."""

    words: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class Review:
    """What there is to say of a text. `index` is empty for a text too short to measure; `more` hints are not listed."""

    index: str
    band: str
    proof: str
    advice: tuple[Advice, ...]
    more: int
    lost_files: bool = False  # a browser does not keep the files that were chosen

    @property
    def count(self) -> int:
        """How many hints there are."""
        return len(self.advice) + self.more


def review(text: str) -> Review:
    """Measures a text of at most `LONGEST` characters; of a longer one, its beginning."""
    shown = text[:LONGEST]
    counted = measure(shown)
    found = hints(shown, counted=counted)
    index = counted.index if counted.word_count >= FEWEST_WORDS else None
    # A text may be hard though nothing in it stands out: then it is said what would make it easier.
    whole = [Advice("", *told) for told in on_the_whole(counted)] if index is not None and not found else []
    return Review(
        index=decimals(index, places=0) if index is not None else "",
        band=counted.band if index is not None else "",
        proof=_proof(counted.word_count, counted.sentence_count, counted.syllable_count),
        advice=(*(_advice(shown, hint) for hint in found[:SHOWN_HINTS]), *whole),
        more=max(0, len(found) - SHOWN_HINTS),
    )


def _proof(words: int, sentences: int, syllables: int) -> str:
    told = {"words": words, "sentences": sentences, "syllables": syllables}
    return _("206.835 − 62.3 × %(syllables)s sílabas / %(words)s palabras − %(words)s palabras / %(sentences)s frases") % told


def _advice(text: str, hint: Hint) -> Advice:
    return Advice(" ".join(text[hint.start : hint.end].split()), hint.rule, hint.remedy)


def asked_for(request: HttpRequest) -> str:
    """The name of the field whose text the person asks about instead of sending the form; empty when she sends it."""
    return request.POST.get(ASKED, "") if request.method == "POST" else ""


Form = TypeVar("Form", bound=forms.Form)


def unsent(form: Form, request: HttpRequest) -> Form:
    """A form with what was typed, neither checked nor sent. A chosen file cannot be given back: the review says so."""
    many = forms.MultipleChoiceField
    form.initial = {
        name: request.POST.getlist(name) if isinstance(field, many) else request.POST.get(name, "")
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
    }
    return form


def reviewed(request: HttpRequest) -> dict[str, Review]:
    """By name of field, the review that the person asked for; for the template, which shows it beside the field."""
    name = asked_for(request)
    if not name:
        return {}
    return {name: replace(review(request.POST.get(name, "")), lost_files=bool(request.FILES))}


def asks_own_site(view: View) -> View:
    """For pages with an addition that asks this site while one writes: their policy admits that, and nothing else."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.asks_own_site = True  # type: ignore[attr-defined]  # read by the site's middleware
        return response

    return cast(View, answer)


def with_hints(view: View) -> View:
    """For pages with a field of prose, whose script asks for hints while one writes."""
    return asks_own_site(view)
