"""Brings editions of the reference plan to every stage, through the acts that people use, so that each page can be seen.

Run as a command on a copy of the seeded database; prints the number of each edition by its name, as JSON. The periods
have all ended, so that the pages are the same whatever today is; one alone is the period that runs now.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from calpulli.annual import actions as planned  # noqa: E402
from calpulli.annual import inputs as plans  # noqa: E402
from calpulli.annual.models import Adjustment, Evidence, Exercise, Report  # noqa: E402
from calpulli.commons import clock, files  # noqa: E402
from calpulli.commons.act import Actor  # noqa: E402
from calpulli.notices import following, mail, outbox  # noqa: E402
from calpulli.notices.models import Message, Subscription  # noqa: E402
from calpulli.people import calendars, confirming  # noqa: E402
from calpulli.people.actions import deactivate_account, register_account, register_passkey  # noqa: E402
from calpulli.people.doors import actor_named  # noqa: E402
from calpulli.people.inputs import DeactivateAccount, RegisterAccount, RegisterPasskey  # noqa: E402
from calpulli.people.models import Account  # noqa: E402
from calpulli.people.seeds import enrol  # noqa: E402
from calpulli.planning import actions, inputs  # noqa: E402
from calpulli.planning.models import Edition  # noqa: E402
from calpulli.transparency.publishing import publish_changed  # noqa: E402
from calpulli_core.formats.captured import Captured  # noqa: E402
from tests.browser.sites import PASSWORD  # noqa: E402
from tests.browser.uploads import FILES  # noqa: E402

Attach = tuple[inputs.NewAttachment, ...]

PLAN, OWN = "iecm-2023", "demo-2026"
# No browser breaks it by itself.
LONG_ADDRESS = "https://ejemplo.mx/" + "programaoperativoanual" * 15
LONG_NOTE = "Palabras de una nota larga, que llena varias pantallas de un teléfono. " * 50 + "\n" + "X" * 200
REASON = "La liga del Programa Operativo Anual llevaba a otro documento."
SHORT = Captured(poa_url="https://ejemplo.mx/poa", updated_on=dt.date(2026, 1, 15), note="Nota de prueba.")
OTHER = Captured(poa_url="https://ejemplo.mx/poa-2025", updated_on=dt.date(2026, 1, 15), note="Otra nota de prueba.")
LONG = Captured(poa_url=LONG_ADDRESS, work_programme_url=LONG_ADDRESS, updated_on=dt.date(2026, 1, 15), note=LONG_NOTE)


def accounts() -> None:
    """One with both parts in the record and a long name, one with none, and one with a second factor."""
    name = "Persona de demostración con un nombre muy largo, como los que llevan varios apellidos compuestos"
    for account in (
        RegisterAccount("ambas", name, "Área de nombre largo " * 3, ("author", "reviewer"), PASSWORD),
        RegisterAccount("lectura", "Persona de demostración D", "Área", (), PASSWORD),
        # Its states close its sessions: no other signs in with it.
        RegisterAccount("sesiones", "Persona de demostración F", "Área", (), PASSWORD),
    ):
        register_account(account, by=Actor.system("prueba"))
    # With second factors that no other state signs in with: their states change them.
    for username in ("sin_telefono", "claves", "llaves"):
        keys = RegisterAccount(username, "Persona de demostración E", "Área", (), PASSWORD, demonstration=True)
        account = register_account(keys, by=Actor.system("prueba")).result
        enrol(account)
    passkey = RegisterPasskey(account.pk, "mi llavero de prueba", "AAAA", "AAAA", 0)
    register_passkey(passkey, by=account.actor())


def editions() -> dict[str, int]:
    """The key of an edition at each stage."""
    made = {
        "published": Edition.objects.get(period__plan_id=PLAN, period__code="2023-Q1").pk,
        "open": opened("2023-Q2"),
        "in_review": submit(opened("2023-Q3")),
        "returned": returned("2023-Q4"),
        "sealed": seal(submit(opened("2023"))),
        "long_open": submit(opened("2024-Q1"), LONG, keep=True, attach=supports()),
        "long_in_review": submit(opened("2024-Q2"), LONG, attach=supports()),
        "long_published": published("2024-Q3", LONG, supports()),
        "own_in_review": submit(opened("2024-Q4"), by="ambas"),
        "damaged": published("2024"),
        "erratum_open": erratum("2025-Q1"),
        "erratum_in_review": submit(erratum("2025-Q2"), OTHER),
        "erratum_sealed": seal(submit(erratum("2025-Q3"), OTHER)),
        "corrected": publish(seal(submit(erratum("2025-Q4", (brought("poa", "poa.pdf"),)), OTHER))),
        "running": opened(running(), OWN),
        # For the states in which a step is taken: each is taken once.
        "to_submit": opened("2026-Q1"),
        "to_seal": submit(opened("2026-Q2")),
        "to_return": submit(opened("2025")),
        "to_publish": seal(submit(opened("2026-Q3"))),
    }
    lose_bundle(made["damaged"])
    made["to_withdraw"] = submit(correction(made["damaged"]), OTHER)
    # A step that leaves what its other states show may be taken where they are.
    shared = {"to_capture": made["long_open"], "to_correct": made["corrected"]}
    return made | shared | {"superseded": Edition.objects.get(period__code="2025-Q4", number=1).pk}


def annual() -> dict[str, int | str]:
    """Of the demonstration's annual programme, and of drafts of the years after, with one programme and one activity."""
    author, approved = actor_named("area"), Exercise.objects.get()
    made: dict[str, int | str] = {"exercise": approved.pk}
    for place, name in enumerate(("draft", "to_open_review"), 1):
        draft = planned.open_exercise(plans.OpenExercise(OWN, approved.year + place), by=author).result
        one = planned.write_programme(plans.WriteProgramme(draft.pk, "01", "Uno", "institutional"), by=author).result
        told = {"shares": {"linea-1.1": 10_000}, "goals": {1: 1_000}, "of_people": False} if place == 2 else {}
        activity = plans.WriteActivity(draft.pk, "01", "01-01", "Hacer algo", "unidad-tecnologia", "cosas", **told)
        made |= {name: draft.pk, f"{name}_activity": planned.write_activity(activity, by=author).result.pk}
        made[f"{name}_programme"] = one.pk
    planned.submit_exercise(plans.SubmitExercise(int(made["to_open_review"])), by=author)
    waiting = Report.objects.filter(state="submitted").select_related("activity").order_by("pk")[0]
    sent_back = Report.objects.filter(state="returned", activity__key="01-04").order_by("-pk")[0]
    evidence = Evidence.objects.filter(kind="file", report__counts=True).order_by("pk")[0]
    counted = approved.activities.get(key="01-01")
    with clock.rehearse(dt.datetime(approved.year, 9, 30, 18, tzinfo=dt.UTC)):
        row = plans.DeliveryRow(counted.pk, dt.date(approved.year, 9, 29), "distrito-02", 1)
        batch = planned.record_deliveries(plans.RecordDeliveries((row,)), by=actor_named("participacion")).result
    return made | {
        "year": approved.year,
        "waiting_activity": waiting.activity_id,
        "waiting_quarter": waiting.quarter,
        "returned_activity": sent_back.activity_id,
        "returned_quarter": sent_back.quarter,
        "adjusted": approved.activities.get(key="02-02").pk,
        "adjustment": Adjustment.objects.order_by("pk")[0].pk,
        "evidence": evidence.sha256,
        "batch": batch.pk,
    }


