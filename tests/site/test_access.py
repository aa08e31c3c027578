"""Every address for every kind of visitor. What one may not see is not there (404); a stranger is asked to sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from calpulli.annual.actions import open_exercise, record_deliveries, write_activity, write_programme
from calpulli.annual.inputs import DeliveryRow, OpenExercise, RecordDeliveries, WriteActivity, WriteProgramme
from calpulli.annual.models import Adjustment, Evidence, Exercise
from calpulli.budget.models import Adecuacion
from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.people.actions import set_password
from calpulli.people.doors import actor_named
from calpulli.people.inputs import SetPassword
from calpulli.people.models import Account
from calpulli.planning import queries
from calpulli.planning.models import Attachment
from tests.signing import sign_in, someone

PASSWORD = "copal-nube-jade-12"
VISITORS = ("stranger", "vecina", "area", "revision")
# These find what the resident of district 1 finds, except where ALSO says otherwise.
OTHERS = ("vecino", "administracion", "distrito")
PUBLIC = (200, 200, 200, 200)
ONLY_POST = (405, 405, 405, 405)
OWN = (302, 200, 200, 200)
BY_PROOF = (302, 302, 302, 302)
OWN_POST = (302, 405, 405, 405)
# name of the address -> sample, and the status of a GET for each of VISITORS
EXPECTED: dict[str, tuple[str, tuple[int, int, int, int]]] = {
    "home": ("/", PUBLIC),
    "plans": ("/programas", PUBLIC),
    "plan": ("/programas/iecm-2023", PUBLIC),
    "objective": ("/programas/iecm-2023/objetivo/2", PUBLIC),
    "line": ("/programas/iecm-2023/linea/1.3", PUBLIC),
    "board": ("/tablero", PUBLIC),
    "board_file": ("/tablero.csv", PUBLIC),
    "indicators_format": ("/tablero/formato/objetivos/2026-Q2.xlsx", PUBLIC),
    "indicator": ("/indicador/linea-1.1-en-termino", PUBLIC),
    "indicator_series": ("/indicador/linea-1.1-en-termino/serie.csv", PUBLIC),
    "indicator_value": ("/indicador/linea-1.1-en-termino/2026-Q2", PUBLIC),
    "worksheet": ("/indicador/linea-1.1-en-termino/2026-Q2/hoja", PUBLIC),
    "measures": ("/medidas", PUBLIC),
    "people_tables": ("/personas", PUBLIC),
    "people_told": ("/personas/annual.people/2026", PUBLIC),
    "people_file": ("/personas/annual.people/2026.csv", PUBLIC),
    "measure": ("/medida/annual.activities_due", PUBLIC),
    "measure_file": ("/medida/annual.activities_due/renglones.csv?periodo=2026-Q2", PUBLIC),
    "swot": ("/programas/iecm-2023/foda", PUBLIC),
    "vision": ("/programas/iecm-2023/vision", PUBLIC),
    "kept_file": ("/archivos/{kept}.pdf", PUBLIC),
    "poa": ("/poa", PUBLIC),
    "poa_year": ("/poa/demo-2026/2026", PUBLIC),
    "poa_programme": ("/poa/demo-2026/2026/programa/11", PUBLIC),
    "poa_activity": ("/poa/demo-2026/2026/actividad/02-02", PUBLIC),
    "poa_evidence": ("/poa/evidencia/{evidence}.pdf", PUBLIC),
    "annual_exercises": ("/mesa/poa", (302, 404, 200, 200)),
    "annual_exercise": ("/mesa/poa/{exercise}", (302, 404, 200, 200)),
    "annual_new_programme": ("/mesa/poa/{draft}/programa", (302, 404, 200, 404)),
    "annual_programme": ("/mesa/poa/programa/{programme}", (302, 404, 200, 404)),
    "annual_new_activity": ("/mesa/poa/{draft}/actividad", (302, 404, 200, 404)),
    "annual_activity": ("/mesa/poa/actividad/{drafted}", (302, 404, 200, 404)),
    "annual_new_adjustment": ("/mesa/poa/actividad/{activity}/ajuste", (302, 404, 200, 404)),
    "annual_adjustment": ("/mesa/poa/ajuste/{adjustment}", (302, 404, 200, 200)),
    "annual_report": ("/mesa/poa/actividad/{activity}/trimestre/3", (302, 404, 200, 200)),
    "annual_deliveries": ("/mesa/poa/entregas", (302, 404, 200, 404)),
    "annual_withdraw": ("/mesa/poa/entregas/{batch}/retirar", (302, 404, 404, 404)),
    "records": ("/registros", PUBLIC),
    "record_feed": ("/registros/iecm-2023/atom", PUBLIC),
    "record": ("/registros/iecm-2023/2023-Q1", PUBLIC),
    "deadline": ("/registros/iecm-2023/2023-Q1/plazo", PUBLIC),
    "record_file": ("/registros/iecm-2023/2023/registro.csv", PUBLIC),
    "published_edition": ("/registros/iecm-2023/2023-Q1/edicion/1", PUBLIC),
    "edition_file": ("/registros/iecm-2023/2023-Q1/edicion/1/registro.json", PUBLIC),
    "bundle": ("/registros/iecm-2023/2023-Q1/edicion/1/paquete.zip", PUBLIC),
    "datasets": ("/datos", PUBLIC),
    "catalogue_file": ("/datos/catalogo.jsonld", PUBLIC),
    "editions_feed": ("/datos/ediciones.atom", PUBLIC),
    "dataset": ("/datos/lineas-de-accion", PUBLIC),
    "dataset_file": ("/datos/lineas-de-accion.csv", PUBLIC),
    "dictionary_file": ("/datos/lineas-de-accion/diccionario.csv", PUBLIC),
    "package_file": ("/datos/lineas-de-accion/datapackage.json", PUBLIC),
    "dataset_edition": ("/datos/lineas-de-accion/edicion/1", PUBLIC),
    "dataset_edition_file": ("/datos/lineas-de-accion/edicion/1/datos.csv", PUBLIC),
    "api_page": ("/api", PUBLIC),
    "api_description": ("/api/v1/openapi.json", PUBLIC),
    "api_datasets": ("/api/v1/conjuntos", PUBLIC),
    "api_dataset": ("/api/v1/conjuntos/foda", PUBLIC),
    "api_rows": ("/api/v1/conjuntos/foda/renglones", PUBLIC),
    "api_editions": ("/api/v1/conjuntos/foda/ediciones", PUBLIC),
    "api_edition": ("/api/v1/conjuntos/foda/ediciones/1", PUBLIC),
    "verifying": ("/verificar", PUBLIC),
    "verifier": ("/verificador", PUBLIC),
    "verifier_program": ("/verificador.pyz", PUBLIC),
    "ledger": ("/libro", PUBLIC),
    "fact": ("/libro/planning/1", PUBLIC),
    "ledger_head": ("/libro/cabeza.json", PUBLIC),
    "ledger_feed": ("/libro/cabeza.atom", PUBLIC),
    "keys": ("/llaves.json", PUBLIC),
    "design": ("/diseno", PUBLIC),
    "meanings": ("/que-significa", PUBLIC),
    "meaning": ("/que-significa/lineas-de-accion", PUBLIC),
    "institute_sheet": ("/institucion.css", PUBLIC),
    "institute_logo": ("/institucion.svg", PUBLIC),
    "health": ("/salud", PUBLIC),
    "organisation": ("/organigrama", PUBLIC),
    "area": ("/organigrama/distrito-01", PUBLIC),
    "own_notices": ("/mi-cuenta/avisos", OWN),
    "confirm_address": ("/mi-cuenta/avisos/confirmar/x", (302, 404, 404, 404)),
    "notices": ("/avisos", PUBLIC),
    "follow": ("/avisos/seguir?tema=planning.records:demo-2026", PUBLIC),
    "confirm_following": ("/avisos/confirmar/x", (404, 404, 404, 404)),
    "leave_notices": ("/avisos/salir/x", (404, 404, 404, 404)),
    "following": ("/avisos/lista/x", (404, 404, 404, 404)),
    "demo_mail": ("/demo/correo", PUBLIC),
    "search": ("/buscar?q=presupuesto", PUBLIC),
    "thesaurus": ("/mesa/tesauro", (302, 404, 404, 404)),
    "norms": ("/normas", PUBLIC),
    "unknowns": ("/por-confirmar", PUBLIC),
    "unknowns_file": ("/por-confirmar.csv", PUBLIC),
    "sign_in": ("/entrar", PUBLIC),
    "second_step": ("/entrar/codigo", BY_PROOF),
    "ask_code": ("/entrar/correo", PUBLIC),
    "mailed_code": ("/entrar/correo/codigo", BY_PROOF),
    "identity": ("/entrar/identidad", (404, 404, 404, 404)),
    "identity_return": ("/entrar/identidad/vuelta", (404, 404, 404, 404)),
    "passkey_sign_in": ("/entrar/llave", PUBLIC),
    "sign_out": ("/salir", ONLY_POST),
    "access": ("/mi-cuenta/acceso", OWN),
    "confirm": ("/mi-cuenta/acceso/confirmar", OWN),
    "one_time_key": ("/mi-cuenta/acceso/aplicacion", BY_PROOF),
    "new_passkey": ("/mi-cuenta/acceso/llaves/nueva", BY_PROOF),
    "remove_passkey": ("/mi-cuenta/acceso/llaves/1/quitar", OWN_POST),
    "link_identity": ("/mi-cuenta/acceso/identidad", BY_PROOF),
    "unlink_identity": ("/mi-cuenta/acceso/identidad/quitar", OWN_POST),
    "remove_key": ("/mi-cuenta/acceso/aplicacion/quitar", OWN_POST),
    "paper_codes": ("/mi-cuenta/acceso/codigos", OWN_POST),
    "sessions": ("/mi-cuenta/sesiones", OWN),
    "close_other_sessions": ("/mi-cuenta/sesiones/cerrar-las-demas", OWN_POST),
    "close_session": ("/mi-cuenta/sesiones/00000000-0000-0000-0000-000000000000/cerrar", OWN_POST),
    "own_account": ("/mi-cuenta", OWN),
    "own_data": ("/mi-cuenta/datos", OWN),
    "own_data_file": ("/mi-cuenta/datos/mis-datos.json", OWN),
    "erase_own": ("/mi-cuenta/datos/borrar", OWN),
    "privacy": ("/privacidad", PUBLIC),
    "own_password": ("/mi-cuenta/contrasena", OWN),
    "accounts": ("/mesa/cuentas", (302, 404, 404, 404)),
    "new_account": ("/mesa/cuentas/nueva", (302, 404, 404, 404)),
    "account": ("/mesa/cuentas/{area}", (302, 404, 404, 404)),
    "residents": ("/mesa/residentes", (302, 404, 404, 404)),
    "new_resident": ("/mesa/residentes/nueva", (302, 404, 404, 404)),
    "resident": ("/mesa/residentes/{vecina}", (302, 404, 404, 404)),
    "sheets": ("/mesa/indicadores", (302, 404, 200, 200)),
    "sheet": ("/mesa/indicadores/ficha/1", (302, 404, 200, 200)),
    "new_sheet": ("/mesa/indicadores/ficha", (302, 404, 200, 404)),
    "targets": ("/mesa/indicadores/metas", (302, 404, 200, 200)),
    "desk": ("/mesa", (302, 200, 200, 200)),
    "desk_load": ("/mesa/carga", (302, 404, 200, 200)),
    "text_hints": ("/texto/pistas", (302, 405, 405, 405)),
    "calendar_address": ("/mesa/calendario", (302, 200, 200, 200)),
    "private_calendar": (f"/mesa/calendario/{'0' * 24}-{'0' * 32}.ics", (404, 404, 404, 404)),
    "private_feed": (f"/mesa/calendario/{'0' * 24}-{'0' * 32}.atom", (404, 404, 404, 404)),
    "plan_calendar": ("/registros/iecm-2023/plazos.ics", PUBLIC),
    "open_period": ("/mesa/abrir", (302, 404, 302, 404)),
    "import_record": ("/mesa/importar", (302, 404, 200, 404)),
    "import_poa": ("/mesa/poa/importar", (302, 404, 200, 404)),
    "poa_template": ("/mesa/poa/plantillas/poa.xlsx", (302, 404, 200, 404)),
    "poa_sheet": ("/mesa/poa/plantillas/metas.csv", (302, 404, 200, 404)),
    "poa_example": ("/mesa/poa/ejemplos/metas.csv", (302, 404, 200, 404)),
    "poa_file": ("/mesa/poa/archivos/demo-2026-{year}.xlsx", (302, 404, 200, 404)),
    "edition": ("/mesa/edicion/{open}", (302, 404, 200, 200)),
    "seal": ("/mesa/edicion/{open}/sellar", (302, 404, 404, 302)),
    "withdraw": ("/mesa/edicion/{open}/retirar", (302, 404, 302, 404)),
    "send_back": ("/mesa/edicion/{open}/devolver", (302, 404, 404, 302)),
    "publish": ("/mesa/edicion/{open}/publicar", (302, 404, 302, 302)),
    "open_erratum": ("/mesa/edicion/{open}/errata", (302, 404, 302, 404)),
    "budget": ("/presupuesto", PUBLIC),
    "budget_year": ("/presupuesto/{year}", PUBLIC),
    "budget_flags": ("/presupuesto/{year}/preguntas", PUBLIC),
    "budget_changes": ("/presupuesto/{year}/adecuaciones", PUBLIC),
    "budget_change": ("/presupuesto/{year}/adecuaciones/{adecuacion}", PUBLIC),
    "budget_format": ("/presupuesto/{year}/formatos/egresos.csv", PUBLIC),
    "budget_cut": ("/presupuesto/{year}/simulacion?porcentaje=12&donde=todo", PUBLIC),
    "budget_activity": ("/presupuesto/{year}/actividad/01-01", PUBLIC),
    "budget_by": ("/presupuesto/{year}/por/linea", PUBLIC),
    "budget_by_file": ("/presupuesto/{year}/por/capitulo.csv", PUBLIC),
    "budget_desk": ("/mesa/presupuesto", (302, 404, 200, 200)),
    "new_spending": ("/mesa/presupuesto/movimiento", (302, 404, 200, 404)),
    "new_adecuacion": ("/mesa/presupuesto/adecuacion", (302, 404, 200, 404)),
    "adecuacion": ("/mesa/presupuesto/adecuacion/{adecuacion}", (302, 404, 200, 200)),
    "approve_adecuacion": ("/mesa/presupuesto/adecuacion/{adecuacion}/aprobar", (302, 404, 404, 302)),
    "refuse_adecuacion": ("/mesa/presupuesto/adecuacion/{adecuacion}/no-aprobar", (302, 404, 404, 302)),
}

# name of the address -> visitor -> status, where it is not the second of EXPECTED
ALSO: dict[str, dict[str, int]] = {
    "desk_load": {"distrito": 200, "administracion": 200},
    "accounts": {"administracion": 200},
    "new_account": {"administracion": 200},
    "account": {"administracion": 200},
    "residents": {"distrito": 200},
    "new_resident": {"distrito": 200},
    "resident": {"distrito": 200},
    "annual_deliveries": {"distrito": 200},
}


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        else:
            yield pattern.name


def test_the_table_lists_every_address() -> None:
    assert sorted(EXPECTED) == sorted(name or "" for name in named(get_resolver().url_patterns))


@pytest.fixture
def visitors(db: None) -> dict[str, Client]:
    """A stranger, two residents of different districts, and the demo's staff."""
    clients = {name: Client() for name in (*VISITORS, *OTHERS)}
    for name, client in clients.items():
        if name != "stranger":
            client.force_login(Account.objects.get(username=name))
    return clients


