"""What a programme and an activity must be, each fault with its remedy: as they are written, and when all is sent to review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from calpulli.commons.act import Problem
from calpulli.people import doors as people
from calpulli.planning import doors as planning
from calpulli_core.formats.plain_text import text_fault

from ..inputs import WriteActivity, WriteProgramme
from ..models import Activity, Exercise, MatrixRow, Programme
from ..queries import WHOLE_SHARE, WHOLE_UNIT, floor_of, of_quarter

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*")
MOST_AMOUNT = 10**15
# Units that say themselves that they count people: whoever answers that they do not is refused until one of the two changes.
PEOPLE = re.compile(
    r"(adolescentes|alumn[ao]s|asistentes|beneficiari[ao]s|candidat[ao]s|ciudadan[ao]s|estudiantes|funcionari[ao]s|habitantes"
    r"|hombres|indígenas|jóvenes|menores|migrantes|mujeres|niñ[ao]s|participantes|personas|servidor[ae]s|usuari[ao]s|vecin[ao]s"
    r"|víctimas|visitantes)(?![\w-])",  # personas-hora are hours
    re.IGNORECASE,
)
NEEDED_LEVELS = (MatrixRow.Level.FIN, MatrixRow.Level.PROPOSITO, MatrixRow.Level.COMPONENTE, MatrixRow.Level.ACTIVIDAD)
CELLS = {"summary": "el resumen", "indicator": "el indicador", "verification": "el medio de verificación"}


def programme_faults(exercise: Exercise, command: WriteProgramme) -> list[Problem]:
    """Everything wrong with a programme."""
    found = [*_key("key", command.key, longest=12), *_text("name", command.name, "el nombre", longest=200)]
    twins = exercise.programmes.filter(key=command.key).exclude(pk=command.programme_id or 0)
    if twins.exists():
        found.append(Problem("key", f"Ya hay un programa con la clave «{command.key}»: use otra."))
    if command.kind not in Programme.Kind.values:
        found.append(Problem("kind", "Elija si el programa es institucional o específico."))
    for place, line in enumerate(command.matrix, 1):
        if line.level not in MatrixRow.Level.values:
            found.append(Problem("matrix", f"Renglón {place} de la matriz: elija fin, propósito, componente o actividad."))
        found += _text("matrix", line.summary, f"el resumen del renglón {place} de la matriz", longest=2_000, breaks=True)
        for name in ("indicator", "verification"):
            found += _optional("matrix", getattr(line, name), f"{CELLS[name]} del renglón {place} de la matriz", longest=300)
        found += _optional("matrix", line.assumptions, f"los supuestos del renglón {place}", longest=2_000, breaks=True)
    return found


def activity_faults(exercise: Exercise, command: WriteActivity) -> list[Problem]:
    """Everything wrong with an activity, also of a draft."""
    return [
        *_words(exercise, command),
        *_place(command),
        *share_faults(exercise.plan_key, command.shares),
        *goal_faults(command.goals),
    ]


def _words(exercise: Exercise, command: WriteActivity) -> Iterator[Problem]:
    yield from _key("key", command.key, longest=20)
    yield from _text("name", command.name, "el nombre", longest=300)
    yield from _text("unit", command.unit, "la unidad de medida", longest=60)
    yield from _optional("description", command.description, "la descripción", longest=4_000, breaks=True)
    yield from _optional("population", command.population, "la población", longest=200)
    if exercise.activities.filter(key=command.key).exclude(pk=command.activity_id or 0).exists():
        yield Problem("key", f"Ya hay una actividad con la clave «{command.key}»: use otra.")
    if not exercise.programmes.filter(key=command.programme).exists():
        known = ", ".join(exercise.programmes.values_list("key", flat=True)) or "todavía ninguno"
        yield Problem("programme", f"No hay un programa «{command.programme}» en este año. Los que hay: {known}.")


def _place(command: WriteActivity) -> Iterator[Problem]:
    """The area, the post and the districts are those of the organisation."""
    cards = {card.key: card for card in people.area_cards()}
    area = cards.get(command.area)
    if area is None:
        yield Problem("area", f"No hay un área vigente con la clave «{command.area}». Elija una del directorio.")
    elif command.post and command.post not in dict(area.posts):
        yield Problem("post", f"El puesto «{command.post}» no es de {area.name}. Elija uno de esa área o déjelo vacío.")
    districts = {key for key, card in cards.items() if card.is_district}
    for unknown in sorted(set(command.districts) - districts):
        yield Problem("districts", f"No hay una oficina de distrito con la clave «{unknown}».")
    if len(set(command.districts)) < len(command.districts):
        yield Problem("districts", "Hay un distrito repetido: déjelo una vez.")


def share_faults(plan_key: str, shares: Mapping[str, int]) -> Iterator[Problem]:
    """Lines of the plan, and shares that make up a whole."""
    card = planning.find_card(plan_key)
    known = {line.identifier for line in card.lines} if card else set()
    for line in sorted(set(shares) - known):
        yield Problem("shares", f"La línea «{line}» no es del programa {plan_key}. Elija una de sus líneas.")
    for line, share in shares.items():
        if not 1 <= share <= WHOLE_SHARE:
            yield Problem("shares", f"La línea «{line}» lleva {percent(share)}: escriba más de 0 % y hasta 100 %.")
    if shares and (total := sum(shares.values())) != WHOLE_SHARE:
        left = WHOLE_SHARE - total
        what = f"faltan {percent(left)}" if left > 0 else f"sobran {percent(-left)}"
        yield Problem("shares", f"Las líneas suman {percent(total)} y deben sumar 100 %: {what}.")


def goal_faults(goals: Mapping[int, int]) -> Iterator[Problem]:
    """Months that exist, amounts that can be done, and at least one that is something."""
    yield from month_faults(goals)
    if goals and not any(goals.values()):
        yield Problem("goals", "Todas las metas son 0: escriba al menos la de un mes.")


def month_faults(goals: Mapping[int, int]) -> Iterator[Problem]:
    """Months that exist, and amounts that can be done."""
    for month, amount in goals.items():
        if not 1 <= month <= 12:
            yield Problem("goals", f"El mes {month} no existe: va de 1 a 12.")
        elif not 0 <= amount <= MOST_AMOUNT:
            yield Problem("goals", f"La meta del mes {month} no se admite: escriba de 0 a un billón.")


def unfinished(exercise: Exercise) -> Iterator[Problem]:
    """What a draft lacks before it can be sent to review."""
    activities = list(exercise.activities.prefetch_related("shares", "goals"))
    if not activities:
        yield Problem(None, "No hay ninguna actividad: escriba al menos una.")
    for activity in activities:
        yield from _lacks(activity)
    for programme in exercise.programmes.prefetch_related("matrix", "activities"):
        if not programme.activities.all():
            yield Problem(None, f"Programa {programme.key}: no tiene actividades. Agregue una o quítelo.")
        if programme.needs_matrix:
            yield from _of_matrix(programme)


def _lacks(activity: Activity) -> Iterator[Problem]:
    name = f"Actividad {activity.key}"
    if not activity.shares.all():
        yield Problem(None, f"{name}: no dice a qué líneas sirve. Reparta 100 % entre una o más.")
    if not any(goal.programmed for goal in activity.goals.all()):
        yield Problem(None, f"{name}: no tiene metas. Escriba al menos la de un mes.")
    if not activity.unit:
        yield Problem(None, f"{name}: no tiene unidad de medida.")
    if activity.of_people is None:
        yield Problem(None, f"{name}: no dice si su unidad, «{activity.unit}», cuenta personas. Conteste sí o no.")
    elif activity.of_people:
        yield from small_goals(activity, {goal.month: goal.programmed for goal in activity.goals.all()})
    elif PEOPLE.match(activity.unit):
        yield Problem(
            None, f"{name}: su unidad es «{activity.unit}», y dice que no cuenta personas. Cambie una de las dos cosas."
        )


def small_goals(activity: Activity, goals: Mapping[int, int], quarters: Iterable[int] = (1, 2, 3, 4)) -> Iterator[Problem]:
    """A goal of so few people that nobody could be told whether it was reached."""
    for quarter in quarters:
        goal = of_quarter(goals, quarter, cumulative=activity.cumulative, goals=goals)
        floor = floor_of(activity, quarter)
        if floor and 0 < goal < floor * WHOLE_UNIT:
            told = f"Actividad {activity.key}: su meta del trimestre {quarter} es de menos de {floor} personas"
            yield Problem(None, f"{told}, y esa cuenta no se publica. Júntela con otro trimestre o mida otra cosa.")


def _of_matrix(programme: Programme) -> Iterator[Problem]:
    rows, name = list(programme.matrix.all()), f"Programa {programme.key}"
    for level in NEEDED_LEVELS:
        if all(row.level != level for row in rows):
            yield Problem(None, f"{name}: su matriz no tiene un renglón de «{level.label.lower()}». Agréguelo.")
    for row in rows:
        told = f"{name}, renglón {row.position} de la matriz"
        if not row.assumptions.strip():
            yield Problem(None, f"{told}: no dice de qué supuestos depende. Escríbalos.")
        if not (row.indicator.strip() and row.verification.strip()):
            yield Problem(None, f"{told}: falta el indicador o el medio de verificación.")


def percent(share: int) -> str:
    """Hundredths of a percent as people write them: 33.33 %."""
    return f"{share / 100:.2f}".rstrip("0").rstrip(".") + " %"


def _key(field: str, value: str, *, longest: int) -> Iterator[Problem]:
    if not KEY.fullmatch(value) or len(value) > longest:
        yield Problem(field, f"La clave lleva hasta {longest} letras, números, puntos o guiones, por ejemplo 01.A-3.")


def _text(field: str, value: str, name: str, *, longest: int, breaks: bool = False) -> Iterator[Problem]:
    if not value.strip():
        yield Problem(field, f"Falta {name}: escríbalo.")
    else:
        yield from _optional(field, value, name, longest=longest, breaks=breaks)


def _optional(field: str, value: str, name: str, *, longest: int, breaks: bool = False) -> Iterator[Problem]:
    if len(value) > longest:
        yield Problem(field, f"En {name} hay {len(value)} letras y caben {longest}. Acórtelo.")
    elif value and (fault := text_fault(value, breaks=breaks)):
        yield Problem(field, f"En {name}: {fault} Escríbalo de nuevo.")
