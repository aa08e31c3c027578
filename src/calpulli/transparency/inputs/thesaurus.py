"""What the editor says of a term of the thesaurus."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TERM, LONGEST_REASON = 80, 300


@dataclass(frozen=True)
class SetSynonyms:
    """A term, the words that are searched besides, and why. What was said of the term before goes."""

    term: str
    synonyms: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class RemoveTerm:
    """A term that no longer adds words, and why."""

    term: str
    reason: str


@dataclass(frozen=True)
class ImportThesaurus:
    """The terms of the institute's folder; those that are there already stay as they are."""

    terms: tuple[SetSynonyms, ...]


class TermForm(forms.Form):
    """A term with its synonyms, one a line."""

    term = forms.CharField(
        label=_("Lo que la gente escribe"),
        max_length=LONGEST_TERM,
        error_messages={"required": _("Escriba lo que la gente busca, de una a cuatro palabras.")},
    )
    synonyms = forms.CharField(
        label=_("Palabras de los textos"),
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": _("Escriba al menos una: con qué palabras lo dicen los textos publicados.")},
    )
    reason = forms.CharField(
        label=_("Por qué"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Escriba por qué: queda en el libro de hechos.")},
    )

    def command(self) -> SetSynonyms:
        """The same for its act."""
        told = self.cleaned_data
        lines = tuple(line.strip() for line in told["synonyms"].splitlines() if line.strip())
        return SetSynonyms(told["term"].strip(), lines, told["reason"].strip())


class RemovalForm(forms.Form):
    """Why a term goes."""

    term = forms.CharField(max_length=LONGEST_TERM, widget=forms.HiddenInput)
    removal_reason = forms.CharField(
        label=_("Por qué se quita"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Escriba por qué se quita: queda en el libro de hechos.")},
    )

    def command(self) -> RemoveTerm:
        """The same for its act."""
        return RemoveTerm(self.cleaned_data["term"], self.cleaned_data["removal_reason"].strip())
