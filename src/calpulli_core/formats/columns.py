"""The columns of the record of Art. 121, fr. XXII b), as versioned data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``may_be_blank`` when the record can be published without it (with a mark)."""

    number: int
    name: str
    may_be_blank: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A version of the format; a record keeps the version that it was made with."""

    version: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in order, as they stand in the headers."""
        return tuple(column.name for column in self.columns)


# Names as printed in a sheet of this obligation published for the fourth quarter of 2020.
RECORD_LAYOUT = Layout(
    "121-XXII-b/1",
    (
        Column(1, "Ejercicio"),
        Column(2, "Fecha de inicio del periodo que se informa"),
        Column(3, "Fecha de término del periodo que se informa"),
        Column(4, "Hipervínculo al Programa Operativo Anual", may_be_blank=True),
        Column(5, "Hipervínculo al Programa de Trabajo, en su caso", may_be_blank=True),
        Column(6, "Misión"),
        Column(7, "Visión"),
        Column(8, "Diagnóstico general"),
        Column(9, "Objetivos estratégicos"),
        Column(10, "Líneas de acción"),
        Column(11, "Vinculación con el Programa General de Desarrollo del DF vigente"),
        Column(
            12,
            "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
        ),
        Column(13, "Fecha de actualización de la información", may_be_blank=True),
        Column(14, "Fecha de validación de la información", may_be_blank=True),
        Column(15, "Nota", may_be_blank=True),
    ),
)

NOT_IN_SOURCE = "sin dato en la fuente"
NOT_REPORTED = "no reportado"
MARKS = (NOT_IN_SOURCE, NOT_REPORTED)
