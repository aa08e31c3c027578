"""The organisation: brought whole or not at all, every fault with its line; posts answer in public, names where they may."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.people import queries
from calpulli.people.actions import appoint, end_appointment, grant_role, import_organisation, register_account
from calpulli.people.doors import actor_named, area_of
from calpulli.people.inputs import (
    Appoint,
    EndAppointment,
    GrantRole,
    OrganisationErrors,
    RegisterAccount,
    parse_organisation,
)
from calpulli.people.models import Account, Appointment, Area, Post

SYSTEM = Actor.system("prueba")
DEMO = Path(__file__).resolve().parents[2] / "institutes" / "demo" / "organisation.toml"
PASSWORD = "copal-nube-jade-12"
SMALL = """source = "Invención de la prueba"

[[area]]
key = "norte"
name = "Oficina Norte"
kind = "central"

[[area.post]]
key = "norte-jefa"
title = "Jefa"
public = true

[[area]]
key = "uno"
name = "Distrito Uno"
kind = "district"
number = 1
parent = "norte"
"""


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(OrganisationErrors) as refused:
        parse_organisation(text.encode(), file="organisation.toml")
    return [(fault.line, fault.key) for fault in refused.value.faults]


def test_a_file_is_read_as_it_says() -> None:
    read = parse_organisation(SMALL.encode(), file="x")
    assert [(area.key, area.kind, area.number, area.parent) for area in read.areas] == [
        ("norte", "central", None, None),
        ("uno", "district", 1, "norte"),
    ]
    assert [(post.key, post.title, post.is_public) for post in read.areas[0].posts] == [("norte-jefa", "Jefa", True)]


def test_every_fault_comes_at_once_with_its_line() -> None:
    text = (
        SMALL.replace('"central"', '"norteño"').replace("number = 1", 'number = "1"').replace("public = true", "public = 1")
        + '\n[[area]]\nkey = "norte"\nname = "Oficina Norte"\nkind = "body"\nparent = "sur"\ncolor = "rojo"\n'
        + "since = 2026-05-01\nuntil = 2026-04-01\n"
    )
    assert faults(text) == [
        *((6, "kind"), (11, "public"), (17, "number"), (21, "key"), (22, "name"), (24, "parent"), (25, "color"), (27, "until")),
    ]


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [
        (('key = "uno"', 'key = "Uno!"'), 14, "key"),
        (('key = "uno"', f'key = "{"a" * 61}"'), 14, "key"),
        (('name = "Distrito Uno"', 'name = "  "'), 15, "name"),
        (('name = "Distrito Uno"', 'name = "Oficina\\u202eNorte"'), 15, "name"),
        (('name = "Distrito Uno"', f'name = "{"á" * 161}"'), 15, "name"),
        (("number = 1", "number = 0"), 17, "number"),
        (("number = 1", "number = true"), 17, "number"),
        (('parent = "norte"', 'parent = "uno"'), 18, "parent"),
        (('parent = "norte"', 'since = "2026-01-01"'), 18, "since"),
        (('source = "Invención de la prueba"', ""), None, "source"),
    ],
)
def test_each_rule_is_asked(change: tuple[str, str], line: int | None, key: str) -> None:
    assert (line, key) in faults(SMALL.replace(*change))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[[area]\n", b"", b"area = 3", b"x = 1\n" * 200_000, b"[" * 5000])
def test_what_is_no_such_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(OrganisationErrors) as refused:
        parse_organisation(content, file="malo.toml")
    assert all(str(fault).startswith("malo.toml, ") for fault in refused.value.faults)


def test_heading_words_inside_a_text_do_no_harm() -> None:
    text = SMALL.replace('kind = "central"', 'kind = "central"\nanswers_for = """\n[[area]]\nkey = 1\n"""')
    with pytest.raises(OrganisationErrors):
        parse_organisation(text.encode(), file="x")  # a text of several lines is not a duty


def test_an_area_that_hangs_from_itself_far_away_is_found() -> None:
    assert (25, "parent") in faults(
        SMALL.replace('key = "norte"\n', 'key = "norte"\nparent = "dos"\n')
        + '\n[[area]]\nkey = "dos"\nname = "Dos"\nkind = "body"\nparent = "uno"\n'
    )


def test_importing_again_changes_nothing_and_the_fact_counts(db: None) -> None:
    command = parse_organisation(DEMO.read_bytes(), file="organisation.toml")
    before = ledger.head("people").sequence
    assert import_organisation(command, by=SYSTEM).result.is_nothing
    (fact,) = ledger.facts_after("people", before)
    assert fact["details"]["areas"] == 46
    assert fact["details"]["areas_added"] == 0


def test_the_demo_has_33_districts_and_the_authors_area(db: None) -> None:
    kinds = queries.areas_by_kind()
    assert [area.number for area in kinds["district"]] == list(range(1, 34))
    assert "Secretaría Administrativa" in [area.name for area in kinds["central"]]


def changed(was: str, now: str) -> bytes:
    text = DEMO.read_text("utf-8")
    assert was in text
    return text.replace(was, now).encode()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('name = "Oficina del Distrito 7"', 'name = "Oficina Siete"', "su nombre es «Oficina del Distrito 7»"),
        ("number = 7\n", "number = 77\n", "su número es «7»"),
        ('key = "distrito-07-titular"', 'key = "distrito-07-jefa"', "su puesto «distrito-07-titular» ya está aquí"),
        (
            'parent = "secretaria-ejecutiva"\nanswers_for = "Lleva',
            'parent = "secretaria-ejecutiva"\nuntil = 2020-01-01\nanswers_for = "Lleva',
            "2 nombramientos y 2 funciones siguen vigentes",
        ),
    ],
)
def test_what_published_pages_say_stays(db: None, was: str, now: str, said: str) -> None:
    before = ledger.head("people")
    with pytest.raises(Refused, match=said):
        import_organisation(parse_organisation(changed(was, now), file="x"), by=SYSTEM)
    assert ledger.head("people") == before


def test_an_area_that_the_file_forgot_is_told(db: None) -> None:
    with pytest.raises(Refused, match="El área «consejo-general»: ya está aquí y no viene en el archivo"):
        import_organisation(parse_organisation(SMALL.encode(), file="x"), by=SYSTEM)
    assert not Area.objects.filter(pk="norte").exists()


def test_new_duties_and_new_areas_are_taken(db: None) -> None:
    content = changed("Lleva el programa institucional", "Responde del programa institucional") + (
        b'\n[[area]]\nkey = "distrito-34"\nname = "Oficina del Distrito 34"\nkind = "district"\nnumber = 34\n'
    )
    brought = import_organisation(parse_organisation(content, file="x"), by=SYSTEM).result
    assert (brought.areas_added, brought.areas_changed) == (["distrito-34"], ["secretaria-administrativa"])
    assert Area.objects.get(pk="secretaria-administrativa").answers_for.startswith("Responde")


def test_only_the_operator_imports(db: None) -> None:
    with pytest.raises(Forbidden):
        import_organisation(parse_organisation(DEMO.read_bytes(), file="x"), by=actor_named("administracion"))


def test_a_rehearsal_keeps_nothing(db: None) -> None:
    content = DEMO.read_bytes() + b'\n[[area]]\nkey = "nueva"\nname = "Nueva"\nkind = "central"\n'
    import_organisation.rehearse(parse_organisation(content, file="x"), by=SYSTEM)
    assert not Area.objects.filter(pk="nueva").exists()


def test_the_command_imports_lists_and_refuses(server: Any, fresh_database: str, tmp_path: Path) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(SMALL.replace('"central"', '"otra"'), "utf-8")
    refused = server.run(fresh_database, "organisation", "import", str(file))
    assert refused.returncode == 1
    assert "organisation.toml, línea 6, kind: «otra». Debe ser central, district o body." in refused.stderr
    file.write_bytes(DEMO.read_bytes() + b'\n[[area]]\nkey = "nueva"\nname = "Nueva"\nkind = "central"\n')
    tried = server.run(fresh_database, "organisation", "import", str(file), "--dry-run")
    assert (tried.returncode, "No se guardó nada" in tried.stdout) == (0, True)
    assert "nueva  " not in server.run(fresh_database, "organisation", "list").stdout
    done = server.run(fresh_database, "organisation", "import", str(file))
    assert done.stdout == "Áreas: 1 nuevas, 0 con cambios. Puestos: 0 nuevos, 0 con cambios.\n"
    assert "nueva  Área central  Nueva  0 puestos" in server.run(fresh_database, "organisation", "list").stdout
    missing = server.run(fresh_database, "organisation", "import", str(tmp_path / "no.toml"))
    assert (missing.returncode, "no existe" in missing.stderr) == (2, True)


# -- in public ---------------------------------------------------------------------------------------------------------


def test_names_are_public_only_where_the_post_says_so(client: Client, db: None) -> None:
    command = RegisterAccount("titular", "Titular Inventada", "secretaria-administrativa", (), PASSWORD)
    register_account(command, by=SYSTEM)
    appoint(Appoint("titular", "secretaria-administrativa-titular", clock.today()), by=SYSTEM)
    page = client.get("/organigrama/secretaria-administrativa").content.decode()
    assert "Titular Inventada" in page
    assert "Persona de demostración A" not in page
    assert "nombre no publicado" in page
    assert [area.key for area in queries.search_areas("TITULAR inventada")] == ["secretaria-administrativa"]
    assert queries.search_areas("demostracion persona") == []


def test_a_search_needs_no_accents_and_every_word(client: Client, db: None) -> None:
    assert [area.name for area in queries.search_areas("direccion CIVICA")] == ["Dirección de Educación Cívica"]
    page = client.get("/organigrama", {"texto": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert client.get("/organigrama", {"texto": "\x00" * 300}).status_code == 200


def test_the_area_says_what_it_answers_for(client: Client, db: None) -> None:
    assert "Registros del programa 2026" in client.get("/organigrama/secretaria-administrativa").content.decode()
    assert "Registros del programa" not in client.get("/organigrama/distrito-01").content.decode()


def test_what_was_published_keeps_the_area_of_its_day(db: None) -> None:
    """Another post later does not change where she worked then."""
    area = Account.objects.get(username="area")
    held = Appointment.objects.get(account=area)
    today = clock.today()
    end_appointment(EndAppointment(held.pk, today), by=SYSTEM)
    appoint(Appoint("area", "distrito-01-titular", today), by=SYSTEM)
    assert area_of(area.pk) == "Oficina del Distrito 1"
    assert area_of(area.pk, on=today - dt.timedelta(days=1)) == "Secretaría Administrativa"
    assert area_of(None) == ""


# -- what a role reaches -----------------------------------------------------------------------------------------------


def test_a_role_in_an_area_covers_what_hangs_from_it(db: None) -> None:
    register_account(RegisterAccount("norte", "Norte Inventada", "unidad-distritos", ("author",), PASSWORD), by=SYSTEM)
    actor = actor_named("norte")
    assert actor.may("author")
    assert actor.may("author", "distrito-33")
    assert actor.may("author", "unidad-distritos")
    assert not actor.may("author", "secretaria-administrativa")
    assert not actor.may("reviewer")


def test_a_role_of_the_whole_institute_covers_all(db: None) -> None:
    register_account(RegisterAccount("ana", "Ana Inventada", "Sin lista", ("reviewer",), PASSWORD), by=SYSTEM)
    assert actor_named("ana").may("reviewer", "distrito-33")


def test_what_comes_with_a_role_comes_with_its_area(db: None) -> None:
    actor = actor_named("area")
    assert actor.roles == {"author", "reader"}
    assert actor.may("reader", "unidad-tecnologia")
    assert not actor.may("reader", "distrito-01")


def test_a_grant_counts_from_its_first_day(db: None) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    grant_role(GrantRole("area", "reviewer", "", tomorrow), by=SYSTEM)
    assert not actor_named("area").may("reviewer")
    with clock.rehearse(dt.datetime.combine(tomorrow, dt.time(18), dt.UTC)):
        assert actor_named("area").may("reviewer")


@pytest.mark.parametrize(
    ("role", "area", "said"),
    [
        ("jefa", "", "Función «jefa» desconocida"),
        ("reader", "", "Función «reader» desconocida"),
        ("resident", "distrito-01", "Función «resident» desconocida"),
        ("administrator", "distrito-01", "deje el área vacía"),
        ("district_clerk", "", "elija cuál"),
        ("district_clerk", "unidad-distritos", "elija cuál"),
        ("author", "no-hay", "No hay un área «no-hay»"),
        ("author", "secretaria-administrativa", "ya tiene esa función ahí"),
    ],
)
def test_a_role_is_granted_only_where_it_makes_sense(db: None, role: str, area: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        grant_role(GrantRole("area", role, area, clock.today()), by=SYSTEM)


def test_nobody_changes_her_own_posts_or_roles(db: None) -> None:
    herself = actor_named("administracion")
    with pytest.raises(Refused, match="Nadie cambia sus propios puestos"):
        grant_role(GrantRole("administracion", "reviewer", "", clock.today()), by=herself)
    with pytest.raises(Refused, match="Nadie cambia sus propios puestos"):
        appoint(Appoint("administracion", "distrito-01-titular", clock.today()), by=herself)


def test_the_district_clerk_is_of_one_district(db: None) -> None:
    actor = actor_named("distrito")
    assert actor.may("district_clerk", "distrito-01")
    assert not actor.may("district_clerk", "distrito-02")
    assert Post.objects.filter(area_id="distrito-01").count() == 2
