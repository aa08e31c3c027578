"""A small invented programme that fills every table, for the templates. It says of itself that it is an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from calpulli_core.formats.sheets.writing import Values

from .rows import Level, Moment, ProgrammeKind
from .tables import ACTIVITIES, BUDGET, DELIVERIES, GOALS, MATRIX, PROGRAMMES, SHARES
from .words import HUNDRED

NOTICE = "EJEMPLO INVENTADO: esta hoja no se importa. Copie la forma, no los datos."
_YEAR = 2027
_UNITS = 1_000  # thousandths
_PESO = 100  # cents
_AREA = "area-de-ejemplo"
_PURSE = (_YEAR, _AREA, "P01", "EJEMPLO-1", "01", "3361")

EXAMPLES: Mapping[str, Sequence[Values]] = {
    PROGRAMMES.key: (
        (_YEAR, "P01", "Talleres de participación (ejemplo)", ProgrammeKind.SPECIFIC, True),
        (_YEAR, "P02", "Administración (ejemplo)", ProgrammeKind.INSTITUTIONAL, False),
    ),
    MATRIX.key: tuple(
        (_YEAR, "P01", level, summary, indicator, "Informe anual de la institución (ejemplo)", assumption, reason)
        for level, summary, indicator, assumption, reason in (
            (Level.FIN, "Más personas participan (ejemplo)", "Personas que participan", "La gente se entera a tiempo", None),
            (
                Level.PROPOSITO,
                "Las personas saben participar (ejemplo)",
                "Personas que aprendieron",
                "Acuden a los talleres",
                None,
            ),
            (Level.COMPONENTE, "Talleres dados (ejemplo)", "Talleres dados", "Las escuelas prestan sus aulas", None),
            (Level.ACTIVIDAD, "Convocar y dar talleres (ejemplo)", "Convocatorias", "No aplica", "Depende solo de nosotros"),
        )
    ),
    ACTIVITIES.key: (
        (
            *(_YEAR, "EJEMPLO-1", "P01", "Dar talleres (ejemplo)", "De una hora, en escuelas", _AREA, None, "talleres"),
            *("Personas de 12 a 17 años", None, (), True, True, True, False, False),
        ),
        (
            *(_YEAR, "EJEMPLO-2", "P02", "Mantener los equipos (ejemplo)", None, _AREA, None, "equipos"),
            *("No aplica", "Es un trabajo interno", (), False, False, False, False, False),
        ),
    ),
    SHARES.key: (
        (_YEAR, "EJEMPLO-1", "1.1", 6_000),
        (_YEAR, "EJEMPLO-1", "1.3", 4_000),
        (_YEAR, "EJEMPLO-2", "2.1", HUNDRED),
    ),
    GOALS.key: (
        (_YEAR, "EJEMPLO-1", "talleres", *([4 * _UNITS] * 3), *([None] * 9), 12 * _UNITS),
        (_YEAR, "EJEMPLO-2", "equipos", *([25 * _UNITS] * 12), None),
    ),
    BUDGET.key: (
        (*_PURSE, 1, Moment.APPROVED, "EJEMPLO-ACUERDO-1", 150_000 * _PESO),
        (*_PURSE, 2, Moment.INCREASE, "EJEMPLO-ADECUACION-1", 20_000 * _PESO),
        (*_PURSE, 2, Moment.COMMITTED, "EJEMPLO-CONTRATO-1", 48_250 * _PESO + 75),
        (*_PURSE[:5], "2111", 1, Moment.APPROVED, "EJEMPLO-ACUERDO-1", 90_000 * _PESO),
        (*_PURSE[:5], "2111", 2, Moment.REDUCTION, "EJEMPLO-ADECUACION-1", 20_000 * _PESO),
    ),
    DELIVERIES.key: ((date(_YEAR, 3, 15), "EJEMPLO-1", "", 1, 12, 11, 0),),
}
