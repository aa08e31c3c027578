"""The form of a capture: a field for each column that its author types, as the format of the period says, and her files."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.page_parts import MONTHS, mark_words, spanish
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.columns import LONGEST, NOT_REPORTED, Column, Kind, Source, layout_of
from calpulli_core.formats.plain_text import is_link, read_day, text_fault, write_day

from .attachments import AttachmentFields

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
LOOKS_LIKE_A_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
# The documents that may be brought instead of typing their address.
FILES = {"poa_url": "poa_file", "work_programme_url": "work_programme_file"}


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


class RecordDayField(DayField):
    """A day that the record can be read back with: dd/mm/yyyy, of a year that it admits."""

    def clean(self, value: Any) -> dt.date | None:
        """The date, or None where none is asked for."""
        day: dt.date | None = super().clean(value)
        if day is not None and read_day(write_day(day)) is None:
            raise forms.ValidationError(_("El año %(year)s no se admite. Revise la fecha.") % {"year": day.year})
        return day


class AddressField(forms.CharField):
    """A web address that every format of the record can carry."""

    def clean(self, value: Any) -> str:
        """The address, or an empty text."""
        text = str(super().clean(value))
        if text and not (is_link(text) and _host(text)):
            raise forms.ValidationError(_("No es una dirección web. Escríbala completa, por ejemplo https://ejemplo.mx/poa.pdf."))
        return text


def _host(address: str) -> str:
    """The address's host; empty where it has none or cannot be read as one (`https://[`)."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class TextField(forms.CharField):
    """Words with nothing that a format of the record would lose, and line ends as the record carries them."""

    def __init__(self, *, breaks: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._breaks = breaks

    def clean(self, value: Any) -> str:
        """The text without blanks around it."""
        text = str(super().clean(value)).replace("\r\n", "\n").strip()
        fault = text_fault(text, breaks=self._breaks) if text else None
        if fault:
            raise forms.ValidationError(_("%(fault)s Bórrelo y escríbalo de nuevo.") % {"fault": fault})
        return text


def _day(column: Column, **shared: Any) -> forms.Field:
    errors = {
        "required": _("Escriba la fecha en que la información se generó o cambió por última vez."),
        "invalid": _("La fecha no se entiende. Escríbala como día/mes/año, por ejemplo 30/09/2026."),
    }
    return RecordDayField(input_formats=DATE_FORMATS, error_messages=errors, **shared)


def _address(column: Column, **shared: Any) -> forms.Field:
    return AddressField(max_length=LONGEST[column.kind], **shared)


def _line(column: Column, **shared: Any) -> forms.Field:
    return TextField(breaks=False, max_length=LONGEST[column.kind], **shared)


def _prose(column: Column, **shared: Any) -> forms.Field:
    return TextField(breaks=True, max_length=LONGEST[column.kind], widget=forms.Textarea, **shared)


def _number(column: Column, **shared: Any) -> forms.Field:
    errors = {
        "invalid": _("No es un número entero. Escríbalo solo con cifras, por ejemplo 1250."),
        "min_value": _("El número no puede ser negativo. Corríjalo o déjelo vacío."),
        "max_value": _("El número más alto que se admite es %(limit_value)s. Corríjalo o déjelo vacío."),
    }
    return forms.IntegerField(min_value=0, max_value=column.most, error_messages=errors, **shared)


FIELDS: Mapping[Kind, Callable[..., forms.Field]] = {
    Kind.DAY: _day,
    Kind.ADDRESS: _address,
    Kind.LINE: _line,
    Kind.PROSE: _prose,
    Kind.NUMBER: _number,
}
HOW = {
    Kind.DAY: _("Día, mes y año. Por ejemplo, %(date)s."),
    Kind.ADDRESS: _("La dirección completa, desde https://. Si no la hay, déjela vacía: se publicará «%(mark)s»."),
    Kind.LINE: _("En un solo renglón. Si no se sabe, déjelo vacío: se publicará «%(mark)s»."),
    Kind.PROSE: _("Si no hace falta, déjela vacía: se publicará «%(mark)s»."),
    Kind.NUMBER: _("Un número entero, solo con cifras. Si no se sabe, déjelo vacío: se publicará «%(mark)s»."),
}


class CaptureForm(AttachmentFields):
    """The author's columns of the record of `span`. `mark`: what a blank of this plan is called."""

    def __init__(
        self, *args: Any, span: Period, mark: str = NOT_REPORTED, supports: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = layout_of(span).typed(Source.AUTHOR)
        told = {"date": write_day(span.ends_on), "mark": mark_words(mark)}
        for column in self.columns:
            self.fields[column.key] = FIELDS[column.kind](
                column, label=_label(column), help_text=_help(column, told), required=column.is_required
            )
        self.order_fields([name for column in self.columns for name in (column.key, FILES.get(column.key, ""))])
        cast(forms.MultipleChoiceField, self.fields["remove"]).choices = supports

    def file_of(self, column: Column) -> forms.BoundField | None:
        """The field for the document of a column, where one may be brought."""
        return self[FILES[column.key]] if column.key in FILES else None

    def captured(self) -> Captured:
        """What was typed, once valid."""
        return Captured(**{column.key: self.cleaned_data[column.key] for column in self.columns})


def _label(column: Column) -> str:
    """The column's name stays as the law prints it."""
    number = gettext("columna %(number)s") % {"number": column.number}
    return spanish(column.name) + f" ({number})"


def _help(column: Column, told: Mapping[str, str]) -> str:
    """What is asked for, if the declaration says it, and how it is written."""
    own = gettext(column.help) if column.help else ""
    return f"{own} {HOW[column.kind] % told}".strip()
