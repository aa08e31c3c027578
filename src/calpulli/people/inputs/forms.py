"""What is typed to administer accounts, to attend to residents, and for one's own account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from .credentials import RESET_REASONS

DATE_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]
REQUIRED = _("Falta este dato.")


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages={"required": REQUIRED}, **more)


def _day(label: Any) -> forms.DateField:
    told = {
        "required": _("Escriba la fecha."),
        "invalid": _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 30/09/2026."),
    }
    return forms.DateField(label=label, input_formats=DATE_FORMATS, error_messages=told)


def _mail() -> forms.EmailField:
    told = {"invalid": _("No parece un correo. Escríbalo completo, por ejemplo nombre@ejemplo.mx.")}
    return forms.EmailField(label=_("Correo electrónico"), required=False, max_length=254, error_messages=told)


def _choice(label: Any, *, required: bool = True) -> forms.ChoiceField:
    told = {"required": _("Elija una opción."), "invalid_choice": _("Esa opción no está en la lista. Elija otra.")}
    return forms.ChoiceField(label=label, required=required, choices=(), error_messages=told)


def offer(form: forms.Form, name: str, options: list[tuple[str, Any]]) -> None:
    """Gives a field its list, with the empty option first."""
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = [("", _("Elija…") if field.required else _("Todo el instituto")), *options]


class RegisterForm(forms.Form):
    """A new account of staff."""

    username = _text(_("Usuario"), 60)
    display_name = _text(_("Nombre de la persona"), 120)
    area = _choice(_("Área en que trabaja"))


class AppointForm(forms.Form):
    """A post, from a day on."""

    post = _choice(_("Puesto"))
    since = _day(_("Desde"))


class GrantForm(forms.Form):
    """A role, from a day on."""

    role = _choice(_("Función"))
    area = _choice(_("En qué área"), required=False)
    since = _day(_("Desde"))


class EndForm(forms.Form):
    """The first day without what is held."""

    until = _day(_("Termina el"))


class DeactivateForm(forms.Form):
    """Why an account may no longer enter."""

    reason = forms.CharField(
        label=_("Motivo"),
        min_length=10,
        max_length=500,
        error_messages={
            "required": _("Escriba el motivo."),
            "min_length": _("El motivo es muy corto. Dígalo en al menos 10 letras."),
        },
    )


class ResetForm(forms.Form):
    """Why somebody's second factor is taken away."""

    reason = forms.ChoiceField(
        label=_("Motivo"),
        choices=[("", _("Elija…")), *RESET_REASONS],
        error_messages={"required": _("Elija una opción."), "invalid_choice": _("Esa opción no está en la lista. Elija otra.")},
    )
    known = forms.BooleanField(
        label=_("Comprobé en persona quién es"),
        error_messages={"required": _("Compruebe antes quién lo pide: quien engañe a usted entraría en su lugar.")},
    )


class ResidentForm(forms.Form):
    """A resident's name and mail."""

    display_name = _text(_("Nombre completo"), 120)
    email = _mail()


class NewResidentForm(ResidentForm):
    """A resident who came to the office."""

    district = _choice(_("Distrito en que vive"))
    seen = forms.BooleanField(
        label=_("Vi una identificación con domicilio en este distrito"),
        error_messages={"required": _("Sin identificación con domicilio en el distrito no se registra a nadie.")},
    )


class ChangePasswordForm(forms.Form):
    """One's own password."""

    current = forms.CharField(
        label=_("Contraseña que usa hoy"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Escriba su contraseña de hoy.")},
    )
    password = forms.CharField(
        label=_("Contraseña nueva"), max_length=200, strip=False, error_messages={"required": _("Escriba la contraseña nueva.")}
    )
    again = forms.CharField(
        label=_("Contraseña nueva, otra vez"), max_length=200, strip=False, error_messages={"required": _("Escríbala otra vez.")}
    )

    def clean_again(self) -> str:
        """The same as the first time."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("No es igual a la contraseña nueva. Escríbala otra vez."))
        return again


class EraseForm(forms.Form):
    """That she means it, said in a word, and her password."""

    current = forms.CharField(
        label=_("Su contraseña"), max_length=200, strip=False, error_messages={"required": _("Escriba su contraseña.")}
    )
    sure = forms.BooleanField(
        label=_("Entiendo que no se puede deshacer"), error_messages={"required": _("Marque la casilla para continuar.")}
    )


class NoticesForm(forms.Form):
    """Where one wants notices, and which."""

    email = _mail()
    kinds = forms.MultipleChoiceField(label=_("Avisos que quiero recibir"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.MultipleChoiceField, self.fields["kinds"]).choices = list(kinds)
