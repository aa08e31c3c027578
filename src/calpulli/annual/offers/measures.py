"""What the annual programme offers to indicators: activities due and fulfilled, goals, what was achieved, deliveries.

Rows are joined from the exercise, whose own fields are called otherwise than the columns (`month`, `area`, `activity`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.measures import Aggregate, Hidden, Measure, Rule, offer_measures
from calpulli.commons.registries.people_tables import PeopleTable, offer_people_table
from calpulli.ledger.doors import remembered
from calpulli_core.indicators.moments import Grain, Moment

from ..models import Activity, Evidence, Exercise, Goal, Report, Spread, Tally
from ..queries import FLOOR
from ..queries.again import awaited_again
from ..queries.counting import months_within, period_of
from ..queries.terms import find_deadline
from . import changing
from .candidates import accounted, fulfilled
from .dimensions import DISTRICT, GIVEN, PLANNED, districts

APPROVED = Exercise.State.APPROVED
Asked = frozenset[str]


# Of an activity, from its exercise.
COLUMNS = {
    "area": F("activities__area"),
    "programme": F("activities__programme__key"),
    "activity": F("activities__key"),
}


def _columns(asked: Asked, prefix: str = "activities__") -> dict[str, Any]:
    """The columns of the activity that are asked for; an activity stands once for each line only where lines are asked for."""
    lines = {"line": F(f"{prefix}shares__line")} if "line" in asked else {}
    return {name: column for name, column in (COLUMNS | lines).items() if name in asked}


def goal_rows(asked: Asked) -> QuerySet[Any]:
    """A row for each goal of an approved exercise: what was programmed and what is to be done now."""
    month = F("year") * 12 + F("activities__goals__month") - 1
    holds = Coalesce("activities__goals__adjusted", "activities__goals__programmed")
    programmed = F("activities__goals__programmed")
    found = Exercise.objects.filter(state=APPROVED, activities__goals__isnull=False)
    rows: QuerySet[Any] = found.annotate(month=month, programmed=programmed, holds=holds, **_columns(asked))
    return rows


def due_rows(asked: Asked) -> QuerySet[Any]:
    """A row for each activity and quarter in which it has something to do: that of its first month with a goal."""
    quarter = (F("activities__goals__month") + 2) / 3
    rows: QuerySet[Any] = (
        goal_rows(asked).annotate(goal_month=F("activities__goals__month"), of=F("activities__pk")).filter(holds__gt=0)
    )
    rows = rows.annotate(quarter=quarter)
    sooner = Goal.objects.annotate(now=Coalesce("adjusted", "programmed"), its=(F("month") + 2) / 3).filter(
        activity=OuterRef("of"), its=OuterRef("quarter"), month__lt=OuterRef("goal_month"), now__gt=0
    )
    found: QuerySet[Any] = rows.filter(~Exists(sooner))
    return found


def fulfilled_rows(asked: Asked) -> QuerySet[Any]:
    """Of those, the ones whose approved report carries evidence and reaches the goal, and did so in its term."""
    reports = Report.objects.filter(
        activity=OuterRef("of"), quarter=OuterRef("quarter"), counts=True, met_on__isnull=False, met_on__lte=F("due_on")
    )
    return due_rows(asked).filter(Exists(reports))


def accounted_rows(asked: Asked) -> QuerySet[Any]:
    """Of those that were due, the ones with an approved report that carries evidence: whenever it came, whatever it reached."""
    shown = Evidence.objects.filter(report=OuterRef("pk"))
    reports = Report.objects.filter(activity=OuterRef("of"), quarter=OuterRef("quarter"), counts=True)
    return due_rows(asked).filter(Exists(reports.filter(Exists(shown))))


def achieved_rows(asked: Asked) -> QuerySet[Any]:
    """A row for each month of a report that counts; of people none that says 0, which is few and no number."""
    month = F("year") * 12 + F("activities__reports__achieved__month") - 1
    amount = F("activities__reports__achieved__amount")
    found = Exercise.objects.filter(state=APPROVED, activities__reports__counts=True)
    rows: QuerySet[Any] = found.annotate(month=month, amount=amount, things=F("activities__of_people"), **_columns(asked))
    return rows.filter(Q(amount__gt=0) | Q(amount=0, things=False))


def tally_rows(asked: Asked) -> QuerySet[Any]:
    """A row for each activity, month and district with deliveries; none where the unit counts people (docs/decisions/0025)."""
    lines = {"line": F("of__shares__line")} if "line" in asked else {}
    everyone = F("women") + F("men") + F("unsaid")
    return Tally.objects.filter(deliveries__gt=0, of__of_people=False).annotate(people=everyone, **lines)


def spread_rows(asked: Asked) -> QuerySet[Any]:
    """A row for each activity, month, district and number of units in one delivery; it counts as often as there were such.

    None where the unit counts people.
    """
    columns = {
        "area": F("of__area"),
        "programme": F("of__programme__key"),
        "activity": F("of__key"),
        "line": F("of__shares__line"),
    }
    return Spread.objects.filter(deliveries__gt=0, of__of_people=False).annotate(
        **{name: column for name, column in columns.items() if name in asked}
    )


def first_month() -> int | None:
    """Since when there is an approved exercise."""
    year = Exercise.objects.filter(state=APPROVED).order_by("year").values_list("year", flat=True).first()
    return None if year is None else year * 12


@remembered("annual", "norms", "planning")
def reports_told(moment: Moment, on: dt.date) -> Rule:
    """Of what all is in that reports say of a period: of nothing before they are due, and then of all but what was returned.

    What was sent in time and returned may still come in time, by a term of its own.
    """
    exercises = list(Exercise.objects.filter(state=APPROVED, year=moment.year))
    quarters = sorted({(month // 3) + 1 for month in months_within(moment)})
    if not all(_is_due(one, quarter, on) for one in exercises for quarter in quarters):
        return lambda where: False
    returned = (again for one in exercises for again in awaited_again(one.plan_key, one.year))
    awaited = [again for again in returned if again.quarter in quarters and again.until >= on]
    return lambda where: not any(again.is_of(where.items()) for again in awaited)


def _is_due(exercise: Exercise, quarter: int, on: dt.date) -> bool:
    """Whether it ended, and the term of its reports too, or none that is due lacks its approved report."""
    ended = period_of(exercise.year, quarter).ends_on < on
    return ended and (_is_past(exercise, quarter, on) or not _unreported(exercise, quarter))


def _is_past(exercise: Exercise, quarter: int, on: dt.date) -> bool:
    deadline = find_deadline(exercise.plan_key, exercise.year, quarter)
    return deadline is None or deadline.due_on < on


def _unreported(exercise: Exercise, quarter: int) -> bool:
    reports = Report.objects.filter(activity=OuterRef("of"), quarter=OuterRef("quarter"), counts=True)
    due = due_rows(frozenset()).filter(pk=exercise.pk, quarter=quarter)
    return bool(due.exclude(Exists(reports)).exists())


_COMMON: dict[str, Any] = {"owner": "annual", "chains": ("annual",), "since": first_month, "changed": changing.of_deliveries}
_PLANNED: dict[str, Any] = _COMMON | {
    "changed": changing.of_plans,
    "dimensions": PLANNED,
    "shown": (("activity", _("Actividad")), ("area", _("Área")), ("programme", _("Programa"))),
}
_REPORTED: dict[str, Any] = _PLANNED | {"told_by": reports_told}


def months_add_up(year: int) -> Rule:
    """Whether the months of an activity add up in a year; of one whose months each tell the whole, they do not."""
    found = Activity.objects.filter(exercise__state=APPROVED, exercise__year=year, cumulative=False)
    wholes = frozenset(found.values_list("key", flat=True))
    return lambda where: where.get("activity", "") not in wholes


def told_of_few(year: int) -> Hidden:
    """Of people: a month, since they are told by the quarter; and what has a quarter of too few to be told."""
    approved = Activity.objects.filter(exercise__state=APPROVED, exercise__year=year).exclude(of_people=False)
    people = frozenset(approved.values_list("key", flat=True))
    none = Report.objects.filter(activity__in=approved, counts=True, done=0).values_list("activity__key", "quarter")
    few = frozenset(none)

    def hides(where: Mapping[str, str], moment: Moment) -> bool:
        key = where.get("activity", "")
        by_month = moment.grain is Grain.MONTH
        return key in people and (by_month or any((key, month // 3 + 1) in few for month in months_within(moment)))

    return hides


_BY_ACTIVITY: dict[str, Any] = {"only_by": ("activity",), "adds_up": months_add_up}
# Deliveries are shown added up by activity and month, never one by one nor by place: of a district, the number alone.
_BY_PLACE: dict[str, Any] = {"dimensions": GIVEN, "unlisted": (DISTRICT.key,), "gathered": True}
_GIVEN: dict[str, Any] = _COMMON | {
    **_BY_PLACE,
    "rows": tally_rows,
    "shown": (("activity", _("Actividad")), ("area", _("Área"))),
}
_THOUSANDTHS: dict[str, Any] = {"unit": "unidades", "scale": Fraction(1, 1000), "aggregate": Aggregate.SUM}
_PEOPLE: dict[str, Any] = _COMMON | {
    "unit": "personas",
    "aggregate": Aggregate.SUM,
    "rows": tally_rows,
    "dimensions": (DISTRICT,),
    "grain": Grain.QUARTER,
    "table": "annual.people",
}

offer_measures(
    (
        Measure(
            **_PLANNED,
            key="annual.activities_due",
            name=_("Actividades programadas"),
            counts=_(
                "Cuántas actividades tienen una meta mayor que cero en el trimestre. En un año, cada una se cuenta una vez por "
                "cada trimestre en que tiene meta. Por línea, cada una cuenta entera en todas a las que sirve: lo de las "
                "líneas no se suma."
            ),
            aggregate=Aggregate.COUNT,
            unit="actividades",
            grain=Grain.QUARTER,
            rows=due_rows,
        ),
        Measure(
            **_REPORTED,
            key="annual.activities_fulfilled",
            name=_("Actividades cumplidas en término con evidencia validada"),
            counts=_(
                "De las programadas en el trimestre, cuántas tienen un reporte aprobado por otra persona que se envió en su "
                "plazo, lleva evidencia y alcanza la meta. Lo que una corrección agrega después del plazo no las hace cumplidas. "
                "En un año, cada una se cuenta una vez por trimestre."
            ),
            aggregate=Aggregate.COUNT,
            unit="actividades",
            grain=Grain.QUARTER,
            rows=fulfilled_rows,
            candidates=fulfilled,
        ),
        Measure(
            **_REPORTED,
            key="annual.activities_accounted",
            name=_("Actividades de las que se rindieron cuentas"),
            counts=_(
                "De las programadas en el trimestre, cuántas tienen un reporte aprobado por otra persona y con evidencia, "
                "haya llegado o no en su plazo y alcance o no la meta. En un año, cada una se cuenta una vez por trimestre."
            ),
            aggregate=Aggregate.COUNT,
            unit="actividades",
            grain=Grain.QUARTER,
            rows=accounted_rows,
            candidates=accounted,
        ),
        Measure(
            **_PLANNED,
            **_THOUSANDTHS,
            **_BY_ACTIVITY,
            key="annual.goal_programmed",
            name=_("Meta programada"),
            counts=_("Cuánto se programó hacer al aprobar el programa anual, en la unidad de cada actividad."),
            rows=goal_rows,
            value="programmed",
        ),
        Measure(
            **_PLANNED,
            **_THOUSANDTHS,
            **_BY_ACTIVITY,
            key="annual.goal_adjusted",
            name=_("Meta vigente"),
            counts=_("Cuánto hay que hacer después del último ajuste aprobado; sin ajuste, lo programado."),
            rows=goal_rows,
            value="holds",
        ),
        Measure(
            **_REPORTED,
            **_THOUSANDTHS,
            **_BY_ACTIVITY,
            key="annual.goal_achieved",
            name=_("Lo que se hizo"),
            counts=_(
                "Cuánto dicen los reportes aprobados que se hizo, en la unidad de cada actividad. Si son personas, por trimestre "
                "y no cuando fueron muy pocas."
            ),
            rows=achieved_rows,
            hides=told_of_few,
            value="amount",
        ),
        Measure(
            **_GIVEN,
            key="annual.deliveries_made",
            name=_("Entregas"),
            counts=_(
                "Cuántas veces se entregó algo a la gente; no cuántas personas. Sin las actividades cuya unidad cuenta personas. "
                "Por línea, cada entrega cuenta entera en todas a las que sirve su actividad: lo de las líneas no se suma."
            ),
            aggregate=Aggregate.SUM,
            unit="entregas",
            value="deliveries",
        ),
        Measure(
            **_GIVEN,
            key="annual.deliveries_units",
            name=_("Unidades entregadas"),
            counts=_(
                "Cuánto se entregó, en la unidad de cada actividad. Sin las actividades cuya unidad cuenta personas. Por línea, "
                "cuenta entero en todas a las que sirve la actividad: lo de las líneas no se suma."
            ),
            aggregate=Aggregate.SUM,
            unit="unidades",
            value="units",
        ),
        Measure(
            **_COMMON,
            **_BY_PLACE,
            shown=(("activity", _("Actividad")), ("units", _("Unidades en una entrega"))),
            key="annual.deliveries_median",
            name=_("Unidades en una entrega común"),
            counts=_(
                "La mitad de las entregas dio esto o menos, y la otra mitad esto o más. Sin las actividades cuya unidad cuenta "
                "personas."
            ),
            aggregate=Aggregate.MEDIAN,
            unit="unidades/entrega",
            rows=spread_rows,
            value="units",
            weight="deliveries",
        ),
        Measure(
            **_COMMON,
            gathered=True,
            shown=(("district", _("Distrito")),),
            said={"district": districts},
            key="annual.districts_reached",
            name=_("Distritos en que se entregó algo"),
            counts=_(
                "En cuántos distritos distintos hubo al menos una entrega. Sin las actividades cuya unidad cuenta personas."
            ),
            aggregate=Aggregate.DISTINCT,
            unit="distritos",
            dimensions=PLANNED,
            rows=lambda asked: tally_rows(asked).exclude(district=""),
            value="district",
        ),
        Measure(
            **_PEOPLE,
            key="annual.people_reached",
            name=_("Personas que recibieron algo"),
            counts=_("Cuántas personas estuvieron en las entregas; quien estuvo en dos se cuenta dos veces."),
            value="people",
        ),
        Measure(
            **_PEOPLE,
            key="annual.women_reached",
            name=_("Mujeres que recibieron algo"),
            counts=_("De las personas en las entregas, cuántas dijeron ser mujeres."),
            value="women",
            category="women",
        ),
        Measure(
            **_PEOPLE,
            key="annual.men_reached",
            name=_("Hombres que recibieron algo"),
            counts=_("De las personas en las entregas, cuántas dijeron ser hombres."),
            value="men",
            category="men",
        ),
        Measure(
            **_PEOPLE,
            key="annual.unsaid_reached",
            name=_("Personas que no dijeron si son mujeres u hombres"),
            counts=_("De las personas en las entregas, cuántas no lo dijeron o dijeron otra cosa."),
            value="unsaid",
            category="unsaid",
        ),
    )
)

offer_people_table(
    PeopleTable(
        key="annual.people",
        name=_("Personas que recibieron algo"),
        counts=_(
            "Cuántas personas estuvieron en las entregas de las actividades; quien estuvo en dos se cuenta dos veces. De las "
            "actividades cuya unidad cuenta personas no: su reporte de cada trimestre dice cuántas fueron."
        ),
        rows=lambda: tally_rows(frozenset()).annotate(place=F("district")),
        place=DISTRICT,
        categories=(("women", _("Mujeres")), ("men", _("Hombres")), ("unsaid", _("No lo dijeron o dijeron otra cosa"))),
        floor=FLOOR,
        owner="annual",
        chains=("annual",),
        since=first_month,
    )
)
