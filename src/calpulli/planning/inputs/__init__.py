"""The shapes of what comes in to planning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli_core.formats.captured import Captured
from calpulli_core.formats.columns import Layout
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.record import Record

from .attachments import CHOOSE_AGAIN, AttachmentFields, NewAttachment
from .capture import DATE_FORMATS, CaptureForm, DayField

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
    "WithdrawEdition",
]


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
class WithdrawEdition:
    """An edition that its author sent and takes back."""

    edition_id: int
    seen: str = ""


@dataclass(frozen=True)
class ReturnEdition:
    """Why the edition goes back to its author."""

    edition_id: int
    reason: str
    seen: str = ""


@dataclass(frozen=True)
class SealEdition:
    """The reviewer's date of validation, and that she saw what asks for a second look."""

    edition_id: int
    validated_on: dt.date
    seen: str = ""
    warned: bool | None = None  # whether the person says that she saw the warnings; None: not asked


@dataclass(frozen=True)
class PublishEdition:
    """The sealed edition to publish."""

    edition_id: int


@dataclass(frozen=True)
class OpenErratum:
    """Why a published period needs another edition."""

    edition_id: int
    reason: str


class SealForm(forms.Form):
    """The date of validation, and that the open warnings were seen. `layout`: the format, for the number of its column."""

    validated_on = DayField(
        input_formats=DATE_FORMATS,
        error_messages={
            "required": _("Escriba la fecha en que confirma la información."),
            "invalid": _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 25/10/2026."),
        },
    )
    # Whether it is needed depends on the edition: the act asks.
    warned = forms.BooleanField(label=_("Los vi y lo sello así"), required=False)

    def __init__(self, *given: Any, layout: Layout, **named: Any) -> None:
        super().__init__(*given, **named)
        number = layout.column("validated_on").number
        self.fields["validated_on"].label = gettext("Fecha de validación (columna %(number)s)") % {"number": number}


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
