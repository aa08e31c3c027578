"""Fields of the forms: amounts in pesos, percentages, keys."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calpulli_core.budget import read_cents

PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))? ?%?")


class PesosField(forms.CharField):
    """An amount in pesos, above zero unless `signed`; its value is cents."""

    def __init__(self, *, signed: bool = False, **more: Any) -> None:
        self._signed = signed
        super().__init__(max_length=30, **more)

    def clean(self, value: Any) -> int | None:
        """Cents; None where nothing was asked for or typed."""
        text = str(super().clean(value))
        if not text:
            return None
        try:
            cents = read_cents(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if cents == 0 or (cents < 0 and not self._signed):
            raise forms.ValidationError(_("Escriba un importe mayor que cero."))
        return cents


class PercentField(forms.CharField):
    """A percentage from 0.01 to 100; its value is hundredths."""

    def clean(self, value: Any) -> int:
        """Hundredths of a percent."""
        found = PERCENT.fullmatch(str(super().clean(value)).strip())
        hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
        if not 1 <= hundredths <= 10_000:
            raise forms.ValidationError(_("Escriba un porcentaje de 0.01 a 100, con punto: 12 o 12.5."))
        return hundredths


def clean_line(text: str) -> str:
    """One line of text, without blanks at its ends."""
    return " ".join(text.split())
