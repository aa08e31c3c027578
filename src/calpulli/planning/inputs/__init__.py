"""The shapes of what comes in to planning."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from calpulli.commons.page_parts import MONTHS
from calpulli_core.formats.plain_text import is_link, read_day, text_fault, write_day
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.record import Captured, Record

from .attachments import CHOOSE_AGAIN, AttachmentFields, NewAttachment

__all__ = [
    "CHOOSE_AGAIN",
    "AttachmentFields",
    "CaptureEdition",
    "CaptureForm",
    "DayField",
    "ImportPlan",
    "ImportRecord",
    "NewAttachment",
    "OpenErratum",
    "OpenPeriod",
    "PublishEdition",
    "ReasonForm",
    "RecordFileForm",
    "ReturnEdition",
    "SealEdition",
    "SealForm",
]
DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
LOOKS_LIKE_A_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


@dataclass(frozen=True)
class ImportPlan:
    """A plan from its programme; `source` is the file as received."""

    key: str
    family: str
    generation: int
    kind: str
    institute: str
    seal_notice: str
    programme: Programme
    source: bytes
    identifiers: Mapping[str, str]  # number -> the identifier that it had in an earlier generation
    brought_with: str = ""


@dataclass(frozen=True)
class ImportRecord:
    """A record as read from a file, for a plan of that key that follows the norms of `institute`."""

    plan_key: str
    record: Record
    source: bytes
    format: str
    institute: str
    seal_notice: str


@dataclass(frozen=True)
class OpenPeriod:
    """A period ("2026-Q3", "2026") of a plan."""

    plan_key: str
    period: str


@dataclass(frozen=True)
class CaptureEdition:
    """What the author types: the columns that do not follow from the programme."""

    edition_id: int
    captured: Captured
    seen: str = ""  # the state that the person had before her (`EditionView.state_digest`); empty: not asked
    attach: tuple[NewAttachment, ...] = ()
    remove: tuple[int, ...] = ()  # keys of attachments that support the record


@dataclass(frozen=True)
class ReturnEdition:
    """Why the edition goes back to its author."""

    edition_id: int
    reason: str
    seen: str = ""


@dataclass(frozen=True)
class SealEdition:
    """The reviewer's date of validation (column 14)."""

    edition_id: int
    validated_on: dt.date
    seen: str = ""


@dataclass(frozen=True)
class PublishEdition:
    """The sealed edition to publish."""

    edition_id: int


@dataclass(frozen=True)
class OpenErratum:
    """Why a published period needs another edition."""

    edition_id: int
    reason: str


class DayField(forms.DateField):
    """A day as people write it here; of one that the calendar does not have, it says so."""

    def to_python(self, value: Any) -> dt.date | None:
        """The date; ValidationError with the remedy otherwise."""
        found = LOOKS_LIKE_A_DATE.fullmatch(str(value or "").strip())
        if found:
            refuse_impossible(*(int(number) for number in found.groups()))
        return super().to_python(value)


def refuse_impossible(day: int, month: int, year: int) -> None:
    """ValidationError for a day that its month does not have."""
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and 1 <= year <= 9999 else day
    if day > last:
        told = {"month": MONTHS[month - 1], "year": year, "days": last}
        message = _("Ese día no existe: %(month)s de %(year)s tiene %(days)s días. Revise la fecha.")
        raise forms.ValidationError(message % told)


class CaptureForm(AttachmentFields):
    """Columns 4, 5, 13 and 15 of the record, and the files that go with them."""

    field_order = ("poa_url", "poa_file", "work_programme_url", "work_programme_file", "updated_on", "note")

    poa_url = forms.CharField(label=_("Hipervínculo al Programa Operativo Anual (columna 4)"), required=False, max_length=500)
    work_programme_url = forms.CharField(
        label=_("Hipervínculo al Programa de Trabajo, en su caso (columna 5)"), required=False, max_length=500
    )
    updated_on = DayField(
        label=_("Fecha de actualización (columna 13)"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("Escriba la fecha en que la información se generó o cambió por última vez."),
            "invalid": _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 30/09/2026."),
        },
    )
    note = forms.CharField(label=_("Nota (columna 15)"), required=False, max_length=4000, widget=forms.Textarea)

    def __init__(self, *args: Any, supports: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["remove"]).choices = supports

    def clean_poa_url(self) -> str:
        """Column 4 as a web address."""
        return web_address(self.cleaned_data["poa_url"])

    def clean_work_programme_url(self) -> str:
        """Column 5 as a web address."""
        return web_address(self.cleaned_data["work_programme_url"])

    def clean_note(self) -> str:
        """Line ends as the record carries them, and nothing that a format of the record would lose."""
        note = str(self.cleaned_data["note"]).replace("\r\n", "\n").strip()
        fault = text_fault(note, breaks=True) if note else None
        if fault:
            raise forms.ValidationError(_("%(fault)s Bórrelo y escríbalo de nuevo.") % {"fault": fault})
        return note

    def clean_updated_on(self) -> dt.date:
        """A day that the record can be read back with: dd/mm/yyyy, of a year that it admits."""
        day: dt.date = self.cleaned_data["updated_on"]
        if read_day(write_day(day)) is None:
            raise forms.ValidationError(_("El año %(year)s no se admite. Revise la fecha.") % {"year": day.year})
        return day

    def captured(self) -> Captured:
        """What was typed, once valid."""
        data: dict[str, Any] = self.cleaned_data
        return Captured(
            poa_url=data["poa_url"],
            work_programme_url=data["work_programme_url"],
            updated_on=data["updated_on"],
            validated_on=None,
            note=data["note"],
        )


def web_address(text: str) -> str:
    """`text` if it is empty or an http(s) address that every format can carry; ValidationError with the remedy otherwise."""
    if text and not (is_link(text) and _host(text)):
        raise forms.ValidationError(_("No es una dirección web. Escríbala completa, por ejemplo https://ejemplo.mx/poa.pdf."))
    return text


def _host(address: str) -> str:
    """The address's host; empty where it has none or cannot be read as one (`https://[`)."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class SealForm(forms.Form):
    """Column 14."""

    validated_on = DayField(
        label=_("Fecha de validación (columna 14)"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("Escriba la fecha en que confirma la información."),
            "invalid": _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 25/10/2026."),
        },
    )


class ReasonForm(forms.Form):
    """A reason of some substance: to return an edition, to open an erratum."""

    reason = forms.CharField(
        label=_("Motivo"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={
            "required": _("Escriba el motivo."),
            "min_length": _("El motivo es muy corto. Diga en al menos 10 letras qué hay que cambiar."),
        },
    )


class RecordFileForm(forms.Form):
    """A record's file, and the key of the plan that it becomes."""

    plan_key = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)+$",
        label=_("Clave del plan"),
        max_length=60,
        error_messages={
            "required": _("Escriba la clave del plan, por ejemplo instituto-2023."),
            "invalid": _("La clave lleva minúsculas, números y guiones, y termina en el año: instituto-2023."),
        },
    )
    base = forms.ChoiceField(
        label=_("Programa del que se toma lo que un CSV o XLSX no lleva (instituto, fundamento)"),
        choices=(),
        error_messages={"required": _("Elija de qué programa es el registro.")},
    )
    file = forms.FileField(
        label=_("Archivo del registro (CSV, JSON o XLSX)"),
        error_messages={"required": _("Elija el archivo."), "empty": _("El archivo está vacío. Elija otro.")},
    )

    def __init__(self, *args: Any, plans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["base"]).choices = [("", _("Elija…")), *plans]
