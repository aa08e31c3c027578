"""The road of an exercise: draft, in review, approved by agreement."""

from __future__ import annotations

from calpulli.commons import clock
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.people.doors import Role
from calpulli.planning import doors as planning
from calpulli_core.formats.plain_text import is_link, text_fault

from .. import policies
from ..inputs import ApproveExercise, OpenExercise, ReturnExercise, SubmitExercise
from ..models import Exercise
from .checks import unfinished
from .ground import WRITINGS, State, locked_exercise, reason_faults, refuse_any, refuse_who_wrote, require_planner


@act("annual.exercise_opened", policy=policies.open_exercise, alone=True)
def open_exercise(work: Work, command: OpenExercise) -> Exercise:
    """Begins the annual programme of a year, one for each year of a plan."""
    require_planner(work, command.plan_key, Role.AUTHOR)
    card = planning.find_card(command.plan_key)
    first = card.generation if card else command.year
    if not first <= command.year <= first + 20:
        raise Refused(Problem("year", f"El año {command.year} no es de este programa: escriba uno desde {first}."))
    if Exercise.objects.filter(plan_key=command.plan_key, year=command.year).exists():
        raise Refused(Problem("year", f"El programa anual {command.year} ya está abierto: búsquelo en su mesa."))
    work.details.update(plan=command.plan_key, year=command.year)
    exercise = Exercise(plan_key=command.plan_key, year=command.year, invented=command.invented)
    exercise.author_id = work.by.account
    return work.add(exercise)


@act("annual.exercise_submitted", policy=policies.submit_exercise, alone=True)
def submit_exercise(work: Work, command: SubmitExercise) -> Exercise:
    """Sends a draft to review, once it lacks nothing."""
    exercise = locked_exercise(work, command.exercise_id, State.DRAFT)
    require_planner(work, exercise.plan_key, Role.AUTHOR)
    refuse_any(list(unfinished(exercise)))
    exercise.state, exercise.author_id, exercise.returned_because = State.IN_REVIEW, work.by.account, ""
    return work.save(exercise)


@act("annual.exercise_returned", policy=policies.return_exercise, alone=True)
def return_exercise(work: Work, command: ReturnExercise) -> Exercise:
    """Sends it back to who plans, with the reason."""
    exercise = _in_review(work, command.exercise_id)
    refuse_any(reason_faults(command.reason))
    exercise.state, exercise.returned_because = State.DRAFT, command.reason.strip()
    return work.save(exercise)


@act("annual.exercise_approved", policy=policies.approve_exercise, alone=True)
def approve_exercise(work: Work, command: ApproveExercise) -> Exercise:
    """Approves it by agreement. From here on its goals change only by adjustments."""
    exercise = _in_review(work, command.exercise_id)
    refuse_any([*_agreement_faults(command, exercise.year), *unfinished(exercise)])
    exercise.state, exercise.reviewer_id = State.APPROVED, work.by.account
    exercise.agreement, exercise.agreement_url = command.agreement.strip(), command.agreement_url.strip()
    exercise.approved_on = command.approved_on
    work.details.update(agreement=exercise.agreement)
    return work.save(exercise)


def _in_review(work: Work, exercise_id: int) -> Exercise:
    exercise = locked_exercise(work, exercise_id, State.IN_REVIEW)
    told = {"plan": exercise.plan_key, "year": exercise.year}
    refuse_who_wrote(work, WRITINGS, told, exercise.author_id)
    require_planner(work, exercise.plan_key, Role.REVIEWER)
    return exercise


def _agreement_faults(command: ApproveExercise, year: int) -> list[Problem]:
    found, number = [], command.agreement.strip()
    if not number or len(number) > 60 or text_fault(number):
        found.append(Problem("agreement", "Escriba el número del acuerdo que lo aprueba, en un renglón de hasta 60 letras."))
    if command.agreement_url.strip() and not is_link(command.agreement_url.strip()):
        found.append(Problem("agreement_url", "No es una dirección web. Escríbala completa, desde https://, o déjela vacía."))
    if command.approved_on > clock.today():
        found.append(Problem("approved_on", f"El {command.approved_on:%d/%m/%Y} está en el futuro: use hoy o antes."))
    elif command.approved_on.year < year - 1:
        told = f"El {command.approved_on:%d/%m/%Y} es muy anterior a {year}: el acuerdo es de ese año o del anterior."
        found.append(Problem("approved_on", told))
    return found
