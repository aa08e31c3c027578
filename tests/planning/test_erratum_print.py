"""The print of an erratum: it says at the top what it corrects, in the bundle and when it is downloaded."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pypdf

from calpulli.commons import clock, files
from calpulli.commons.act import Actor
from calpulli.planning import exports, queries
from calpulli.planning.actions import open_erratum, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenErratum, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured

CAPTURED = Captured(updated_on=dt.date(2031, 6, 30), note="Nota.")


def published(edition: Edition, captured: Captured, author: Actor, reviewer: Actor) -> tuple[bytes, bytes]:
    """The edition's print as its bundle has it, and as it is downloaded."""
    submit_edition(CaptureEdition(edition.pk, captured), by=author)
    seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)
    view = queries.find_edition(edition.pk)
    assert view is not None
    with zipfile.ZipFile(io.BytesIO(files.read(view.edition.bundle_sha256))) as bundle:
        kept = bundle.read("data/record.pdf")
    return kept, exports.export(view.plan_key, view.span, "pdf", edition=view)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_an_erratum_says_at_the_top_what_it_corrects(edition: Edition, author: Actor, reviewer: Actor) -> None:
    first, _ = published(edition, CAPTURED, author, reviewer)
    erratum = open_erratum(OpenErratum(edition.pk, "La nota estaba incompleta."), by=author).result
    kept, downloaded = published(erratum, CAPTURED.but(note="Nota entera."), author, reviewer)
    assert kept == downloaded
    top = text_of(kept).partition("Registro 1. Ejercicio")[0]
    assert "Edición 2: fe de erratas Motivo: La nota estaba incompleta." in top
    assert "Columna 15: Nota Antes decía: Nota. Ahora dice: Nota entera." in top
    assert f"{clock.today():%d/%m/%Y}" in top.partition("Sellado el:")[2]
    assert "fe de erratas" not in text_of(first)
