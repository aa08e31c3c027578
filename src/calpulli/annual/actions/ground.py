"""What every act of the annual programme asks first: where a role is held, how things stand, who wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calpulli.commons.act import Problem, Refused, Work
from calpulli.ledger import doors as ledger
from calpulli.people.doors import Role
from calpulli.planning import doors as planning
from calpulli_core.formats.plain_text import text_fault

from .. import policies
from ..models import Activity, Exercise
from .deciding import WRITES_AND_REVIEWS

State = Exercise.State
WRITINGS = (
    *("annual.exercise_opened", "annual.programme_written", "annual.programme_dropped", "annual.activity_written"),
    *("annual.activity_dropped", "annual.exercise_submitted", "annual.poa_imported"),
)
LONGEST_REASON = 2_000


def locked_exercise(work: Work, exercise_id: int, *states: str) -> Exercise:
    """The exercise, locked, if it is in one of those states."""
    exercise: Exercise = _get(work, Exercise, exercise_id)
    _in_state(exercise, states)
    work.details.update(plan=exercise.plan_key, year=exercise.year)
    return exercise


def locked_activity(work: Work, activity_id: int, *states: str) -> Activity:
    """The activity with its exercise, both locked, if the exercise is in one of those states."""
    activity: Activity = _get(work, Activity, activity_id)
    activity.exercise = locked_exercise(work, activity.exercise_id, *states)
    work.details.update(activity=activity.key)
    return activity


def _get(work: Work, model: type[Any], key: int) -> Any:
    try:
        return work.lock(model, pk=key)
    except model.DoesNotExist as error:
        raise Refused(Problem(None, "Eso ya no está: alguien lo quitó. Vuelva a su mesa.")) from error


def _in_state(exercise: Exercise, states: tuple[str, ...]) -> None:
    if exercise.state in states:
        return
    found = State(exercise.state).label.lower()
    wanted = " o ".join(f"«{State(state).label.lower()}»" for state in states)
    told = f"El programa anual {exercise.year} está «{found}» y el paso pide que esté {wanted}."
    ahead = " Ya aprobado, sus metas se cambian con un ajuste." if exercise.state == State.APPROVED else ""
    raise Refused(Problem(None, told + ahead))


def require_planner(work: Work, plan_key: str, role: Role) -> None:
    """Who plans, or reviews what is planned, holds the role where the plan is answered for."""
    card = planning.find_card(plan_key)
    if card is None:
        raise Refused(Problem("plan_key", f"No hay un programa «{plan_key}»."))
    if not policies.holds(work.by, role, card.scope):
        told = f"De este programa responde «{card.responsible_area}», y usted no tiene ahí la función que hace falta."
        raise Refused(Problem(None, f"{told} Pida a esa área que lo haga, o a quien administra las cuentas que se la dé."))


def refuse_who_wrote(work: Work, names: tuple[str, ...], details: Mapping[str, Any], author: object) -> None:
    """Whoever wrote or sent any of it does not decide on it."""
    refuse_author(work, author)
    if ledger.has_acted(work.by.ref, chain=work.chain, names=names, details=dict(details)):
        raise Refused(Problem(None, WRITES_AND_REVIEWS))


def refuse_author(work: Work, author: object) -> None:
    """Who wrote this very thing does not decide on it."""
    if author is not None and str(author) == work.by.account:
        raise Refused(Problem(None, WRITES_AND_REVIEWS))


def reason_faults(text: str, field: str = "reason") -> list[Problem]:
    """A reason says something that every page can show."""
    if len(text.strip()) < 10:
        return [Problem(field, "El motivo es muy corto. Diga en al menos 10 letras qué pasa.")]
    if len(text) > LONGEST_REASON:
        return [Problem(field, f"El motivo tiene {len(text)} letras y caben {LONGEST_REASON}. Acórtelo.")]
    fault = text_fault(text, breaks=True)
    return [Problem(field, f"{fault} Escríbalo de nuevo.")] if fault else []


def refuse_any(problems: list[Problem]) -> None:
    """All of them at once."""
    if problems:
        raise Refused(*problems)
