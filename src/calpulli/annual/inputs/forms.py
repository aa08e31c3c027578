"""The forms of the annual programme: what is typed, before any act looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from calpulli.commons import files
from calpulli.commons.page_parts import MONTHS

from .amounts import amount_typed, read_amount

DATES = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
Choices = Sequence[tuple[str, Any]]
SLOTS = 6  # lines that an activity's form has room for
WORDS = {
    "required": _("Escriba este dato."),
    "max_length": _("Son %(show_value)d letras y caben %(limit_value)d. Acórtelo."),
    "invalid_choice": _("Elija una de las opciones."),
}


class AmountField(forms.CharField):
    """A quantity with up to three decimals; its value is in thousandths, or None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """Thousandths."""
        text = str(super().clean(value))
        if not text:
            return None
        try:
            return read_amount(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("No es una cantidad. Escríbala con cifras; para los decimales, punto: 12, 1,250 o 2.5.")
            ) from error


class DateField(forms.DateField):
    """A day as people write it here."""

    def __init__(self, **kwargs: Any) -> None:
        invalid = _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 30/09/2026.")
        errors = {"required": _("Escriba la fecha."), "invalid": invalid}
        super().__init__(input_formats=DATES, error_messages=errors, **kwargs)


class EvidenceField(forms.FileField):
    """A file that `commons.files` takes; its value is a `Received`."""

    def clean(self, data: UploadedFile | None, initial: Any = None) -> Any:
        """The file received, or None; its name is not looked at."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return files.receive(upload.read(), also_images=True)
        except files.FileRefused as refused:
            raise forms.ValidationError(list(refused.reasons)) from refused


def _text(label: Any, longest: int, *, required: bool = True, area: bool = False) -> forms.CharField:
    widget = forms.Textarea if area else forms.TextInput
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, error_messages=WORDS)


def _number(label: Any) -> forms.IntegerField:
    errors = {"invalid": _("Escriba un número entero, solo con cifras."), "required": _("Escriba un número; si no hubo, 0.")}
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, error_messages=errors)


def _choice(label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, error_messages=WORDS)


class _Form(forms.Form):
    """A form whose choices are given when it is made."""

    def choose(self, name: str, choices: Choices) -> None:
        """What may be chosen in a field."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class OpenForm(_Form):
    """The year to plan."""

    plan_key = _choice(_("Programa al que sirve"))
    year = forms.IntegerField(label=_("Año"), error_messages={"invalid": _("Escriba el año con cuatro cifras.")})

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("plan_key", plans)


