"""Files that an author brings: from the form to a public address, through acts, seal, publication and erratum."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from calpulli.commons import clock, files
from calpulli.commons.act import Actor, Refused
from calpulli.ledger import doors as ledger
from calpulli.people.doors import actor_named
from calpulli.planning import actions, queries
from calpulli.planning.inputs import CaptureEdition, NewAttachment, OpenErratum, OpenPeriod, PublishEdition, SealEdition
from calpulli.planning.models import Attachment, Edition
from calpulli_core.board import bundle
from calpulli_core.formats.captured import Captured
from calpulli_core.verify import check_files
from tests.commons import pictures
from tests.signing import signed_in

PDF = pictures.good_pdf("uno")
PDF_SHA = hashlib.sha256(PDF).hexdigest()
OTHER = pictures.good_pdf("dos")
ADDRESS = f"{settings.SITE_ADDRESS}/archivos/{PDF_SHA}.pdf"
DAY = dt.date(2031, 6, 30)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, server: Any) -> Path:
    """A folder of one's own, with what the seed kept."""
    shutil.copytree(server.state / "files", tmp_path / "files")
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def new(place: str, content: bytes, title: str = "") -> NewAttachment:
    return NewAttachment(place, files.receive(content), title)


def captured(**more: Any) -> Captured:
    return Captured(updated_on=DAY, **more)


def seal(edition: Edition, reviewer: Actor) -> Edition:
    return actions.seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10)), by=reviewer).result


def publish(edition: Edition, reviewer: Actor) -> Edition:
    return actions.publish_edition(PublishEdition(edition.pk), by=reviewer).result


def brought(edition: Edition, author: Actor, *attach: NewAttachment, **more: Any) -> Edition:
    return actions.submit_edition(CaptureEdition(edition.pk, captured(**more), attach=attach), by=author).result


# -- the whole road, in a browser's words ------------------------------------------------------------------------------


