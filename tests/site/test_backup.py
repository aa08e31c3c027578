"""Backup and restore as an operator gives them: two orders, and what they refuse."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import Client

from calpulli.commons import clock, files
from calpulli.commons.act import Actor
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.people.models import Account
from calpulli.site.backups import taking
from calpulli.site.backups.database import Snapshot, dump
from tests.site.installation import Installation, kept, names, tables

BY = Actor.system("prueba")


# -- the road ----------------------------------------------------------------------------------------------------------


def test_what_a_backup_holds_and_what_it_says(source: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "respaldos" / "lunes"
    held = files.hold("prueba", [("metas.csv", b"a,b")], about="", now=clock.now())
    done = source.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    manifest = json.loads((folder / "manifest.json").read_text())
    for path, entry in manifest["files"].items():
        content = (folder / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size"])
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert present == set(manifest["files"]) | {"manifest.json"}
    assert held not in {entry["sha256"] for entry in manifest["files"].values()}, "nobody confirmed it"
    files.forget("prueba")
    assert {Path(path).name for path in present} - {"base.dump", "manifest.json"} == set(source.files())
    brought = {row[0] for row in source.query("SELECT sha256 FROM planning_attachment")}
    assert brought, "the demonstration brings a document"
    assert brought <= {Path(path).name for path in present}
    heads = json.loads(source.run("ledger", "head").stdout)
    assert manifest["chains"] == heads["chains"]
    assert hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest() in done.stdout
    assert f"NO incluye las llaves privadas. Están en {source.state / 'keys'}" in done.stdout
    assert "secret_key" in done.stdout
    assert folder.stat().st_mode & 0o077 == 0
    assert names(folder.parent) == ["lunes"]


def test_a_backup_restores_into_an_empty_installation(backup: Path, source: Installation, bare: Installation) -> None:
    done = bare.run("restore", str(backup))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Libro íntegro" in done.stdout
    assert "el libro coincide con las cabezas del respaldo" in done.stdout
    assert "Sin una cabeza anterior" not in done.stdout
    assert "Faltan las llaves privadas" in done.stdout
    assert bare.files() == source.files()
    facts = "SELECT chain, sequence, digest FROM ledger_fact ORDER BY 1, 2"
    assert bare.query(facts) == source.query(facts) != []
    assert bare.query("SELECT username, password FROM people_account ORDER BY 1") == source.query(
        "SELECT username, password FROM people_account ORDER BY 1"
    )
    assert not (bare.state / "keys").exists()
    out = bare.state / "paquete"
    exported = bare.run("quarter", "export", "--plan", "iecm-2023", "--quarter", "2023-Q1", "--output", str(out))
    assert exported.returncode == 0, exported.stderr
    verified = subprocess.run(
        [sys.executable, "-m", "calpulli_core.verify", str(out)], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout


SERVED = """
import hashlib
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("{address}")
print("served", answer.status_code, hashlib.sha256(answer.content).hexdigest())
"""


def test_a_restored_site_serves_the_documents_of_its_records(backup: Path, bare: Installation) -> None:
    assert bare.run("restore", str(backup)).returncode == 0
    published = "SELECT a.sha256, a.extension FROM planning_attachment a JOIN planning_edition e ON e.id = a.edition_id"
    found = bare.query(f"{published} WHERE e.state = 'published'")
    assert found, "the demonstration brings a document"
    for sha256, extension in found:
        told = bare.run("shell", "-c", SERVED.format(address=f"/archivos/{sha256}.{extension}"))
        assert f"served 200 {sha256}" in told.stdout, told.stdout + told.stderr


def test_a_document_that_was_lost_before_the_backup_is_told_when_it_is_restored(
    source: Installation, bare: Installation, tmp_path: Path
) -> None:
    """The backup is whole as a copy; what it is a copy of was not."""
    own = tmp_path / "propia"
    shutil.copytree(source.state / "files", own / "files")
    sha256 = source.query("SELECT sha256 FROM planning_attachment")[0][0]
    (own / "files" / sha256[:2] / sha256).unlink()
    folder = tmp_path / "respaldo"
    assert source.run("backup", str(folder), CALPULLI_STATE=str(own)).returncode == 0
    done = bare.run("restore", str(folder))
    assert done.returncode == 1
    assert f"falta el archivo {sha256}" in done.stdout
    assert "faltan archivos que algo nombra" in done.stderr


def test_keys_sessions_and_old_transactions_stay_behind(source: Installation, bare: Installation, tmp_path: Path) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="area"))
    folder = tmp_path / "respaldo"
    assert source.run("backup", str(folder)).returncode == 0
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    keys = [path.read_text().strip() for path in (source.state / "keys").iterdir()]
    for secret in (*keys, (source.state / "secret_key").read_text().strip()):
        assert secret.encode() not in content
        assert not secret.isalnum() or len(secret) != 64 or bytes.fromhex(secret) not in content
    assert bare.run("restore", str(folder)).returncode == 0
    assert source.query("SELECT count(*) FROM django_session") != [(0,)]
    assert bare.query("SELECT count(*) FROM django_session") == [(0,)]
    for table in ("ledger_fact", "ledger_factrow"):
        assert bare.query(f"SELECT count(*) FROM {table} WHERE transaction >= 0") == [(0,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the ledger only grows"):
        bare.query("UPDATE ledger_fact SET actor = 'otra' RETURNING 1")


def test_the_embedded_database_comes_back_in_a_new_folder(backup: Path, source: Installation, state: Path) -> None:
    """The whole of it without DATABASE_URL: restore, and back up again."""
    hidden = ("DATABASE_", "CALPULLI_", "PORT", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}

    def calpulli(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
        environment = inherited | {"CALPULLI_STATE": str(state)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)

    shutil.copytree(source.state / "keys", state / "keys")
    done = calpulli("restore", str(backup))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Llaves privadas en" in done.stdout
    again = calpulli("backup", str(state / "otra"))
    assert again.returncode == 0, again.stderr
    first, second = (json.loads((folder / "manifest.json").read_text()) for folder in (backup, state / "otra"))
    assert first["chains"] == second["chains"]
    del first["files"]["base.dump"], second["files"]["base.dump"]
    assert first["files"] == second["files"]
    assert calpulli("stop").returncode == 0


# -- while people work -------------------------------------------------------------------------------------------------


@dataclass
class Stream:
    """Accounts registered and files kept one after another, until told to stop."""

    stop: threading.Event = field(default_factory=threading.Event)
    receipts: list[tuple[int, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def act(self, number: int) -> None:
        self.kept.append(files.keep(f"archivo {number}".encode()))
        command = RegisterAccount(f"cuenta{number}", "Persona Inventada", "Sin área", (), "copal-nube-jade-12")
        receipt = register_account(command, by=BY).receipt
        self.receipts.append((receipt.sequence, receipt.digest))

    def run(self) -> None:
        try:
            number = 1000
            while not self.stop.is_set():
                self.act(number := number + 1)
        except Exception as error:
            self.faults.append(error)
        finally:
            connections.close_all()


def test_a_backup_while_people_work(source: Installation, bare: Installation, tmp_path: Path) -> None:
    stream = Stream()
    for number in range(3):
        stream.act(number)
    before = list(stream.receipts)
    worker = threading.Thread(target=stream.run)
    worker.start()
    done = source.run("backup", str(tmp_path / "respaldo"))
    stream.stop.set()
    worker.join(60)
    assert not stream.faults and done.returncode == 0, (stream.faults, done.stderr)
    manifest = json.loads((tmp_path / "respaldo" / "manifest.json").read_text())
    head = next(one["sequence"] for one in manifest["chains"] if one["chain"] == "people")
    assert head < stream.receipts[-1][0], "acts went on after the instant of the backup"
    restored = bare.run("restore", str(tmp_path / "respaldo"))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    found = bare.query("SELECT sequence, digest FROM ledger_fact WHERE chain = 'people'")
    assert set(before) <= set(found)
    assert max(sequence for sequence, _ in found) == head
    assert set(stream.kept[:3]) <= set(bare.files())


def test_database_and_heads_are_of_one_instant(
    source: Installation, bare: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act between the heads and the dump is in neither; its file, copied later, does no harm."""
    stream = Stream()

    def late(url: str, held: Snapshot, file: Path) -> None:
        stream.act(1)
        dump(url, held, file)

    monkeypatch.setattr(taking, "dump", late)
    url = source.server.url(role="calpulli_owner", database=source.database)
    manifest = taking.take(tmp_path / "respaldo", url=url, files=source.state / "files")
    restored = bare.run("restore", str(tmp_path / "respaldo"))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    heads = bare.query("SELECT chain, max(sequence) FROM ledger_fact GROUP BY chain")
    assert dict(heads) == {one["chain"]: one["sequence"] for one in manifest.chains}
    assert stream.receipts[0][0] == dict(heads)["people"] + 1
    assert stream.kept[0] in bare.files()


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_every_damage_is_named_and_nothing_is_restored(backup: Path, bare: Installation) -> None:
    altered, missing, *_ = kept(backup)
    content = bytearray(altered.read_bytes())
    content[len(content) // 2] ^= 1
    altered.write_bytes(content)
    missing.unlink()
    with (backup / "base.dump").open("ab") as dump:
        dump.write(b"x")
    (backup / "nota.txt").write_text("x")
    (backup / "files" / "liga").symlink_to("/etc/passwd")
    done = bare.run("restore", str(backup))
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert "No se restauró nada." in lines[0]
    told = {altered: "está dañado", missing: "falta", backup / "base.dump": "está dañado", backup / "nota.txt": "sobra"}
    for place, fault in {**told, backup / "files" / "liga": "sobra"}.items():
        assert len([line for line in lines if line.startswith(f"{place}: {fault}")]) == 1, (place, lines)
    assert len(lines) == 6
    assert tables(bare) == 0
    assert not (bare.state / "files").exists()


@pytest.mark.parametrize("path", ["../../fuera", "/etc/passwd", "files/00/nada", "files/ab/../../x", f"files/ab/{'0' * 64}"])
def test_a_manifest_that_leads_elsewhere_is_refused(backup: Path, bare: Installation, path: str) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["files"][path] = {"sha256": "0" * 64, "size": 0}
    (backup / "manifest.json").write_text(json.dumps(manifest))
    done = bare.run("restore", str(backup))
    assert done.returncode == 1
    assert f"menciona «{path}»" in done.stderr
    assert tables(bare) == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"format": "calpulli-backup/2"}', '{"format": "calpulli-backup/1", "files": []}', None, "\udcff"],
)
def test_what_is_no_backup_is_refused(bare: Installation, tmp_path: Path, text: str | None) -> None:
    folder = tmp_path / "carpeta"
    folder.mkdir()
    if text is not None:
        (folder / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    done = bare.run("restore", str(folder))
    assert (done.returncode, "no es el manifiesto de un respaldo" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_heads_that_are_not_those_of_the_data_are_told(backup: Path, bare: Installation) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["chains"][0]["digest"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest))
    done = bare.run("restore", str(backup))
    assert done.returncode == 1
    assert "la historia fue reescrita" in done.stdout
    assert "no se comprobó que el libro coincida" in done.stderr
    assert "el libro coincide con" not in done.stdout


def test_an_installation_that_is_not_empty_is_left_alone(backup: Path, source: Installation, bare: Installation) -> None:
    facts = source.query("SELECT count(*) FROM ledger_fact")
    (bare.state / "files" / "ab").mkdir(parents=True)
    (bare.state / "files" / "ab" / "mio").write_text("x")
    done = source.run("restore", str(backup), CALPULLI_STATE=str(bare.state))
    assert done.returncode == 1
    assert "La base de datos no está vacía" in done.stderr
    assert "tiene 1 archivos que no son de este respaldo, como mio" in done.stderr
    assert source.query("SELECT count(*) FROM ledger_fact") == facts
    assert [path.name for path in (bare.state / "files").rglob("*")] == ["ab", "mio"]


def test_a_restore_that_was_cut_can_be_repeated(backup: Path, bare: Installation) -> None:
    """Cut before the database: some files are there, one of them torn."""
    done_before, torn, *_ = kept(backup)
    for path, content in ((done_before, done_before.read_bytes()), (torn, torn.read_bytes()[:10])):
        place = bare.state / path.relative_to(backup)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    assert bare.run("restore", str(backup)).returncode == 0
    for name, content in bare.files().items():
        assert hashlib.sha256(content).hexdigest() == name
