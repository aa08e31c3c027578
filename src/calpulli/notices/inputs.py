"""Shapes of what comes in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import outbox


class AddressForm(forms.Form):
    """An address of electronic mail."""

    address = forms.CharField(
        label=_("Correo electrónico"),
        widget=forms.EmailInput,
        max_length=outbox.LONGEST_ADDRESS,
        error_messages={
            "required": _("Falta el correo. Escriba uno, como nombre@ejemplo.mx."),
            "max_length": _("El correo es demasiado largo. Escriba uno, como nombre@ejemplo.mx."),
        },
    )

    def clean_address(self) -> str:
        """The address as it is kept."""
        given = str(self.cleaned_data["address"])
        try:
            return outbox.checked(given)
        except ValidationError as error:
            told = _("«%(given)s» no es un correo. Escriba uno solo, como nombre@ejemplo.mx.") % {"given": given[:80]}
            raise ValidationError(told) from error
