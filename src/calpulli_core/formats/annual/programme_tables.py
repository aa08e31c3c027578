"""The tables of the annual programme: programmes, matrix, activities, shares and goals."""

from __future__ import annotations

from calpulli_core.formats.sheets.declared import Column, Kind, Table

from .words import ACTIVITY, AREA, HUNDRED, LEVELS, MONTHS, PROGRAMME_KINDS, WHOLE_CITY, YEAR, key_column, yes_no_column

PROGRAMMES = Table(
    key="programmes",
    sheet="Programas",
    means="Los programas del año: una fila por programa.",
    unique=("key",),
    columns=(
        YEAR,
        key_column("key", "Clave del programa", "Una clave corta, única en el año.", "P01", longest=12),
        Column(
            key="name", heading="Nombre", kind=Kind.TEXT, means="El nombre del programa.", example="Programa de ejemplo", width=50
        ),
        Column(
            key="kind",
            heading="Tipo",
            kind=Kind.CHOICE,
            words=PROGRAMME_KINDS,
            means="Institucional, si es de todos los años; Específico, si es de este.",
            example="Institucional",
        ),
        yes_no_column("needs_matrix", "Lleva matriz", "Sí, si debe tener matriz (MIR) en la hoja «Matriz».", "Sí"),
    ),
)
MATRIX = Table(
    key="matrix",
    sheet="Matriz",
    means="La matriz (MIR) de cada programa que la lleva: una fila por renglón, en su orden.",
    columns=(
        YEAR,
        key_column("programme", "Clave del programa", "La clave del programa, como en la hoja «Programas».", "P01", longest=12),
        Column(
            key="level",
            heading="Nivel",
            kind=Kind.CHOICE,
            words=LEVELS,
            means="Fin, Propósito, Componente o Actividad.",
            example="Fin",
        ),
        Column(
            key="summary",
            heading="Resumen narrativo",
            kind=Kind.PROSE,
            means="Qué se busca o qué se hace.",
            example="Contribuir a que más personas participen (ejemplo)",
            longest=2_000,
            width=50,
        ),
        Column(
            key="indicator",
            heading="Indicador",
            kind=Kind.TEXT,
            means="Con qué se mide.",
            example="Porcentaje de personas que participan (ejemplo)",
            longest=300,
            width=40,
        ),
        Column(
            key="verification",
            heading="Medios de verificación",
            kind=Kind.TEXT,
            means="Dónde se comprueba.",
            example="Informe anual publicado (ejemplo)",
            longest=300,
            width=40,
        ),
        Column(
            key="assumptions",
            heading="Supuestos",
            kind=Kind.PROSE,
            means="Lo que debe ocurrir fuera del programa, o «No aplica» con su motivo.",
            example="Hay recursos para imprimir (ejemplo)",
            blank="matrix_assumptions",
            longest=2_000,
            reason="assumptions_reason",
            width=40,
        ),
        Column(
            key="assumptions_reason",
            heading="Motivo si no hay supuestos",
            kind=Kind.TEXT,
            means="Solo cuando «Supuestos» dice «No aplica»: por qué.",
            example="",
            required=False,
            width=30,
        ),
    ),
)
ACTIVITIES = Table(
    key="activities",
    sheet="Actividades",
    means="Las actividades institucionales: una fila por actividad.",
    unique=("key",),
    columns=(
        YEAR,
        key_column("key", "Clave de la actividad", "Una clave corta, única en el año.", "A-01"),
        key_column("programme", "Clave del programa", "La clave del programa, como en la hoja «Programas».", "P01", longest=12),
        Column(
            key="name",
            heading="Nombre",
            kind=Kind.TEXT,
            means="Qué se hace.",
            example="Dar talleres (ejemplo)",
            longest=300,
            width=50,
        ),
        Column(
            key="description",
            heading="Descripción",
            kind=Kind.PROSE,
            means="Más detalle, si hace falta.",
            example="Talleres de una hora en escuelas (ejemplo)",
            required=False,
            width=50,
        ),
        AREA,
        Column(
            key="post",
            heading="Clave del puesto",
            kind=Kind.KEY,
            means="La clave del puesto responsable, si ya se sabe.",
            example="area-de-ejemplo-titular",
            required=False,
            longest=80,
            catalogue="posts",
            width=24,
        ),
        Column(
            key="unit",
            heading="Unidad de medida",
            kind=Kind.TEXT,
            means="En qué se cuentan las metas, en plural.",
            example="talleres",
            blank="activity_unit",
            longest=60,
        ),
        Column(
            key="population",
            heading="Población",
            kind=Kind.TEXT,
            means="A quiénes llega; si a nadie en particular, «No aplica» con su motivo.",
            example="Personas de 12 a 17 años",
            required=False,
            reason="population_reason",
            width=30,
        ),
        Column(
            key="population_reason",
            heading="Motivo si no hay población",
            kind=Kind.TEXT,
            means="Solo cuando «Población» dice «No aplica»: por qué.",
            example="",
            required=False,
            longest=180,
            width=30,
        ),
        Column(
            key="districts",
            heading="Distritos",
            kind=Kind.KEYS,
            means=f"«{WHOLE_CITY}», o las claves de las oficinas de distrito separadas por punto y coma.",
            example=WHOLE_CITY,
            word=WHOLE_CITY,
            catalogue="districts",
            width=24,
        ),
        yes_no_column("gender", "Igualdad de género", "Si atiende la igualdad entre mujeres y hombres.", "Sí"),
        yes_no_column("rights", "Derechos humanos", "Si atiende los derechos humanos.", "No"),
        yes_no_column(
            "cumulative", "Metas acumulables", "Sí, si los meses se suman; No, si cada mes dice el total a la fecha.", "Sí"
        ),
        yes_no_column(
            "counted", "Se cuenta sola", "Sí, si lo logrado se cuenta de las entregas registradas en la plataforma.", "No"
        ),
        yes_no_column(
            "of_people",
            "La unidad son personas",
            "Sí, si en esa unidad se cuentan personas (personas asesoradas); No, si se cuentan cosas o actos (talleres).",
            "No",
        ),
    ),
)
SHARES = Table(
    key="shares",
    sheet="Líneas",
    means="A qué líneas sirve cada actividad y con qué parte: una fila por línea. Las de una actividad suman 100.",
    unique=("activity", "line"),
    columns=(
        YEAR,
        ACTIVITY,
        key_column("line", "Línea", "El número de la línea del programa institucional, como texto.", "1.3", catalogue="lines"),
        Column(
            key="share",
            heading="Porcentaje",
            kind=Kind.PERCENT,
            means="Qué parte de la actividad sirve a la línea, de 0.01 a 100, sin el signo %.",
            example="100",
            least=1,
            most=HUNDRED,
        ),
    ),
)
GOALS = Table(
    key="goals",
    sheet="Metas",
    means="El calendario de metas: una fila por actividad, con sus doce meses. Un mes vacío no tiene meta.",
    unique=("activity",),
    columns=(
        YEAR,
        ACTIVITY,
        Column(
            key="unit",
            heading="Unidad de medida",
            kind=Kind.TEXT,
            means="La misma de la hoja «Actividades».",
            example="talleres",
            blank="goal_unit",
            longest=60,
        ),
        *(
            Column(
                key=f"month_{number}",
                heading=name,
                kind=Kind.THOUSANDTHS,
                means=f"La meta de {name.lower()}, con tres decimales a lo más.",
                example="4" if number <= 3 else "",
                required=False,
                most=10**12,
                width=11,
            )
            for number, name in enumerate(MONTHS, start=1)
        ),
        Column(
            key="total",
            heading="Total del año",
            kind=Kind.THOUSANDTHS,
            means="Si se escribe, se compara: la suma de los meses, o el último con meta si no son acumulables.",
            example="12",
            required=False,
            most=10**14,
        ),
    ),
)
