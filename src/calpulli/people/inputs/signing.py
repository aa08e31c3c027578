"""What is typed to sign in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """User name and password; whether they fit is not the form's to say."""

    username = forms.CharField(
        label=_("Usuario o folio"), max_length=60, error_messages={"required": _("Escriba su usuario, o su folio.")}
    )
    password = forms.CharField(
        label=_("Contraseña"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Escriba su contraseña.")},
    )
