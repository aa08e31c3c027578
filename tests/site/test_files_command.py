"""`calpulli files verify`: what is named is there with its hash, what is not named is told, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from calpulli.annual.models import DeliveryBatch, Evidence, Exercise
from calpulli.budget.models import Adecuacion, BudgetBatch
from calpulli.commons import files
from calpulli.ledger import doors as ledger
from calpulli.planning.models import Attachment, Edition
from calpulli.transparency.models import DatasetEdition


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, server: Any, fresh_database: str) -> Path:
    """A folder of one's own, with what the seed kept, and a database that others' files are not in."""
    shutil.copytree(server.state / "files", tmp_path / "files")
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def said(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    call_command("files", "verify")
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    with pytest.raises(CommandError) as told:
        call_command("files", "verify")
    assert told.value.returncode == 1
    return capsys.readouterr().out


def hashes_in_the_database() -> set[str]:
    """Counted by hand: every column of every table that names a kept file."""
    named = {one.sha256 for one in Attachment.objects.all()}
    for edition in Edition.objects.all():
        named |= {*edition.sealed_files.values(), edition.bundle_sha256} - {""}
    named |= {sha256 for one in DatasetEdition.objects.all() for sha256 in one.files.values()}
    named |= set(Evidence.objects.values_list("sha256", flat=True))
    for model in (Exercise, DeliveryBatch, BudgetBatch, Adecuacion):
        named |= set(model.objects.exclude(source_sha256="").values_list("source_sha256", flat=True))
    facts = [fact for chain in ledger.chains() for fact in ledger.facts_after(chain, 0)]
    return named | {fact["details"]["source_sha256"] for fact in facts if "source_sha256" in fact["details"]}


def test_the_demonstration_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    named = hashes_in_the_database()
    assert len(named) > 20
    assert f"Archivos completos: {len(named)}, cada uno con su huella." in said(capsys)


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_a_document_that_is_missing_or_altered_is_told_with_what_names_it(
    capsys: pytest.CaptureFixture[str], folder: Path, damage: str
) -> None:
    one = Attachment.objects.select_related("edition__period").first()
    assert one
    place = folder / one.sha256[:2] / one.sha256
    place.unlink() if damage == "gone" else place.write_bytes(b"otra cosa")
    told = refused(capsys)
    assert one.sha256 in told
    assert "fue alterado" in told if damage == "altered" else "falta el archivo" in told
    assert f"documento «{one.title}»" in told
    assert "demo-2026 2026-Q2" in told


def test_every_missing_file_is_told_at_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    for path in folder.glob("*/*"):
        path.unlink()
    told = refused(capsys)
    assert [sha256 for sha256 in hashes_in_the_database() if sha256 not in told] == []


def test_what_nothing_names_is_told_and_left_alone(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    before = said(capsys)
    orphan = files.keep(b"nadie me nombra")
    assert orphan not in before
    assert orphan in said(capsys)
    assert files.read(orphan) == b"nadie me nombra"
