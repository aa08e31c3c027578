"""The words of the annual programme's files, what each is read as, and the columns that several tables share."""

from __future__ import annotations

from calpulli_core.calendars.periods import FIRST_YEAR, LAST_YEAR
from calpulli_core.formats.sheets.declared import Column, Kind

from .rows import Level, Moment, ProgrammeKind

WHOLE_CITY = "Toda la ciudad"
NOWHERE = "Ninguno"
HUNDRED = 10_000  # hundredths of a percent
MONTHS = (
    *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"),
    *("Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"),
)
PROGRAMME_KINDS = {"Institucional": ProgrammeKind.INSTITUTIONAL, "Específico": ProgrammeKind.SPECIFIC}
LEVELS = {
    "Fin": Level.FIN,
    "Propósito": Level.PROPOSITO,
    "Componente": Level.COMPONENTE,
    "Actividad": Level.ACTIVIDAD,
}
MOMENTS = {
    "Aprobado": Moment.APPROVED,
    "Ampliación": Moment.INCREASE,
    "Reducción": Moment.REDUCTION,
    "Comprometido": Moment.COMMITTED,
    "Devengado": Moment.ACCRUED,
    "Ejercido": Moment.EXERCISED,
    "Pagado": Moment.PAID,
}

YEAR = Column(
    key="year",
    heading="Ejercicio",
    kind=Kind.WHOLE,
    means="El año del programa, con cuatro cifras; el mismo en todas las filas.",
    example="2027",
    least=FIRST_YEAR,
    most=LAST_YEAR,
    width=10,
)


def key_column(key: str, heading: str, means: str, example: str, *, catalogue: str = "", longest: int = 20) -> Column:
    """A column of keys."""
    return Column(
        key=key, heading=heading, kind=Kind.KEY, means=means, example=example, catalogue=catalogue, longest=longest, width=14
    )


def yes_no_column(key: str, heading: str, means: str, example: str) -> Column:
    """A column of "Sí" or "No"."""
    return Column(key=key, heading=heading, kind=Kind.YES_NO, means=means, example=example, width=14)


ACTIVITY = key_column("activity", "Clave de la actividad", "La clave de la actividad, como en la hoja «Actividades».", "A-01")
AREA = key_column("area", "Clave del área", "La clave del área responsable.", "area-de-ejemplo", catalogue="areas", longest=60)
