"""The shapes in which people reach this package."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """User name and password; whether they fit is not the form's to say."""

    username = forms.CharField(label=_("Usuario"), max_length=60, error_messages={"required": _("Escriba su usuario.")})
    password = forms.CharField(
        label=_("Contraseña"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Escriba su contraseña.")},
    )


@dataclass(frozen=True)
class RegisterAccount:
    """A new account; roles are values of `Role`, none for staff without a part in the record."""

    username: str
    display_name: str
    area: str
    roles: tuple[str, ...]
    password: str


@dataclass(frozen=True)
class SetPassword:
    """Another password for an account."""

    username: str
    password: str