def numbers() -> dict[str, object]:
    """The year of the demonstration's budget, and one of its adecuaciones."""
    row = Adecuacion.objects.order_by("pk")[0]
    return {"year": row.year, "adecuacion": row.pk}


def kept_document() -> str:
    """The hash of the document that the demonstration published with its own quarter."""
    return str(Attachment.objects.filter(edition__state="published").values_list("sha256", flat=True)[0])


def evidence_document() -> str:
    """The hash of a file that shows what an approved report says."""
    return str(Evidence.objects.filter(kind="file", report__counts=True).values_list("sha256", flat=True)[0])


def annual_keys() -> dict[str, object]:
    """Of the demonstration's annual programme, and of a draft of the year after, with one programme and one activity."""
    author = actor_named("area")
    exercise = Exercise.objects.get()
    draft = open_exercise(OpenExercise(exercise.plan_key, exercise.year + 1), by=author).result
    programme = write_programme(WriteProgramme(draft.pk, "01", "Uno", "institutional"), by=author).result
    drafted = write_activity(
        WriteActivity(draft.pk, "01", "01-01", "Una", "unidad-tecnologia", "cosas", of_people=False), by=author
    ).result
    activity = exercise.activities.get(key="04-05")
    counted = exercise.activities.get(key="01-01")
    with clock.rehearse(dt.datetime(exercise.year, 11, 20, 18, tzinfo=dt.UTC)):
        row = DeliveryRow(counted.pk, dt.date(exercise.year, 11, 19), "distrito-02", 1)
        batch = record_deliveries(RecordDeliveries((row,)), by=someone("secretaria-ejecutiva", "author")).result
    return {
        "evidence": evidence_document(),
        "exercise": exercise.pk,
        "draft": draft.pk,
        "programme": programme.pk,
        "drafted": drafted.pk,
        "activity": activity.pk,
        "adjustment": Adjustment.objects.values_list("pk", flat=True)[0],
        "batch": batch.pk,
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_address_for_each_visitor(visitors: dict[str, Client], name: str) -> None:
    sample, expected = EXPECTED[name]
    keys = {who: Account.objects.get(username=who).pk for who in ("vecina", "area")}
    address = sample.format(open=queries.waiting("open")[0].id, kept=kept_document(), **keys, **numbers(), **annual_keys())
    found = tuple(visitors[visitor].get(address).status_code for visitor in VISITORS)
    assert found == expected
    others = {visitor: visitors[visitor].get(address).status_code for visitor in OTHERS}
    assert others == dict.fromkeys(OTHERS, expected[1]) | ALSO.get(name, {})


def test_a_resident_of_another_district_is_nobodys_here(visitors: dict[str, Client]) -> None:
    """Whoever attends district 1 finds nothing of a resident of another, and can do nothing to her."""
    address = f"/mesa/residentes/{Account.objects.get(username='vecino').pk}"
    assert visitors["distrito"].get(address).status_code == 404
    for do in ("correct", "renew", "deactivate", "reactivate"):
        data = {"do": do, "display_name": "Otra", "email": "", "reason": "Un motivo de más de diez letras."}
        assert visitors["distrito"].post(address, data).status_code == 404
    assert Account.objects.get(username="vecino").display_name == "Vecino de demostración"
    assert "Vecino de demostración" not in visitors["distrito"].get("/mesa/residentes").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/programas/otro-2023",
        "/programas/iecm-2023/objetivo/6",
        "/programas/iecm-2023/linea/1.9",
        "/registros/otro-2023/2023-Q1",
        "/registros/iecm-2023/2023-Q5",
        "/registros/iecm-2023/0001",
        "/registros/iecm-2023/2023-Q1/edicion/2",
        "/registros/iecm-2023/2023-Q2/edicion/1/paquete.zip",
        "/registros/iecm-2023/2023-Q1/registro.exe",
        "/mesa/edicion/999999",
        "/static/../settings.py",
        "/admin",
    ],
)
def test_what_does_not_exist_is_not_there(visitors: dict[str, Client], address: str) -> None:
    assert visitors["area"].get(address).status_code == 404


