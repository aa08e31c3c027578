"""The annual programme from files: the command of its act, and the form that brings them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from calpulli_core.formats.annual.rows import AnnualFile

MOST_FILES = 12


@dataclass(frozen=True)
class ImportPoa:
    """What files say of the programme of a year, and what there was of it when they were read."""

    plan_key: str
    file: AnnualFile
    before: AnnualFile | None
    source: bytes  # as it came


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Some files at once; each as a form takes one."""

    def __init__(self, **named: Any) -> None:
        super().__init__(widget=_ManyFiles(), **named)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The list of what was chosen."""
        found = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in found or [None]]


class PoaFileForm(forms.Form):
    """The files, and the plan whose year they are."""

    brought = ManyFilesField(
        label=_("Archivos del programa anual (XLSX o CSV)"),
        error_messages={"required": _("Elija el archivo."), "empty": _("El archivo está vacío. Elija otro.")},
    )
    plan = forms.ChoiceField(
        label=_("Programa institucional"),
        choices=(),
        error_messages={"required": _("Elija de qué programa institucional es.")},
    )

    def __init__(self, *args: Any, plans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["plan"]).choices = list(plans)

    def clean_brought(self) -> list[Any]:
        """No more than a person would bring."""
        found = list(self.cleaned_data["brought"])
        if len(found) > MOST_FILES:
            told = {"most": MOST_FILES, "found": len(found)}
            raise forms.ValidationError(_("Se admiten %(most)s archivos a la vez y eligió %(found)s."), params=told)
        return found
