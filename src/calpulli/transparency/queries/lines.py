"""A row as a line of JSON or CSV, written by the database: what is read by thousands need not become values of ours first.

What the database writes and what `row_json` and `exports.to_csv` write are the same bytes; a test holds one to the other.
Only what the data set declares has a part in it: names of columns are letters, digits and low lines (`Dataset` refuses others).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from calpulli.commons.files import FORMULA
from calpulli.commons.registries.datasets import Column, Dataset, Kind, Row

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
IT = "{it}"
DAY = f"to_char({IT}, 'YYYY-MM-DD')"
INSTANT = f"""to_char({IT} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
IN_JSON = {
    Kind.TEXT: f"coalesce(to_json({IT}::text)::text, 'null')",
    Kind.INTEGER: f"coalesce({IT}::text, 'null')",
    Kind.BOOLEAN: f"coalesce({IT}::text, 'null')",
    Kind.DATE: f"""coalesce('"' || {DAY} || '"', 'null')""",
    Kind.INSTANT: f"""coalesce('"' || {INSTANT} || '"', 'null')""",
}
PRESENT = f"coalesce(to_json(nullif({IT}::text, ''))::text, 'null')"  # of a text that may be absent
# A spreadsheet runs a text that begins so; and one that begins with an apostrophe could not be told from one that was mended.
SAFE = f"CASE WHEN ascii({IT}) IN ({', '.join(str(ord(sign)) for sign in FORMULA)}) THEN '''' || {IT} ELSE {IT} END"
IN_CSV = {
    Kind.TEXT: f"""CASE WHEN {IT} ~ E'[",\\r\\n]' THEN '"' || replace({SAFE}, '"', '""') || '"' ELSE coalesce({SAFE}, '') END""",
    Kind.INTEGER: f"coalesce({IT}::text, '')",
    Kind.BOOLEAN: f"coalesce({IT}::text, '')",
    Kind.DATE: f"coalesce({DAY}, '')",
    Kind.INSTANT: f"coalesce({INSTANT}, '')",
}
Line = Callable[[Dataset], Func]


def row_json(names: Sequence[str], row: Row) -> bytes:
    """A row, as `Dataset.told` gives it, as an object of JSON."""
    return orjson.dumps(dict(zip(names, row, strict=True)), option=OPTIONS)


def json_line(dataset: Dataset) -> Func:
    """The row as an object of JSON, its columns in order."""
    starts = ["{", *[","] * (len(dataset.columns) - 1)]
    pieces = [
        f"""'{start}"{column.name}":' || {_in_json(column)}""" for start, column in zip(starts, dataset.columns, strict=True)
    ]
    return _line(dataset, pieces, joint=" || ", end="'}'")


def _in_json(column: Column) -> str:
    return PRESENT if column.optional and column.kind is Kind.TEXT else IN_JSON[column.kind]


def csv_line(dataset: Dataset) -> Func:
    """The row as a line of CSV with its end."""
    return _line(dataset, [IN_CSV[column.kind] for column in dataset.columns], joint=" || ',' || ", end="E'\\r\\n'")


def place_value(column: Column) -> Combinable:
    """A column by which pages are ordered, as it is kept until one row of the page is asked for its place."""
    return Cast(column.name, TextField()) if column.kind is Kind.INSTANT else F(column.name)


def _line(dataset: Dataset, pieces: list[str], *, joint: str, end: str) -> Func:
    values = [_Piece(F(column.name), template=piece) for column, piece in zip(dataset.columns, pieces, strict=True)]
    return _Whole(*values, arg_joiner=joint, template=f"%(expressions)s || {end}", output_field=TextField())


class _Whole(Func):
    """All of a line, like nothing but itself: to look for its like in a question, Django would go through all of its parts."""

    @property
    def identity(self) -> tuple[object, ...]:
        """As Django compares and hashes expressions."""
        return type(self), id(self)


class _Piece(Func):
    """A value by a template that may name it more than once."""

    output_field = TextField()

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        """Each time that the template names the value, its parameters come again."""
        sql, params = compiler.compile(self.source_expressions[0])
        text = str(self.extra["template"])
        return text.replace(IT, f"({sql})"), tuple(params) * text.count(IT)