def calendar(account: str) -> str:
    """The secret of the address of that account's dates."""
    found = Account.objects.get(username=account)
    calendars.renew(found.pk)
    return calendars.token_of(found.pk)


def opened(code: str, plan: str = PLAN) -> int:
    return actions.open_period(inputs.OpenPeriod(plan, code), by=actor_named("area")).result.pk


def submit(edition: int, captured: Captured = SHORT, *, by: str = "area", keep: bool = False, attach: Attach = ()) -> int:
    act = actions.capture_edition if keep else actions.submit_edition
    return act(inputs.CaptureEdition(edition, captured, attach=attach), by=actor_named(by)).result.pk


def brought(place: str, file: str, title: str = "") -> inputs.NewAttachment:
    return inputs.NewAttachment(place, files.receive(FILES[file](b"")), title)


def supports() -> Attach:
    title = "Fotografía del acuse con que la oficina de planeación recibió el programa, sellado por la oficialía"
    return brought("support", "foto.jpg", title), brought("support", "poa.pdf", "Minuta")


def returned(code: str) -> int:
    command = inputs.ReturnEdition(submit(opened(code)), REASON)
    return actions.return_edition(command, by=actor_named("revision")).result.pk


def seal(edition: int) -> int:
    return actions.seal_edition(inputs.SealEdition(edition, clock.today()), by=actor_named("revision")).result.pk


