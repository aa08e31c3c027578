"""The shapes of the API's answers: what its description promises, in the words of the pages."""

from __future__ import annotations

import datetime as dt

from ninja import Field, Schema

CellOut = str | int | bool | None


class ColumnOut(Schema):
    """A column and what it means."""

    nombre: str
    tipo: str
    significado: str
    unidad: str
    ejemplo: str
    puede_estar_vacia: bool
    distingue_renglones: bool


class DatasetOut(Schema):
    """A data set without its rows."""

    clave: str
    titulo: str
    tema: str
    descripcion: str
    licencia: str
    responde: str
    cadencia: str
    sensibilidad: str
    comprobacion: str
    renglones: int
    lleva_ediciones: bool
    pagina: str
    columnas: list[ColumnOut]


class DatasetsOut(Schema):
    """Every data set."""

    conjuntos: list[DatasetOut]


class RowsOut(Schema):
    """A page of rows; `siguiente` is the address of the next one, or null in the last."""

    conjunto: str
    renglones: list[dict[str, CellOut]]
    siguiente: str | None


class FileOut(Schema):
    """A file of an edition."""

    nombre: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    direccion: str


class EditionOut(Schema):
    """A data set as it was published on a day."""

    numero: int
    publicada: dt.datetime
    renglones: int
    cambios: list[str]
    pagina: str
    archivos: list[FileOut]


class EditionsOut(Schema):
    """The editions of a data set, the newest first."""

    conjunto: str
    ediciones: list[EditionOut]


class FaultOut(Schema):
    """One thing wrong in what was asked: where, what value, which rule, and its remedy."""

    campo: str
    valor: str
    regla: str
    remedio: str


class ProblemOut(Schema):
    """RFC 9457: what went wrong. `errores` has every fault at once."""

    type: str
    title: str
    status: int
    detail: str
    errores: list[FaultOut]
