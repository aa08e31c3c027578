"""Every act of the annual programme by every account of the demonstration: the table is written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from calpulli.annual import actions, exports, inputs
from calpulli.annual.models import Activity, DeliveryBatch, Exercise, Programme, Report
from calpulli.commons.act import Action, Actor, Forbidden, Refused
from calpulli.people.actions import register_account
from calpulli.people.doors import Role, actor_named
from calpulli.people.inputs import RegisterAccount
from calpulli_core.formats.annual.rows import AnnualFile
from tests.annual.conftest import PLAN, YEAR, Write, on, paper

# yes: done; no: may not at all; otherwise the beginning of what the act answers.
YES, NO = "sí", "no puede"
PLAN_OF_OTHERS = "De este programa responde «Secretaría Administrativa»"
AREA_OF_OTHERS = "De esta actividad reporta «Secretaría Administrativa»"
NOT_HERE = "Usted no revisa los reportes de esta área."
NOT_HERS = "Las entregas de «C-1» las registra su área"
ACCOUNTS = ("area", "revision", "participacion", "seguimiento", "distrito", "administracion", "edicion", "vecina", "vecino")
PLANS = (YES, NO, PLAN_OF_OTHERS, NO, NO, NO, NO, NO, NO)
DECIDES = (NO, YES, NO, PLAN_OF_OTHERS, NO, NO, NO, NO, NO)
REPORTS = (YES, NO, AREA_OF_OTHERS, NO, NO, NO, NO, NO, NO)
REVIEWS = (NO, YES, NO, NOT_HERE, NO, NO, NO, NO, NO)
IN_DISTRICT_1 = (YES, NO, NOT_HERS, NO, YES, NO, NO, NO, NO)
IN_DISTRICT_2 = (YES, NO, NOT_HERS, NO, NOT_HERS, NO, NO, NO, NO)
TABLE = {
    "open_exercise": PLANS,
    "import_poa": PLANS,
    "write_programme": PLANS,
    "drop_programme": PLANS,
    "write_activity": PLANS,
    "drop_activity": PLANS,
    "submit_exercise": PLANS,
    "return_exercise": DECIDES,
    "approve_exercise": DECIDES,
    "propose_adjustment": PLANS,
    "approve_adjustment": DECIDES,
    "refuse_adjustment": DECIDES,
    "submit_report": REPORTS,
    "correct_report": REPORTS,
    "return_report": REVIEWS,
    "approve_report": REVIEWS,
    "record_deliveries": IN_DISTRICT_1,
    "withdraw_deliveries": IN_DISTRICT_1,
}


@dataclass
class Scene:
    """An approved year with an activity that is written and one that is counted; and a draft of the year after."""

    author: Actor
    reviewer: Actor
    draft: Exercise
    written: Activity
    counted: Activity

    @property
    def report(self) -> inputs.SubmitReport:
        told = {1: 4_000, 2: 4_000, 3: 4_000}
        return inputs.SubmitReport(self.written.pk, 1, told, narrative="Se hizo lo programado.", attach=(paper(),))

    def sent(self) -> Report:
        return actions.submit_report(self.report, by=self.author).result

    def approved(self) -> Report:
        return actions.approve_report(inputs.DecideReport(self.sent().pk), by=self.reviewer).result

    def deliveries(self, district: str = "distrito-01") -> inputs.RecordDeliveries:
        row = inputs.DeliveryRow(self.counted.pk, dt.date(YEAR, 4, 2), district, 3, 10, 5, 0)
        return inputs.RecordDeliveries((row,))

    def adjustment(self) -> inputs.ProposeAdjustment:
        return inputs.ProposeAdjustment(self.written.pk, {9: 3_000}, "Se cerró una sede en septiembre.")

    def waiting(self) -> inputs.DecideAdjustment:
        made = actions.propose_adjustment(self.adjustment(), by=self.author).result
        return inputs.DecideAdjustment(made.pk, "Puede hacerse en la otra sede.")

    def in_review(self) -> Exercise:
        return actions.submit_exercise(inputs.SubmitExercise(self.draft.pk), by=self.author).result

    def file(self) -> inputs.ImportPoa:
        before = exports.file_of(self.draft)
        return inputs.ImportPoa(PLAN, AnnualFile(year=YEAR + 1, programmes=before.programmes), before, b"archivo")


@pytest.fixture
def scene(write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor) -> Scene:
    written = write("A-1", {1: 4, 2: 4, 3: 4, 9: 5})
    counted = write("C-1", {4: 9}, counted=True)
    approve()
    draft = actions.open_exercise(inputs.OpenExercise(PLAN, YEAR + 1), by=author).result
    for key in ("01", "02"):
        actions.write_programme(inputs.WriteProgramme(draft.pk, key, f"Programa {key}", "institutional"), by=author)
    for programme in ("01", "02"):
        actions.write_activity(activity_of(draft, programme), by=author)
    return Scene(author, reviewer, draft, written, counted)


def activity_of(draft: Exercise, programme: str, key: str = "", **more: Any) -> inputs.WriteActivity:
    told: dict[str, Any] = {"shares": {"linea-1.1": 10_000}, "goals": {1: 1_000}} | more
    name, area = f"Actividad {programme}", "secretaria-administrativa"
    return inputs.WriteActivity(draft.pk, programme, key or f"{programme}-1", name, area, "talleres", of_people=False, **told)


def empty_programme(scene: Scene) -> inputs.DropProgramme:
    actions.write_programme(inputs.WriteProgramme(scene.draft.pk, "03", "Vacío", "specific"), by=scene.author)
    return inputs.DropProgramme(Programme.objects.get(exercise=scene.draft, key="03").pk)


def correction(scene: Scene) -> inputs.CorrectReport:
    scene.approved()
    again = inputs.SubmitReport(scene.written.pk, 1, {1: 4_000, 2: 4_000, 3: 3_000}, "demanda", "Se contó uno de más.")
    return inputs.CorrectReport(again, "Se contó en marzo uno que fue de abril.")


def batch(scene: Scene) -> inputs.WithdrawDeliveries:
    made: DeliveryBatch = actions.record_deliveries(scene.deliveries(), by=scene.author).result
    return inputs.WithdrawDeliveries(made.pk, "Se registró dos veces la misma.")


COMMANDS: dict[str, Callable[[Scene], Any]] = {
    "open_exercise": lambda scene: inputs.OpenExercise(PLAN, YEAR + 2),
    "import_poa": Scene.file,
    "write_programme": lambda scene: inputs.WriteProgramme(scene.draft.pk, "09", "Nueve", "specific"),
    "drop_programme": empty_programme,
    "write_activity": lambda scene: activity_of(scene.draft, "01", "01-2"),
    "drop_activity": lambda scene: inputs.DropActivity(Activity.objects.get(exercise=scene.draft, key="02-1").pk),
    "submit_exercise": lambda scene: inputs.SubmitExercise(scene.draft.pk),
    "return_exercise": lambda scene: inputs.ReturnExercise(scene.in_review().pk, "Falta la actividad de los distritos."),
    "approve_exercise": lambda scene: inputs.ApproveExercise(scene.in_review().pk, "Acuerdo 2", dt.date(YEAR, 4, 10)),
    "propose_adjustment": Scene.adjustment,
    "approve_adjustment": Scene.waiting,
    "refuse_adjustment": Scene.waiting,
    "submit_report": lambda scene: scene.report,
    "correct_report": correction,
    "return_report": lambda scene: inputs.ReturnReport(scene.sent().pk, "Falta decir en qué sede se hizo."),
    "approve_report": lambda scene: inputs.DecideReport(scene.sent().pk),
    "record_deliveries": Scene.deliveries,
    "withdraw_deliveries": batch,
}


def answer(action: Action[Any, Any], command: Any, actor: Actor) -> str:
    """What the act answers this person; nothing of it is kept."""
    try:
        action.rehearse(command, by=actor)
    except Forbidden:
        return NO
    except Refused as refused:
        return "; ".join(problem.message for problem in refused.problems)
    return YES


def begins(found: str, expected: str) -> str:
    return expected if expected not in (YES, NO) and found.startswith(expected) else found


def test_every_act_is_in_the_table() -> None:
    assert set(TABLE) == set(COMMANDS) == set(actions.__all__)


@pytest.mark.parametrize("name", TABLE)
def test_who_may(scene: Scene, name: str) -> None:
    with on(4, 12):
        command = COMMANDS[name](scene)
        found = [answer(getattr(actions, name), command, actor_named(account)) for account in ACCOUNTS]
    assert dict(zip(ACCOUNTS, map(begins, found, TABLE[name]), strict=True)) == dict(zip(ACCOUNTS, TABLE[name], strict=True))


def test_an_office_records_in_its_own_district_alone(scene: Scene) -> None:
    with on(4, 12):
        found = [answer(actions.record_deliveries, scene.deliveries("distrito-02"), actor_named(one)) for one in ACCOUNTS]
    assert tuple(map(begins, found, IN_DISTRICT_2)) == IN_DISTRICT_2


def test_what_was_reported_an_office_leaves_to_the_area(scene: Scene, author: Actor, reviewer: Actor) -> None:
    with on(4, 12):
        made = actions.record_deliveries(scene.deliveries(), by=author).result
    with on(7, 6):
        report = inputs.SubmitReport(scene.counted.pk, 2, {}, "demanda", "Hubo menos personas de las esperadas.")
        sent = actions.submit_report(report, by=author).result
        told = "El trimestre 2 de «C-1» ya se reportó"
        late, withdraw = scene.deliveries(), inputs.WithdrawDeliveries(made.pk, "Se registró dos veces la misma.")
        office = actor_named("distrito")
        assert answer(actions.record_deliveries, late, office).startswith(told)
        assert answer(actions.withdraw_deliveries, withdraw, office).startswith(told)
        assert answer(actions.record_deliveries, late, author) == YES
        actions.return_report(inputs.ReturnReport(sent.pk, "Falta una entrega de mayo."), by=reviewer)
        assert answer(actions.record_deliveries, late, office) == YES


@contextmanager
def two_roles() -> Iterator[Actor]:
    """Someone who captures and reviews in the same area: what she wrote she does not decide on."""
    roles = (Role.AUTHOR, Role.REVIEWER)
    command = RegisterAccount("dos.funciones", "Persona Inventada", "secretaria-administrativa", roles, "copal-nube-jade-12")
    register_account(command, by=Actor.system("prueba"))
    yield actor_named("dos.funciones")


SELF = "Quien escribe no revisa: pida a otra persona que lo decida."


def test_nobody_decides_on_what_she_sent_though_her_roles_would_let_her(scene: Scene) -> None:
    with on(4, 12), two_roles() as both:
        sent = actions.submit_report(scene.report, by=both).result
        assert answer(actions.approve_report, inputs.DecideReport(sent.pk), both) == SELF
        assert answer(actions.return_report, inputs.ReturnReport(sent.pk, "Falta decir la sede."), both) == SELF
        made = actions.propose_adjustment(scene.adjustment(), by=both).result
        decide = inputs.DecideAdjustment(made.pk, "No hace falta cambiarla.")
        assert answer(actions.approve_adjustment, decide, both) == SELF
        assert answer(actions.refuse_adjustment, decide, both) == SELF


def test_nor_on_a_later_version_that_another_person_sent(scene: Scene, author: Actor, reviewer: Actor) -> None:
    with on(4, 12), two_roles() as both:
        first = actions.submit_report(scene.report, by=both).result
        actions.return_report(inputs.ReturnReport(first.pk, "Falta decir en qué sede."), by=reviewer)
        second = actions.submit_report(scene.report, by=author).result
        assert answer(actions.approve_report, inputs.DecideReport(second.pk), both) == SELF
        assert answer(actions.approve_report, inputs.DecideReport(second.pk), reviewer) == YES


@pytest.mark.parametrize("wrote", ["programme", "activity", "dropped", "sent"])
def test_nor_on_a_year_of_which_she_wrote_anything(scene: Scene, author: Actor, wrote: str) -> None:
    with on(4, 12), two_roles() as both:
        if wrote == "programme":
            actions.write_programme(
                inputs.WriteProgramme(scene.draft.pk, "01", "Otro nombre", "specific", programme_id=one(scene)), by=both
            )
        elif wrote == "activity":
            actions.write_activity(activity_of(scene.draft, "02", "02-2"), by=both)
        elif wrote == "dropped":
            actions.write_activity(activity_of(scene.draft, "02", "02-2"), by=author)
            actions.drop_activity(inputs.DropActivity(Activity.objects.get(exercise=scene.draft, key="02-2").pk), by=both)
        sender = both if wrote == "sent" else author
        actions.submit_exercise(inputs.SubmitExercise(scene.draft.pk), by=sender)
        approval = inputs.ApproveExercise(scene.draft.pk, "Acuerdo 2", dt.date(YEAR, 4, 10))
        assert answer(actions.approve_exercise, approval, both) == SELF
        assert answer(actions.return_exercise, inputs.ReturnExercise(scene.draft.pk, "Falta una actividad."), both) == SELF
        assert answer(actions.approve_exercise, approval, actor_named("revision")) == YES


def one(scene: Scene) -> int:
    return Programme.objects.get(exercise=scene.draft, key="01").pk


def test_nor_on_a_report_of_deliveries_that_she_recorded_or_withdrew(scene: Scene, author: Actor, reviewer: Actor) -> None:
    report = inputs.SubmitReport(scene.counted.pk, 2, {}, "demanda", "Hubo menos personas de las esperadas.")
    with on(4, 12), two_roles() as both:
        made = actions.record_deliveries(scene.deliveries(), by=both).result
    with on(7, 6):
        sent = actions.submit_report(report, by=author).result
        decide = inputs.DecideReport(sent.pk)
        told = answer(actions.approve_report, decide, both)
        assert told.startswith("Usted registró o retiró entregas de «C-1»")
        assert answer(actions.approve_report, decide, reviewer) == YES
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(made.pk, "Nunca se entregaron."), by=author)
        assert answer(actions.approve_report, decide, both) == told


def test_the_same_file_counts_once_until_it_is_withdrawn(scene: Scene, author: Actor) -> None:
    row = scene.deliveries().rows
    file, other = inputs.RecordDeliveries(row, "a" * 64), inputs.RecordDeliveries(row, "b" * 64)
    with on(4, 12):
        made = actions.record_deliveries(file, by=author).result
        told = answer(actions.record_deliveries, file, author)
        assert told.startswith("Este archivo ya entró el ")
        told = answer(actions.record_deliveries, other, author)
        assert told.startswith("Un archivo con estas mismas entregas ya entró el ")
        actions.withdraw_deliveries(inputs.WithdrawDeliveries(made.pk, "Era el archivo de otro mes."), by=author)
        assert answer(actions.record_deliveries, file, author) == YES
