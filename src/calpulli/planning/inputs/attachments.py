"""A file that the author brings, received before any act sees it, and the fields that ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from calpulli.commons import files
from calpulli_core.formats.plain_text import text_fault

LONGEST_TITLE = 120


@dataclass(frozen=True)
class NewAttachment:
    """A file to keep with an edition: for a column of the record, or to support it under a title."""

    place: str  # a value of `Attachment.Place`
    received: files.Received
    title: str = ""


class ReceivedField(forms.FileField):
    """A file that `commons.files` takes; its value is a `Received`, and every reason of a refusal is an error."""

    def __init__(self, *, also_images: bool, **kwargs: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **kwargs)
        self._also_images = also_images

    def clean(self, data: UploadedFile | None, initial: Any = None) -> Any:
        """The file received, or None; its name is not looked at."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return files.receive(upload.read(), also_images=self._also_images)
        except files.FileRefused as refused:
            raise forms.ValidationError(list(refused.reasons)) from refused


class AttachmentFields(forms.Form):
    """Documents of columns 4 and 5, one that supports the record, and which of those to take away."""

    poa_file = ReceivedField(also_images=False, label=_("O suba el Programa Operativo Anual (PDF)"))
    work_programme_file = ReceivedField(also_images=False, label=_("O suba el Programa de Trabajo (PDF)"))
    support_file = ReceivedField(also_images=True, label=_("Documento de apoyo (PDF, JPEG, PNG o WebP)"))
    support_title = forms.CharField(label=_("Qué es o qué muestra ese documento"), required=False, max_length=LONGEST_TITLE)
    remove = forms.MultipleChoiceField(
        label=_("Quitar documentos de apoyo"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def clean_support_title(self) -> str:
        """One line that every page can show."""
        title = str(self.cleaned_data["support_title"]).strip()
        if title and (fault := text_fault(title)):
            raise forms.ValidationError(_("%(fault)s Escríbalo de nuevo.") % {"fault": fault})
        return title

    def clean(self) -> dict[str, Any]:
        """A document has a title and a title its document; whoever must correct anything chooses the files again."""
        data = super().clean() or self.cleaned_data
        if data.get("support_file") and not data.get("support_title") and "support_title" not in self.errors:
            self.add_error("support_title", _("Diga qué es el documento: así aparecerá en la página pública."))
        if data.get("support_title") and not data.get("support_file") and "support_file" not in self.errors:
            self.add_error("support_file", _("Elija el documento al que corresponde ese título, o borre el título."))
        if self.files and self.errors:
            self.add_error(None, CHOOSE_AGAIN)
        return data

    def attachments(self) -> tuple[NewAttachment, ...]:
        """The files brought, once valid."""
        data = self.cleaned_data
        found = (("poa", data["poa_file"]), ("work_programme", data["work_programme_file"]), ("support", data["support_file"]))
        return tuple(
            NewAttachment(place, received, data["support_title"] if place == "support" else "")
            for place, received in found
            if received
        )

    def removed(self) -> tuple[int, ...]:
        """The keys of what is taken away."""
        return tuple(map(int, self.cleaned_data["remove"]))


CHOOSE_AGAIN = _("No se guardó nada. Corrija lo que se indica y vuelva a elegir los archivos: el navegador no los conserva.")
