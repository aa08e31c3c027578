"""The shapes of the API's answers: what its description promises, in the words of the pages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from ninja import Field, Schema

CellOut = str | int | bool | None


Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ColumnOut(Schema):
    """A column and what it means."""

    name: str = Field(alias="nombre")
    kind: str = Field(alias="tipo")
    meaning: str = Field(alias="significado")
    unit: str = Field(alias="unidad")
    example: str = Field(alias="ejemplo")
    may_be_empty: bool = Field(alias="puede_estar_vacia")
    tells_rows_apart: bool = Field(alias="distingue_renglones")


class DatasetOut(Schema):
    """A data set without its rows."""

    key: str = Field(alias="clave")
    title: str = Field(alias="titulo")
    topic: str = Field(alias="tema")
    description: str = Field(alias="descripcion")
    licence: str = Field(alias="licencia")
    responsible: str = Field(alias="responde")
    cadence: str = Field(alias="cadencia")
    sensitivity: str = Field(alias="sensibilidad")
    check: str = Field(alias="comprobacion")
    rows: int = Field(alias="renglones", description="Si pasan de 100,000, los que estima la base de datos.")
    has_editions: bool = Field(alias="lleva_ediciones")
    page: str = Field(alias="pagina")
    columns: list[ColumnOut] = Field(alias="columnas")


class DatasetsOut(Schema):
    """Every data set."""

    datasets: list[DatasetOut] = Field(alias="conjuntos")


class RowsOut(Schema):
    """A page of rows; `siguiente` is the address of the next one, or null in the last."""

    dataset: str = Field(alias="conjunto")
    rows: list[dict[str, CellOut]] = Field(alias="renglones")
    following: str | None = Field(alias="siguiente")


class FileOut(Schema):
    """A file of an edition."""

    name: str = Field(alias="nombre")
    sha256: Digest
    address: str = Field(alias="direccion")


class EditionOut(Schema):
    """A data set as it was published on a day."""

    number: int = Field(alias="numero")
    published_at: dt.datetime = Field(alias="publicada")
    rows: int = Field(alias="renglones")
    changes: list[str] = Field(alias="cambios")
    page: str = Field(alias="pagina")
    files: list[FileOut] = Field(alias="archivos")


class EditionsOut(Schema):
    """The editions of a data set, the newest first."""

    dataset: str = Field(alias="conjunto")
    editions: list[EditionOut] = Field(alias="ediciones")


class FaultOut(Schema):
    """One thing wrong in what was asked: where, what value, which rule, and its remedy."""

    field: str = Field(alias="campo")
    value: str = Field(alias="valor")
    rule: str = Field(alias="regla")
    remedy: str = Field(alias="remedio")


class ProblemOut(Schema):
    """RFC 9457: what went wrong. `errores` has every fault at once."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[FaultOut] = Field(alias="errores")
