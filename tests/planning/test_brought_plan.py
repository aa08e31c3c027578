"""A programme that one person brings is nobody's publication: it is public once two people have published a record of it."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from calpulli.commons import clock
from calpulli.people.doors import actor_named
from calpulli.people.models import Account
from calpulli.planning import exports, queries
from calpulli.planning.actions import publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, PublishEdition, SealEdition
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured

PUBLIC = ("/programas/copia-2023", "/programas/copia-2023/foda", "/registros/copia-2023/2023-Q1")
FILES = ("/registros/copia-2023/2023-Q1/registro.json", "/registros/copia-2023/2023/registro.csv")


def bring(client: Client) -> None:
    record = exports.export("iecm-2023", Period.parse("2023-Q1"), "json", edition=None)
    data = {"plan_key": "copia-2023", "base": "iecm-2023", "import": "1", "file": SimpleUploadedFile("r.json", record)}
    answer = client.post("/mesa/importar", data)
    assert (answer.status_code, answer["Location"]) == (302, "/mesa")


def test_until_two_people_publish_it_nobody_outside_sees_it(fresh_database: str) -> None:
    staff, stranger = Client(), Client()
    staff.force_login(Account.objects.get(username="area"))
    bring(staff)
    assert "Usted importó" in staff.get("/mesa").content.decode()
    for address in (*PUBLIC, *FILES):
        assert stranger.get(address).status_code == 404, address
    for address in ("/", "/programas", "/registros", "/programas/iecm-2023/linea/1.3"):
        assert "copia-2023" not in stranger.get(address).content.decode(), address

    (view,) = [found for found in queries.waiting("open") if found.plan_key == "copia-2023"]
    captured = Captured(updated_on=view.edition.updated_on)
    submit_edition(CaptureEdition(view.id, captured), by=actor_named("area"))
    seal_edition(SealEdition(view.id, clock.today()), by=actor_named("revision"))
    publish_edition(PublishEdition(view.id), by=actor_named("area"))
    for address in (*PUBLIC, *FILES):
        assert stranger.get(address).status_code == 200, address


def test_checking_a_file_keeps_nothing(fresh_database: str, tmp_path: Path) -> None:
    staff = Client()
    staff.force_login(Account.objects.get(username="area"))
    record = exports.export("iecm-2023", Period.parse("2023-Q1"), "json", edition=None)
    for key, status in (("copia-2023", 200), ("iecm-2023", 422), ("copia-2024", 422)):
        data = {"plan_key": key, "base": "iecm-2023", "check": "1", "file": SimpleUploadedFile("r.json", record)}
        assert staff.post("/mesa/importar", data).status_code == status, key
    assert queries.find_plan("copia-2023", public=False) is None