def publish(edition: int) -> int:
    return actions.publish_edition(inputs.PublishEdition(edition), by=actor_named("revision")).result.pk


def published(code: str, captured: Captured = SHORT, attach: Attach = ()) -> int:
    return publish(seal(submit(opened(code), captured, attach=attach)))


def erratum(code: str, attach: Attach = ()) -> int:
    return correction(published(code, attach=attach))


def correction(edition: int) -> int:
    return actions.open_erratum(inputs.OpenErratum(edition, REASON), by=actor_named("area")).result.pk


def running() -> str:
    today = clock.today()
    return f"{today.year}-Q{(today.month + 2) // 3}"


def lose_bundle(edition: int) -> None:
    """Its file goes, as on a failing disk."""
    sha256 = Edition.objects.get(pk=edition).bundle_sha256
    (Path(settings.FILES_DIR) / sha256[:2] / sha256).unlink()


def followed() -> dict[str, str]:
    """The links that mails would carry to somebody who follows two topics, and to somebody who follows none."""
    mailbox, nobody = (outbox.mailbox_of(f"{name}@ejemplo.mx") for name in ("vecina", "nadie"))
    for topic in ("planning.records:demo-2026", "planning.line:demo-2026/1.3"):
        found = Subscription.objects.create(mailbox=mailbox, topic=topic, asked_at=clock.now(), confirmed_at=clock.now())
    asked = Subscription.objects.create(mailbox=nobody, topic="planning.records:demo-2026", asked_at=clock.now())
    return {
        "confirm_token": following._signed(following.CONFIRMING, str(asked.pk)),
        "leave_token": mail.leaving_token(Message(mailbox=mailbox, kind="planning.published", topics=[found.topic])),
        "list_token": following._signed(following.LISTING, str(mailbox.pk)),
        "empty_list_token": following._signed(following.LISTING, str(outbox.mailbox_of("otra@ejemplo.mx").pk)),
    }


def asked_address() -> dict[str, str]:
    """The link that a new address of mail was sent."""
    return {"address_token": confirming.token(Account.objects.get(username="lectura"), "lectura.nueva@ejemplo.mx", [])}


def people() -> dict[str, str]:
    """The key of an account of each kind: of staff, switched off, of a resident, and those in whose pages a step is taken."""
    by = Actor.system("prueba")
    for name in ("apagada", "por_apagar"):
        register_account(RegisterAccount(name, f"Persona de demostración {name}", "distrito-02", ("author",), PASSWORD), by=by)
    off = Account.objects.get(username="apagada")
    deactivate_account(DeactivateAccount(off.pk, "Dejó de trabajar en el instituto."), by=by)
    names = {
        "staff": "area",
        "off": "apagada",
        "to_switch_off": "por_apagar",
        "admin": "administracion",
        "lost_phone": "sin_telefono",
    }
    names |= {"neighbour": "vecina", "far_neighbour": "vecino"}
    return {key: str(Account.objects.get(username=name).pk) for key, name in names.items()}


if __name__ == "__main__":
    accounts()
    made = editions()
    # The editions of the data sets that follow those of the seed, with what all this changed.
    publish_changed(by=Actor.system("prueba"))
    print(json.dumps(made | annual() | followed() | people() | {"calendar": calendar("area")} | asked_address()))
