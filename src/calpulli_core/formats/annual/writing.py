"""The annual programme as files: what there is, to be taken away and brought again; and templates to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calpulli_core.formats.sheets.declared import Kind, Table
from calpulli_core.formats.sheets.texts import NOT_APPLICABLE
from calpulli_core.formats.sheets.writing import Book, Listed, Values, to_csv

from .examples import EXAMPLES, NOTICE
from .rows import AnnualFile
from .tables import CATALOGUES, EXAMPLE, GUIDE, TABLES, VERSION

_REQUIRED, _OPTIONAL = "Obligatoria", "Puede ir vacía"
_KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "Texto de un renglón",
    Kind.PROSE: "Texto",
    Kind.KEY: "Clave: letras sin acento, cifras, puntos y guiones; celda con formato Texto",
    Kind.KEYS: "Claves separadas por punto y coma; celda con formato Texto",
    Kind.PARTIDA: "Cuatro cifras; celda con formato Texto",
    Kind.WHOLE: "Número entero",
    Kind.THOUSANDTHS: "Número con tres decimales a lo más, con punto",
    Kind.PERCENT: "Número con dos decimales a lo más, sin %",
    Kind.MONEY: "Pesos con dos decimales a lo más, con punto, sin $ ni comas",
    Kind.DAY: "Fecha dd/mm/aaaa",
    Kind.YES_NO: "Sí o No",
    Kind.CHOICE: "Uno de la lista",
}
_RULES = (
    "Todo entra o nada entra: si algo está mal, la revisión dice todo lo que hay que corregir, con su hoja, fila y columna.",
    "No cambie los nombres de las hojas ni los encabezados, que van en la primera fila.",
    "Una hoja con filas reemplaza todo lo que había de ella en el programa en elaboración; una hoja vacía no cambia nada.",
    "Nada se adivina: sin fórmulas, sin celdas combinadas, sin filas vacías en medio, sin totales debajo.",
    f"Las hojas «{GUIDE}», «{CATALOGUES}» y las que empiezan con «{EXAMPLE}» no se leen: son de ayuda.",
)


def to_values(file: AnnualFile, table: Table) -> Iterator[Values]:
    """The rows of a table in the order of its columns."""
    for row in getattr(file, table.key) or ():
        told = {name: getattr(row, name) for name in row.__slots__}
        if "months" in told:
            told |= {f"month_{number}": amount for number, amount in enumerate(told["months"], start=1)}
        for column in table.columns:
            if column.reason:
                told[column.key], told[column.reason] = _apart(told[column.key])
        yield [_cell(told.get(column.key), column.kind) for column in table.columns]


def _cell(value: Any, kind: Kind) -> Any:
    return None if value == "" and kind in (Kind.TEXT, Kind.PROSE) else value


def _apart(text: str) -> tuple[str, str]:
    """A "No aplica" and its reason, of a text that joins them."""
    if text.startswith(f"{NOT_APPLICABLE}: "):
        return NOT_APPLICABLE, text.removeprefix(f"{NOT_APPLICABLE}: ")
    return text, ""


def write_xlsx(file: AnnualFile) -> bytes:
    """A workbook with the tables that the file has."""
    book = Book(VERSION)
    for table in TABLES:
        if getattr(file, table.key) is not None:
            book.table(table, to_values(file, table))
    return book.closed()


def write_csv(file: AnnualFile, table: Table) -> bytes:
    """One of its tables."""
    return to_csv(table, to_values(file, table))


def xlsx_template(tables: Sequence[Table], catalogues: Mapping[str, Listed]) -> bytes:
    """A workbook to fill in: what goes in each cell, what the catalogues admit, the empty tables, and each with an example."""
    book = Book(f"{VERSION}, plantilla")
    guide = list(_guide(tables))
    book.text_sheet(GUIDE, guide, (24, 34, 16, 44, 60, 30), bold=(0, len(_RULES) + 2))
    used = {column.catalogue for table in tables for column in table.columns}
    book.lists(CATALOGUES, {key: listed for key, listed in catalogues.items() if key in used})
    for table in tables:
        book.table(table)
    for table in tables:
        book.table(table, EXAMPLES[table.key], name=f"{EXAMPLE} {table.sheet}", notice=NOTICE)
    return book.closed()


def _guide(tables: Sequence[Table]) -> Iterator[Sequence[str]]:
    yield (f"Cómo llenar este libro (formato {VERSION})",)
    for rule in _RULES:
        yield (rule,)
    yield ()
    yield ("Hoja", "Columna", "", "Qué lleva", "Qué dice", "Ejemplo")
    for table in tables:
        for column in table.columns:
            needed = _REQUIRED if column.required else _OPTIONAL
            yield table.sheet, column.heading, needed, _KINDS[column.kind], column.means, column.example


def csv_template(table: Table) -> bytes:
    """The headings alone."""
    return to_csv(table, ())


def csv_example(table: Table) -> bytes:
    """The headings with the rows of the example, which say themselves that they are one."""
    return to_csv(table, EXAMPLES[table.key])