def test_a_pdf_becomes_the_address_of_column_4_and_opens_once_published(edition: Edition, author: Actor, reviewer: Actor) -> None:
    area, stranger = signed_in("area"), Client()
    page = area.get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert 'enctype="multipart/form-data"' in page
    form = {
        "seen": re.search(r'name="seen" value="([0-9a-f]+)"', page)[1],  # type: ignore[index]  # it is there
        "updated_on": "30/06/2031",
        "poa_file": SimpleUploadedFile("../../etc/passwd.pdf", PDF),
        "support_file": SimpleUploadedFile("C:\\Mis fotos\\casa.jpg", pictures.photograph()),
        "support_title": "Fotografía del acuse",
        "submit": "1",
    }
    assert area.post(f"/mesa/edicion/{edition.pk}", form).status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.poa_url) == ("in_review", ADDRESS)
    rows = {one.place: one for one in edition.attachments.all()}
    assert (rows["poa"].sha256, rows["poa"].size, rows["poa"].title) == (PDF_SHA, len(PDF), "Programa Operativo Anual")
    assert "passwd" not in str(vars(rows["poa"]))

    picture = f"/archivos/{rows['support'].sha256}.jpg"
    for address in (f"/archivos/{PDF_SHA}.pdf", picture):
        assert stranger.get(address).status_code == 404
        seen = signed_in("revision").get(address)
        assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")
    assert "Fotografía del acuse" in signed_in("revision").get(f"/mesa/edicion/{edition.pk}").content.decode()

    publish(seal(edition, reviewer), reviewer)
    given = stranger.get(f"/archivos/{PDF_SHA}.pdf")
    assert given.content == PDF
    assert (given["Content-Type"], given["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert given["Content-Disposition"] == f'attachment; filename="{PDF_SHA}.pdf"'
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert "immutable" in given["Cache-Control"]
    shown = stranger.get(picture)
    assert (shown["Content-Type"], shown["Content-Disposition"].partition(";")[0]) == ("image/jpeg", "inline")
    assert pictures.SECRET.encode() not in shown.content
    record = stranger.get(f"/registros/demo-2026/{edition.period.code}").content.decode()
    assert f'href="{ADDRESS}"' in record
    assert "Fotografía del acuse" in record
    assert "Documentos de apoyo" in record
    assert rows["support"].sha256 in record.replace("</span><span>", "").replace("<span>", "").replace("</span>", "")


@pytest.mark.parametrize(
    "address",
    [
        f"/archivos/{PDF_SHA}.exe",
        f"/archivos/{'0' * 64}.pdf",
        "/archivos/../settings.py",
        f"/archivos/{PDF_SHA}.jpg",
        "/archivos/",
    ],
)
def test_what_was_not_brought_is_not_there(edition: Edition, author: Actor, reviewer: Actor, address: str) -> None:
    publish(seal(brought(edition, author, new("poa", PDF)), reviewer), reviewer)
    assert Client().get(address).status_code == 404


def test_nobody_gets_the_sealed_files_of_the_house_through_this_door(db: None) -> None:
    """The folder also keeps originals and bundles: an address answers only for what an edition carries."""
    other = Edition.objects.exclude(bundle_sha256="").values_list("bundle_sha256", flat=True)[0]
    assert Client().get(f"/archivos/{other}.pdf").status_code == 404
    assert signed_in("revision").get(f"/archivos/{other}.zip").status_code == 404


# -- the facts ---------------------------------------------------------------------------------------------------------


def test_the_seal_tells_the_files_and_the_bundle_still_verifies(edition: Edition, author: Actor, reviewer: Actor) -> None:
    published = publish(seal(brought(edition, author, new("poa", PDF), new("support", OTHER, "Minuta")), reviewer), reviewer)
    contents = bundle.read_zip(files.read(published.bundle_sha256))
    assert check_files(contents).ok
    other = hashlib.sha256(OTHER).hexdigest()
    fact = next(one for one in ledger.last_facts(50) if one["name"] == "planning.quarter_sealed")
    assert sorted(fact["details"]["attachments"]) == [["poa", PDF_SHA], ["support", other]]
    assert other.encode() in contents["data/facts.jsonl"]
    assert ADDRESS.encode() in contents["data/record.json"]
    assert not any(OTHER in content for content in contents.values())
    assert list(ledger.check_ledger([])) == []


def test_files_and_capture_are_one_act(edition: Edition, author: Actor) -> None:
    before = ledger.head("planning").sequence
    brought(edition, author, new("poa", PDF), new("work_programme", OTHER))
    (fact,) = ledger.facts_after("planning", before)
    tables = sorted(row[0] for row in fact["rows"])
    assert tables == ["planning_attachment", "planning_attachment", "planning_edition"]


def test_the_same_file_twice_is_kept_once_and_named_twice(edition: Edition, author: Actor, folder: Path) -> None:
    kept = sum(path.is_file() for path in folder.rglob("*"))
    brought(edition, author, new("poa", PDF), new("work_programme", PDF), new("support", PDF, "El mismo"))
    assert sum(path.is_file() for path in folder.rglob("*")) == kept + 1
    assert Attachment.objects.filter(sha256=PDF_SHA).count() == 3


# -- going and coming while it is open ---------------------------------------------------------------------------------


def keep(edition: Edition, author: Actor, *attach: NewAttachment, remove: tuple[int, ...] = (), **more: Any) -> Edition:
    return actions.capture_edition(CaptureEdition(edition.pk, captured(**more), attach=attach, remove=remove), by=author).result


def places(edition: Edition) -> list[tuple[str, str]]:
    return sorted(edition.attachments.values_list("place", "sha256"))


def test_a_document_stays_only_while_its_column_carries_it(edition: Edition, author: Actor) -> None:
    other = hashlib.sha256(OTHER).hexdigest()
    keep(edition, author, new("poa", PDF))
    assert places(edition) == [("poa", PDF_SHA)]
    keep(edition, author, poa_url=ADDRESS)
    assert places(edition) == [("poa", PDF_SHA)]
    keep(edition, author, new("poa", OTHER), poa_url=ADDRESS)
    assert places(edition) == [("poa", other)]
    keep(edition, author, poa_url="https://ejemplo.mx/poa.pdf")
    assert places(edition) == []
    assert list(ledger.check_ledger([])) == []


def test_a_supporting_document_is_taken_away_and_is_nowhere(edition: Edition, author: Actor) -> None:
    keep(edition, author, new("support", PDF, "Uno"), new("support", OTHER, "Dos"))
    first = edition.attachments.get(sha256=PDF_SHA)
    keep(edition, author, remove=(first.pk,))
    assert places(edition) == [("support", hashlib.sha256(OTHER).hexdigest())]
    assert signed_in("area").get(f"/archivos/{PDF_SHA}.pdf").status_code == 404


def test_what_belongs_to_another_edition_is_not_taken_away(edition: Edition, author: Actor) -> None:
    keep(edition, author, new("support", PDF, "Uno"))
    row = edition.attachments.get()
    other = Edition.objects.filter(state="open").exclude(pk=edition.pk)[0]
    keep(other, author, remove=(row.pk,))
    assert edition.attachments.count() == 1


def refused(edition: Edition, author: Actor, *attach: NewAttachment, **more: Any) -> str:
    before = (places(edition), ledger.head("planning").sequence)
    with pytest.raises(Refused) as told:
        keep(edition, author, *attach, **more)
    assert (places(edition), ledger.head("planning").sequence) == before, "nothing is half saved"
    return str(told.value)


def test_limits_are_told_and_nothing_is_half_saved(edition: Edition, author: Actor) -> None:
    twelve = [new("support", pictures.good_pdf(f"n{number}"), f"Documento {number}") for number in range(12)]
    keep(edition, author, *twelve)
    assert "hasta 12 documentos" in refused(edition, author, new("support", PDF, "Uno más"))
    assert "ya está entre los de apoyo" in refused(edition, author, twelve[3])


def test_an_address_of_ours_that_leads_nowhere_is_refused(edition: Edition, author: Actor) -> None:
    for address in (ADDRESS, f"{settings.SITE_ADDRESS}/archivos/no.pdf", f"{settings.SITE_ADDRESS}/archivos/"):
        assert "suba el documento aquí mismo" in refused(edition, author, poa_url=address)
        assert "no está publicado" in refused(edition, author, work_programme_url=address)


@pytest.mark.parametrize("state", ["in_review", "sealed", "published"])
def test_after_it_was_sent_nothing_comes_or_goes(edition: Edition, author: Actor, reviewer: Actor, state: str) -> None:
    brought(edition, author, new("support", PDF, "Uno"))
    if state != "in_review":
        seal(edition, reviewer)
    if state == "published":
        publish(edition, reviewer)
    row = edition.attachments.get()
    for command in (
        CaptureEdition(edition.pk, captured(), remove=(row.pk,)),
        CaptureEdition(edition.pk, captured(), attach=(new("poa", OTHER),)),
    ):
        with pytest.raises(Refused, match="el paso pide que esté"):
            actions.capture_edition(command, by=author)
    assert places(edition) == [("support", PDF_SHA)]


def test_a_damaged_file_is_not_sealed(edition: Edition, author: Actor, reviewer: Actor, folder: Path) -> None:
    brought(edition, author, new("poa", PDF))
    (folder / PDF_SHA[:2] / PDF_SHA).write_bytes(b"otra cosa")
    with pytest.raises(files.FileDamaged):
        seal(edition, reviewer)
    edition.refresh_from_db()
    assert edition.state == "in_review"


def test_an_erratum_begins_with_the_files_and_may_change_them(edition: Edition, author: Actor, reviewer: Actor) -> None:
    publish(seal(brought(edition, author, new("poa", PDF), new("support", PDF, "Acuse")), reviewer), reviewer)
    with clock.rehearse(dt.datetime(2031, 7, 11, 18, tzinfo=dt.UTC)):
        erratum = actions.open_erratum(OpenErratum(edition.pk, "El acuse era de otro mes."), by=author).result
        assert places(erratum) == places(edition)
        with pytest.raises(Refused, match="dice lo mismo"):
            brought(erratum, author, poa_url=ADDRESS)
        gone = erratum.attachments.get(place="support").pk
        command = CaptureEdition(erratum.pk, captured(poa_url=ADDRESS), attach=(new("support", OTHER, "Acuse"),), remove=(gone,))
        actions.submit_edition(command, by=author)
        actions.seal_edition(SealEdition(erratum.pk, dt.date(2031, 7, 11)), by=reviewer)
        publish(erratum, reviewer)
    other = hashlib.sha256(OTHER).hexdigest()
    assert places(edition) == [("poa", PDF_SHA), ("support", PDF_SHA)]
    assert places(erratum) == [("poa", PDF_SHA), ("support", other)]
    for sha256 in (PDF_SHA, other):
        assert Client().get(f"/archivos/{sha256}.pdf").status_code == 200


# -- the form ----------------------------------------------------------------------------------------------------------


def post(edition: Edition, **more: Any) -> tuple[int, str]:
    view = queries.find_edition(edition.pk)
    assert view is not None
    answer = signed_in("area").post(
        f"/mesa/edicion/{edition.pk}", {"updated_on": "30/06/2031", "save": "1", "seen": view.state_digest} | more
    )
    return answer.status_code, answer.content.decode()


def upload(content: bytes, name: str = "archivo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_every_fault_of_every_file_is_told_at_once(edition: Edition) -> None:
    status, page = post(
        edition,
        poa_file=upload(pictures.scripted_pdf()),
        work_programme_file=upload(pictures.picture(), "foto.pdf"),
        support_file=upload(b"<svg onload=alert(1)>", "dibujo.png"),
        updated_on="31/02/2031",
        note="Lo que ya había escrito",
    )
    assert status == 422
    for words in ("JavaScript", "este archivo es una imagen", "HTML, SVG", "febrero de 2031", "vuelva a elegir los archivos"):
        assert words in page
    assert "Lo que ya había escrito" in page
    assert edition.attachments.count() == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"support_file": upload(PDF)}, "Diga qué es el documento"),
        ({"support_title": "Minuta"}, "Elija el documento"),
        ({"support_file": upload(PDF), "support_title": "Min\u202euta"}, "U+202E"),
        ({"support_file": upload(PDF), "support_title": "x" * 121}, "120"),
        ({"remove": "999999"}, "999999"),
        ({"poa_file": upload(b"", "vacio.pdf")}, "está vacío"),
        ({"poa_file": upload(b"%PDF-1.7" + b"0" * 9 * 1024 * 1024)}, "se admiten 8 MB"),
        ({"support_file": upload(b"#!/bin/sh\n", "foto.png"), "support_title": "Foto"}, "un programa"),
        ({"support_file": upload(pictures.large_png(10_000), "foto.png"), "support_title": "Foto"}, "10000 × 10000"),
        ({"support_file": upload(pictures.zip_bomb(), "datos.pdf"), "support_title": "Datos"}, "comprimido"),
    ],
)
def test_a_fault_says_where_and_what_to_do(edition: Edition, folder: Path, more: dict[str, Any], words: str) -> None:
    kept = sum(path.is_file() for path in folder.rglob("*"))
    for value in more.values():
        if hasattr(value, "seek"):
            value.seek(0)
    status, page = post(edition, **more)
    assert status == 422
    assert words in page
    assert edition.attachments.count() == 0
    assert sum(path.is_file() for path in folder.rglob("*")) == kept


