"""The data set of the files that authors bring with a record, once an edition that carries them is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, KeptFile, Kind, Row, offer
from calpulli_core.formats.columns import Layout

from .. import queries
from ..queries.attachments import COLUMNS, AttachmentView
from .datasets import PLAN
from .record_datasets import COMMON, NUMBER, PERIOD, published


def document_rows() -> Iterator[Row]:
    """Each file of each published edition."""
    views = list(published())
    prefetch_related_objects([view.edition for view in views], "attachments")  # of all editions at once
    for view in views:
        for one in queries.attachments_of(view.edition):
            place = place_of(one, view.record.layout)
            yield (view.plan_key, view.code, view.number, place, one.title, one.media_type, one.size, one.sha256, one.file_name)


def place_of(attachment: AttachmentView, layout: Layout) -> str:
    """The column whose document it is, by its number in that format; or that it supports the record."""
    key = COLUMNS.get(attachment.place)
    return f"columna {layout.column(key).number}" if key else "documento de apoyo"


def document_files() -> Iterator[KeptFile]:
    """The files themselves, each once."""
    for name, sha256 in sorted({(str(row[8]), str(row[7])) for row in document_rows()}):
        yield KeptFile(name, sha256)


def told(name: str, meaning: Any, example: Any, field: str, **more: Any) -> Column:
    """A column that comes from a field of the file's row."""
    return Column(name=name, meaning=meaning, example=example, fields=(f"planning.Attachment.{field}",), **more)


offer(
    Dataset(
        **COMMON,
        chains=("planning",),
        key="documentos",
        title=_("Documentos de los registros"),
        description=_(
            "Los archivos que acompañan a cada registro publicado: los de sus hipervínculos y los de apoyo, con su huella."
        ),
        words=("archivos", "evidencia", "adjuntos", "pdf", "acuse"),
        sensitivity=_("pública: lo que el área decidió publicar; nadie revisa por máquina lo que dice cada documento"),
        keys=("plan", "periodo", "edicion", "lugar", "huella"),
        check=Check.ATTESTED,
        check_note=_("La huella es el SHA-256 del archivo que se descarga; el hecho del sello la nombra con su lugar."),
        columns=(
            PLAN,
            PERIOD,
            NUMBER,
            told(
                "lugar",
                _("La columna del registro a la que acompaña, por su número, o documento de apoyo"),
                "documento de apoyo",
                "place",
            ),
            told("titulo", _("Qué es, como lo dijo quien capturó"), _("Acuse de entrega"), "title"),
            told("tipo", _("Tipo del archivo (RFC 6838)"), "application/pdf", "media_type"),
            told("tamano", _("Tamaño del archivo"), "48213", "size", kind=Kind.INTEGER, unit="bytes"),
            told("huella", _("Huella de los bytes del archivo"), "9f86d081884c7d65…", "sha256", unit="SHA-256"),
            Column(
                name="archivo",
                meaning=_("Cómo se llama: está en /archivos/ de este sitio, y en archivos/documentos/ de una entrega"),
                example="9f86d081884c7d65….pdf",
                fields=("planning.Attachment.sha256", "planning.Attachment.extension"),
            ),
        ),
        rows=document_rows,
        files=document_files,
    )
)