def test_nothing_leaks_before_publication(visitors: dict[str, Client]) -> None:
    """What staff captured of an open period is on no public page or file of it."""
    view = queries.waiting("open")[0]
    secret = "Nota que aún nadie revisó"
    data = {"updated_on": view.span.ends_on.strftime("%d/%m/%Y"), "note": secret, "save": "1", "seen": view.state_digest}
    assert visitors["area"].post(f"/mesa/edicion/{view.id}", data).status_code == 302
    base = f"/registros/{view.plan_key}/{view.code}"
    for address in (base, f"{base}/registro.json", f"{base}/registro.csv", "/registros", "/"):
        answer = visitors["stranger"].get(address)
        assert answer.status_code == 200
        assert secret.encode() not in answer.content
    assert secret in visitors["area"].get(f"/mesa/edicion/{view.id}").content.decode()


def test_posting_without_the_right_changes_nothing(visitors: dict[str, Client]) -> None:
    view = queries.waiting("open")[0]
    before = view.edition.state
    for who, path in (("revision", ""), ("vecina", ""), ("area", "/sellar"), ("vecina", "/publicar")):
        answer = visitors[who].post(f"/mesa/edicion/{view.id}{path}", {"updated_on": "30/09/2020", "submit": "1"})
        assert answer.status_code == 404, (who, path)
    again = queries.find_edition(view.id)
    assert again is not None
    assert again.edition.state == before


