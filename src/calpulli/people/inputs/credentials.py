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
class LinkIdentity:
    """Who the account's owner is for a provider, proved a moment ago."""

    account_id: UUID
    issuer: str
    subject: str


@dataclass(frozen=True)
class RegisterPasskey:
    """A passkey that answered well, with the name that its owner gives it."""

    account_id: UUID
    name: str
    credential: str
    public_key: str
    count: int


@dataclass(frozen=True)
class RemovePasskey:
    """One of one's own passkeys."""

    account_id: UUID
    passkey_id: int


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


class AddressForm(forms.Form):
    """An address of mail; whether somebody here has it is not the form's to say."""

    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        error_messages={
            "required": _("Escriba su correo."),
            "invalid": _("Eso no parece un correo. Escríbalo completo, por ejemplo nombre@ejemplo.mx."),
        },
    )


class PasskeyForm(forms.Form):
    """The name of a passkey, and what the browser answered."""

    name = forms.CharField(
        label=_("Nombre de la llave"), max_length=60, error_messages={"required": _("Póngale un nombre a la llave.")}
    )
    answer = forms.CharField(
        max_length=20_000, label=_("Respuesta"), error_messages={"required": _("El navegador no entregó la llave.")}
    )


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