def test_fifty_megabytes_are_turned_away_at_the_door(client: Client, db: None) -> None:
    answer = client.post(
        "/mesa/edicion/1", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(50 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "más de 25 MB" in answer.content.decode()


def test_who_does_not_capture_brings_nothing(edition: Edition) -> None:
    answer = signed_in("revision").post(f"/mesa/edicion/{edition.pk}", {"poa_file": io.BytesIO(PDF), "save": "1"})
    assert answer.status_code == 404
    assert edition.attachments.count() == 0


# -- several at once ---------------------------------------------------------------------------------------------------


def test_the_same_file_brought_at_once_to_two_editions(fresh_database: str) -> None:
    """Two people, one file: both keep it, under one name, and the ledger holds."""
    by = actor_named("area")
    with clock.rehearse(dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)):
        opened = [actions.open_period(OpenPeriod("demo-2026", code), by=by).result.pk for code in ("2031-Q1", "2031-Q2")]
    wrong: list[BaseException] = []
    ready = threading.Barrier(2)

    def bring(pk: int) -> None:
        try:
            ready.wait()
            with clock.rehearse(dt.datetime(2031, 7, 10, 18, tzinfo=dt.UTC)):
                command = CaptureEdition(pk, captured(), attach=(new("poa", PDF),))
                actions.capture_edition(command, by=by)
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=bring, args=(pk,)) for pk in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert Attachment.objects.filter(sha256=PDF_SHA).count() == 2
    assert files.read(PDF_SHA) == PDF
    kept = Path(settings.FILES_DIR) / PDF_SHA[:2]
    assert [path.name for path in kept.iterdir() if path.name == PDF_SHA or path.name.startswith("tmp")] == [PDF_SHA]
    assert list(ledger.check_ledger([])) == []