def test_forms_from_elsewhere_are_refused(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="area"))
    answer = client.post("/mesa/abrir", {"plan": "demo-2026", "period": "2026-Q1"})
    assert answer.status_code == 403
    assert "<html" in answer.content.decode()


def test_another_host_is_refused(client: Client, db: None) -> None:
    assert client.get("/", HTTP_HOST="malo.ejemplo").status_code == 400


@pytest.mark.parametrize("wanted", ["https://malo.ejemplo/", "//malo.ejemplo/", "javascript:alert(1)", "\\\\malo.ejemplo"])
def test_signing_in_never_sends_away_from_the_site(client: Client, db: None, wanted: str) -> None:
    set_password(SetPassword("area", PASSWORD), by=Actor.system("prueba"))
    answer = sign_in(client, "area", PASSWORD, next=wanted)
    assert (answer.status_code, answer["Location"]) == (302, "/mesa")


def test_signing_in_changes_the_session_and_signing_out_ends_it(client: Client, db: None) -> None:
    set_password(SetPassword("area", PASSWORD), by=Actor.system("prueba"))
    client.get("/entrar")
    client.session["x"] = 1
    client.session.save()
    fixed = client.cookies["sessionid"].value if "sessionid" in client.cookies else None
    sign_in(client, "  AREA ", PASSWORD)
    assert client.cookies["sessionid"].value != fixed
    assert client.cookies["sessionid"]["httponly"]
    assert client.get("/mesa").status_code == 200
    client.post("/salir")
    assert client.get("/mesa").status_code == 302


@pytest.mark.parametrize(("username", "password"), [("area", "otra"), ("nadie", PASSWORD), ("", ""), ("area\x00", "x")])
def test_a_wrong_sign_in_says_the_same_whoever_it_is(client: Client, db: None, username: str, password: str) -> None:
    answer = client.post("/entrar", {"username": username, "password": password})
    assert answer.status_code == 422
    assert "sessionid" not in answer.cookies


def test_every_page_carries_the_strict_policy(client: Client, db: None) -> None:
    for name, (sample, expected) in EXPECTED.items():
        if expected == PUBLIC:
            answer = client.get(sample.format(kept=kept_document(), **numbers(), evidence=evidence_document()))
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy, name
            assert "unsafe" not in policy, name
            assert answer["X-Content-Type-Options"] == "nosniff", name
            assert answer["X-Frame-Options"] == "DENY", name


def test_a_body_that_no_form_needs_is_refused_before_it_is_kept(client: Client) -> None:
    answer = client.post("/entrar", b"x", content_type="text/plain", CONTENT_LENGTH="150000000")
    assert answer.status_code == 413
    assert "demasiado grande" in answer.content.decode()
    assert client.post("/entrar", b"x", content_type="text/plain", CONTENT_LENGTH="-1").status_code == 413
