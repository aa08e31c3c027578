"""The files of published records as a data set: found with their hash, served, and handed over in the open part."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calpulli.commons import files
from calpulli.commons.act import Actor
from calpulli.commons.registries.datasets import DATASETS, Row
from calpulli.planning import actions
from calpulli.planning.inputs import CaptureEdition, NewAttachment, PublishEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.offers.document_datasets import document_rows
from calpulli_core.formats.record import Captured
from tests.commons import pictures

PDF, OTHER = pictures.good_pdf("uno"), pictures.good_pdf("dos")
PDF_SHA, OTHER_SHA = (hashlib.sha256(content).hexdigest() for content in (PDF, OTHER))


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, server: Any) -> Path:
    """A folder of one's own, with what the seed kept."""
    shutil.copytree(server.state / "files", tmp_path / "files")
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def sealed(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    """An edition with a document of column 4 and one of support, one publication away from being public."""
    brought = (NewAttachment("poa", files.receive(PDF)), NewAttachment("support", files.receive(OTHER), "=Acuse"))
    command = CaptureEdition(edition.pk, Captured(updated_on=dt.date(2031, 6, 30)), attach=brought)
    actions.submit_edition(command, by=author)
    return actions.seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer).result


def rows() -> list[Row]:
    """Those of the edition of these tests: the demonstration brings its own."""
    return sorted(row for row in document_rows() if row[1] == "2031-Q2")


def test_what_is_not_published_is_not_there(sealed: Edition) -> None:
    assert rows() == []


def test_each_file_of_a_published_edition_is_a_row(sealed: Edition, reviewer: Actor, client: Client) -> None:
    actions.publish_edition(PublishEdition(sealed.pk), by=reviewer)
    mine = ("demo-2026", "2031-Q2", 1)
    assert rows() == [
        (*mine, "columna 4", "Programa Operativo Anual", "application/pdf", len(PDF), PDF_SHA, f"{PDF_SHA}.pdf"),
        (*mine, "documento de apoyo", "=Acuse", "application/pdf", len(OTHER), OTHER_SHA, f"{OTHER_SHA}.pdf"),
    ]
    for row in client.get("/api/v1/conjuntos/documentos/renglones?periodo=2031-Q2").json()["renglones"]:
        assert hashlib.sha256(client.get(f"/archivos/{row['archivo']}").content).hexdigest() == row["huella"]


def test_the_files_go_with_the_table(sealed: Edition, reviewer: Actor) -> None:
    dataset = DATASETS.get("documentos")
    assert dataset and dataset.files
    before = {one.sha256 for one in dataset.files()}
    assert not before & {PDF_SHA, OTHER_SHA}
    actions.publish_edition(PublishEdition(sealed.pk), by=reviewer)
    assert {(one.name, one.sha256) for one in dataset.files() if one.sha256 not in before} == {
        (f"{PDF_SHA}.pdf", PDF_SHA),
        (f"{OTHER_SHA}.pdf", OTHER_SHA),
    }


def test_the_files_of_all_editions_are_read_at_once(sealed: Edition, reviewer: Actor) -> None:
    actions.publish_edition(PublishEdition(sealed.pk), by=reviewer)
    with CaptureQueriesContext(connection) as asked:
        assert len({row[:3] for row in document_rows()}) > 1
    assert sum('FROM "planning_attachment"' in one["sql"] for one in asked) == 1
