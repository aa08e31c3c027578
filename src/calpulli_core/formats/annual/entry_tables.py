"""The tables of what comes by the thousand: the budget and the deliveries."""

from __future__ import annotations

from calpulli_core.formats.sheets.declared import MOST_CENTS, Column, Kind, Table

from .words import ACTIVITY, AREA, MOMENTS, MONTHS, NOWHERE, YEAR, key_column

BUDGET = Table(
    key="budget",
    sheet="Presupuesto",
    means="Los movimientos del presupuesto: una fila por importe.",
    columns=(
        YEAR,
        AREA,
        key_column("programme", "Clave del programa", "La clave del programa.", "P01", longest=12),
        ACTIVITY,
        key_column("source", "Fuente de financiamiento", "La clave de la fuente.", "01", catalogue="sources", longest=40),
        Column(
            key="partida",
            heading="Partida",
            kind=Kind.PARTIDA,
            means="Cuatro cifras del clasificador, como texto.",
            example="3361",
            catalogue="partidas",
            width=10,
        ),
        Column(
            key="month",
            heading="Mes",
            kind=Kind.CHOICE,
            words={name: number for number, name in enumerate(MONTHS, start=1)},
            means="El nombre del mes.",
            example="Enero",
            width=12,
        ),
        Column(
            key="moment",
            heading="Momento",
            kind=Kind.CHOICE,
            words=MOMENTS,
            means="Aprobado, Ampliación, Reducción, Comprometido, Devengado, Ejercido o Pagado.",
            example="Aprobado",
            width=14,
        ),
        Column(
            key="document",
            heading="Documento",
            kind=Kind.TEXT,
            means="El que ampara el importe. Las ampliaciones y reducciones de un mismo documento suman lo mismo.",
            example="EJEMPLO-001",
            longest=80,
            width=20,
        ),
        Column(
            key="amount",
            heading="Importe",
            kind=Kind.MONEY,
            means="En pesos, con centavos y punto; sin signo de pesos ni comas.",
            example="1580325.45",
            least=-MOST_CENTS,
            most=MOST_CENTS,
        ),
    ),
)
DELIVERIES = Table(
    key="deliveries",
    sheet="Entregas",
    means="Lo que se dio y a cuántas personas: una fila por vez.",
    columns=(
        Column(
            key="on",
            heading="Fecha",
            kind=Kind.DAY,
            means="El día, como dd/mm/aaaa.",
            example="15/03/2027",
            width=12,
        ),
        ACTIVITY,
        Column(
            key="district",
            heading="Clave del distrito",
            kind=Kind.KEY,
            means=f"La oficina de distrito en que fue, o «{NOWHERE}».",
            example=NOWHERE,
            word=NOWHERE,
            longest=60,
            catalogue="districts",
        ),
        *(
            Column(key=key, heading=heading, kind=Kind.WHOLE, means=means, example=example, least=least)
            for key, heading, means, example, least in (
                ("units", "Cantidad", "Cuántas unidades de medida de la actividad.", "1", 1),
                ("women", "Mujeres", "Cuántas mujeres; cero si ninguna.", "12", 0),
                ("men", "Hombres", "Cuántos hombres; cero si ninguno.", "11", 0),
                ("unsaid", "Otra o no dicho", "Cuántas personas dijeron otro o no dijeron; cero si ninguna.", "0", 0),
            )
        ),
    ),
)
