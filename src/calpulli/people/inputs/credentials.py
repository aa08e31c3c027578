"""What changing the ways to sign in takes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

RESET_REASONS = (
    ("lost", _("Perdió el teléfono o la aplicación")),
    ("stolen", _("Le robaron el teléfono")),
    ("replaced", _("Cambió de teléfono y no pasó la aplicación")),
)


@dataclass(frozen=True)
class SetOneTimeKey:
    """The key of an application, with a code that shows that it holds it."""

    account_id: UUID
    secret: str
    code: str


@dataclass(frozen=True)
class OwnFactor:
    """One's own second factor, to be removed or to have its codes on paper made anew."""

    account_id: UUID


@dataclass(frozen=True)
class UsePaperCode:
    """A code on paper, as it was typed."""

    account_id: UUID
    code: str


@dataclass(frozen=True)
class ResetFactors:
    """Somebody else's second factor, to be taken away; the reason is one of a list, since facts are for ever."""

    username: str
    reason: str


class CodeForm(forms.Form):
    """Six digits, typed with or without spaces."""

    code = forms.CharField(
        label=_("Código de seis cifras"), max_length=20, error_messages={"required": _("Escriba el código de seis cifras.")}
    )

    def clean_code(self) -> str:
        """The digits alone."""
        code = "".join(self.cleaned_data["code"].split())
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("El código son seis cifras, como 492039. Escríbalo como lo muestra su aplicación."))
        return code


class PaperCodeForm(forms.Form):
    """A code on paper."""

    paper_code = forms.CharField(
        label=_("Código de recuperación"),
        max_length=40,
        error_messages={"required": _("Escriba uno de sus códigos de recuperación.")},
    )


class PasswordForm(forms.Form):
    """The password again, before something that only its owner should do."""

    password = forms.CharField(
        label=_("Contraseña"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Escriba su contraseña.")},
    )