class ProgrammeForm(_Form):
    """A programme, with as many rows of its matrix as there are, and some more."""

    key = _text(_("Clave"), 12)
    name = _text(_("Nombre"), 200)
    kind = _choice(_("Qué clase de programa es"))
    needs_matrix = forms.BooleanField(label=_("Lleva matriz de indicadores (MIR)"), required=False)

    def __init__(self, *args: Any, kinds: Choices, levels: Choices, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", kinds)
        self.rows = range(1, rows + 1)
        for place in self.rows:
            self.fields[f"level_{place}"] = _choice(_("Nivel"), required=False)
            self.choose(f"level_{place}", [("", _("Sin renglón")), *levels])
            self.fields[f"summary_{place}"] = _text(_("Qué se busca"), 2000, required=False, area=True)
            self.fields[f"indicator_{place}"] = _text(_("Cómo se mide"), 300, required=False)
            self.fields[f"verification_{place}"] = _text(_("Con qué se comprueba"), 300, required=False)
            self.fields[f"assumptions_{place}"] = _text(_("De qué depende (supuestos)"), 2000, required=False, area=True)

    def row(self, place: int) -> list[forms.BoundField]:
        """The fields of a row."""
        return [self[f"{name}_{place}"] for name in ("level", "summary", "indicator", "verification", "assumptions")]


class ActivityForm(_Form):
    """An activity with its goals by month and its lines."""

    key = _text(_("Clave"), 20)
    programme = _choice(_("Programa"))
    name = _text(_("Qué se hará"), 300)
    description = _text(_("Descripción"), 4000, required=False, area=True)
    area = _choice(_("Área que responde"))
    post = _choice(_("Puesto que responde"), required=False)
    unit = _text(_("En qué se mide, en plural"), 60)
    population = _text(_("Para quién"), 200, required=False)
    districts = forms.MultipleChoiceField(
        label=_("Distritos"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=WORDS
    )
    cumulative = forms.BooleanField(label=_("Los meses se suman"), required=False, initial=True)
    counted = forms.BooleanField(label=_("Lo hecho se cuenta de sus entregas"), required=False)
    of_people = forms.TypedChoiceField(
        label=_("¿En esa unidad se cuentan personas?"),
        choices=[("yes", _("Sí: cada unidad es una persona")), ("no", _("No: se cuentan cosas, actos o documentos"))],
        coerce=lambda told: told == "yes",
        error_messages={"required": _("Conteste si cada unidad es una persona."), "invalid_choice": _("Conteste sí o no.")},
    )
    gender = forms.BooleanField(label=_("Sirve a la igualdad entre mujeres y hombres"), required=False)
    rights = forms.BooleanField(label=_("Sirve a los derechos humanos"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], lines: Choices, slots: int = SLOTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.choose(name, options)
        for month in range(1, 13):
            self.fields[f"month_{month}"] = AmountField(label=MONTHS[month - 1].capitalize(), required=False)
        self.slots = range(1, slots + 1)
        for place in self.slots:
            self.fields[f"line_{place}"] = _choice(_("Línea"), required=False)
            self.choose(f"line_{place}", [("", _("Ninguna")), *lines])
            percent = forms.DecimalField(label=_("Por ciento"), required=False, min_value=0, max_value=100, decimal_places=2)
            percent.error_messages |= {"invalid": _("Escriba un número, por ejemplo 40 o 33.33.")}
            self.fields[f"share_{place}"] = percent

    def goals(self) -> dict[int, int]:
        """What was typed of each month; a month left blank has no goal."""
        found = {month: self.cleaned_data[f"month_{month}"] for month in range(1, 13)}
        return {month: amount for month, amount in found.items() if amount is not None}

    def shares(self) -> dict[str, int]:
        """Hundredths of a percent by line; a line chosen twice counts for what both say."""
        found: dict[str, int] = {}
        for place in self.slots:
            line, share = self.cleaned_data[f"line_{place}"], self.cleaned_data[f"share_{place}"]
            if line:
                found[line] = found.get(line, 0) + int((share or 0) * 100)
        return found

    def clean(self) -> dict[str, Any]:
        """A share says of which line it is."""
        data = super().clean() or self.cleaned_data
        for place in self.slots:
            if data.get(f"share_{place}") and not data.get(f"line_{place}") and f"line_{place}" not in self.errors:
                self.add_error(f"line_{place}", _("Elija la línea a la que va este porcentaje, o bórrelo."))
        return data


class ReasonForm(forms.Form):
    """Why something goes back, or no longer counts."""

    reason = _text(_("Motivo"), 2000, area=True)


class AnswerForm(forms.Form):
    """What is said of an adjustment."""

    answer = _text(_("Qué se responde"), 2000, required=False, area=True)


class ApproveForm(forms.Form):
    """The agreement."""

    agreement = _text(_("Número del acuerdo"), 60)
    approved_on = DateField(label=_("Día del acuerdo"))
    agreement_url = _text(_("Dirección del acuerdo en la web"), 500, required=False)


class AdjustForm(forms.Form):
    """New goals for the months that have not ended, and why."""

    def __init__(self, *args: Any, months: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = tuple(months)
        for month in self.months:
            self.fields[f"month_{month}"] = AmountField(label=MONTHS[month - 1].capitalize(), required=False)
        self.fields["reason"] = _text(_("Motivo del ajuste"), 2000, area=True)

    def goals(self) -> dict[int, int]:
        """What was typed of each month."""
        found = {month: self.cleaned_data[f"month_{month}"] for month in self.months}
        return {month: amount or 0 for month, amount in found.items()}


class ReportForm(_Form):
    """A quarter's report: five values at most are typed. Nothing is asked that the platform counts."""

    cause = _choice(_("Por qué lo hecho no es lo programado"), required=False)
    narrative = _text(_("Qué pasó"), 4000, required=False, area=True)
    evidence_file = EvidenceField(label=_("Evidencia (PDF, JPEG, PNG o WebP)"), required=False, allow_empty_file=True)
    evidence_title = _choice(_("Qué es ese archivo"), required=False)
    keep = forms.MultipleChoiceField(
        label=_("Evidencia que ya estaba"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=WORDS
    )
    correction = _text(_("Motivo de la corrección"), 2000, required=False, area=True)

    def __init__(self, *args: Any, months: Sequence[int], causes: Choices, kinds: Choices, kept: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = tuple(months)
        for month in self.months:
            self.fields[f"month_{month}"] = AmountField(label=MONTHS[month - 1].capitalize(), required=False)
        self.choose("cause", [("", _("Se hizo lo programado")), *causes])
        self.choose("evidence_title", kinds)
        self.choose("keep", kept)

    def achieved(self) -> dict[int, int]:
        """Thousandths of the months that were typed, and typed well."""
        found = {month: self.cleaned_data.get(f"month_{month}") for month in self.months}
        return {month: amount for month, amount in found.items() if amount is not None}


class DeliveryForm(_Form):
    """One delivery, in few fields."""

    activity = _choice(_("Actividad"))
    on = DateField(label=_("Día"))
    district = _choice(_("Distrito"), required=False)
    units = _number(_("Cuántas unidades se entregaron"))
    women = _number(_("Mujeres"))
    men = _number(_("Hombres"))
    unsaid = _number(_("Personas que no dijeron"))
    confirmed = forms.CharField(label=_("Antes de registrarla"), required=False, max_length=64)

    def __init__(self, *args: Any, activities: Choices, districts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("activity", activities)
        self.choose("district", districts)


def typed_goals(goals: Mapping[int, int]) -> dict[str, str]:
    """Goals as the fields of months show them."""
    return {f"month_{month}": amount_typed(amount) for month, amount in goals.items()}


def day_typed(day: dt.date) -> str:
    """A day as its field shows it."""
    return f"{day:%d/%m/%Y}"
