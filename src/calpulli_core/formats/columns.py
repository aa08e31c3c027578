"""The columns of the record of Art. 121, fr. XXII b), as versioned data: here and nowhere else is said what they are.

The form, the acts, every format in and out, the data sets, the search and the pages take from here which columns a record
has. Another format is one more `Layout` at the end of `LAYOUTS`; the two verifiers have tables of their own, on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from calpulli_core.calendars.periods import Period


class Kind(StrEnum):
    """What a column holds: how it is typed, checked, read from a sheet and set on a page."""

    YEAR = "year"
    DAY = "day"  # dd/mm/yyyy
    ADDRESS = "address"  # a whole http or https address
    LINE = "line"  # a text of one line
    PROSE = "prose"  # a text that may have line feeds
    NUMBER = "number"  # a whole number in figures, from 0
    GROUPS = "groups"  # headings, each with a numbered list
    LIST = "list"  # a numbered list
    LINES = "lines"  # numbered lists within a numbered list


class Source(StrEnum):
    """Where a column comes from: it follows from the period or the programme, or a person types it."""

    PERIOD = "period"
    PROGRAMME = "programme"
    AUTHOR = "author"  # whoever captures
    REVIEWER = "reviewer"  # whoever seals


LONGEST = {Kind.ADDRESS: 500, Kind.LINE: 4_000, Kind.PROSE: 4_000}  # characters of what is typed
MOST = 999_999_999  # of a number: nine figures, as the verifiers read


def _(text: str) -> str:
    """Marks help for translators; here it stays in Spanish."""
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` names it in code and in what is stored, for ever; `name` is as the law prints it.

    `is_required`: nobody sends the record to review without it. `most`: the highest number, where it has one of its own.
    `help`: words for who types it, beside those of its kind. `width`: in a sheet, in characters.
    """

    number: int
    key: str
    name: str
    kind: Kind
    source: Source
    is_required: bool = False
    most: int = MOST
    help: str = ""
    width: int = 18

    @property
    def is_typed(self) -> bool:
        """Whether a person enters it. Only such a column may be blank in a record, and then it carries a mark."""
        return self.source in (Source.AUTHOR, Source.REVIEWER)

    @property
    def place(self) -> str:
        """As errors name it: `columna 13 (Fecha de ...)`."""
        return f"columna {self.number} ({self.name})"


@dataclass(frozen=True, slots=True)
class Layout:
    """A version of the format, for the periods of the year `since` and later, until the next one. A record keeps its version."""

    version: str
    since: int
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in order, as they stand in the headers."""
        return tuple(column.name for column in self.columns)

    def column(self, key: str) -> Column:
        """The column of that key; KeyError if this version has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def typed(self, *by: Source) -> tuple[Column, ...]:
        """The columns that these people type; without any, all that somebody types."""
        return tuple(column for column in self.columns if (column.source in by if by else column.is_typed))


# Names as printed in a sheet of this obligation published for the fourth quarter of 2020.
_FIRST = (
    Column(1, "year", "Ejercicio", Kind.YEAR, Source.PERIOD),
    Column(2, "starts_on", "Fecha de inicio del periodo que se informa", Kind.DAY, Source.PERIOD),
    Column(3, "ends_on", "Fecha de término del periodo que se informa", Kind.DAY, Source.PERIOD),
    Column(
        number=4,
        key="poa_url",
        name="Hipervínculo al Programa Operativo Anual",
        kind=Kind.ADDRESS,
        source=Source.AUTHOR,
        help=_("El documento del programa del año."),
    ),
    Column(
        number=5,
        key="work_programme_url",
        name="Hipervínculo al Programa de Trabajo, en su caso",
        kind=Kind.ADDRESS,
        source=Source.AUTHOR,
        help=_("Solo si el programa de trabajo es otro documento."),
    ),
    Column(6, "mission", "Misión", Kind.LINE, Source.PROGRAMME, width=50),
    Column(7, "vision", "Visión", Kind.LINE, Source.PROGRAMME, width=50),
    Column(8, "diagnosis", "Diagnóstico general", Kind.GROUPS, Source.PROGRAMME, width=70),
    Column(9, "objectives", "Objetivos estratégicos", Kind.LIST, Source.PROGRAMME, width=60),
    Column(10, "lines", "Líneas de acción", Kind.LINES, Source.PROGRAMME, width=80),
    Column(
        number=11,
        key="general_programme",
        name="Vinculación con el Programa General de Desarrollo del DF vigente",
        kind=Kind.LINE,
        source=Source.PROGRAMME,
        width=50,
    ),
    Column(
        number=12,
        key="responsible_area",
        name="Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
        kind=Kind.LINE,
        source=Source.PROGRAMME,
        width=30,
    ),
    Column(
        number=13,
        key="updated_on",
        name="Fecha de actualización de la información",
        kind=Kind.DAY,
        source=Source.AUTHOR,
        is_required=True,
        help=_("El día en que la información se generó o cambió por última vez."),
    ),
    Column(
        number=14,
        key="validated_on",
        name="Fecha de validación de la información",
        kind=Kind.DAY,
        source=Source.REVIEWER,
        is_required=True,
    ),
    Column(15, "note", "Nota", Kind.PROSE, Source.AUTHOR, help=_("Se publica tal como la escriba."), width=30),
)
LAYOUTS: tuple[Layout, ...] = (Layout("121-XXII-b/1", 1900, _FIRST),)

NOT_IN_SOURCE = "sin dato en la fuente"
NOT_REPORTED = "no reportado"
MARKS = (NOT_IN_SOURCE, NOT_REPORTED)


def layout_of(period: Period) -> Layout:
    """The version in which a period is reported, whenever that is done."""
    return [layout for layout in LAYOUTS if layout.since <= period.year][-1]


def layout_of_version(version: object) -> Layout | None:
    """The version of that name; None where there is none."""
    return next((layout for layout in LAYOUTS if layout.version == version), None)


def layout_of_names(names: Sequence[str]) -> Layout:
    """The version with these headings; else the newest with as many columns, or nearly, to say what is wrong."""
    same = (layout for layout in LAYOUTS if layout.names == tuple(names))
    return next(same, layout_of_length(len(names)))


def layout_of_length(count: int) -> Layout:
    """The newest version with as many columns, or nearly."""
    return min(LAYOUTS[::-1], key=lambda layout: abs(len(layout.columns) - count))
