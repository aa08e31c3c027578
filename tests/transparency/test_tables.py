"""Tables as they are now: what they hold, and pages of them however they are asked for."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, F, QuerySet, When
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons.registries.datasets import DATASETS, Check, Column, Dataset, Kind, Row
from calpulli.ledger import doors as ledger
from calpulli.ledger.models import Fact
from calpulli.planning.models import Line
from calpulli.transparency import exports, queries
from calpulli.transparency.queries.tables import Filter, HeldTable, Order, QueriedTable

TYPES = {Kind.TEXT: str, Kind.INTEGER: int, Kind.BOOLEAN: bool, Kind.DATE: dt.date, Kind.INSTANT: dt.datetime}


def letters(rows: list[Row]) -> Dataset:
    columns = (
        Column(name="a", kind=Kind.INTEGER, meaning="m", example="e"),
        Column(name="b", meaning="m", example="e"),
        Column(name="c", meaning="m", example="e", optional=True),
    )
    return Dataset(
        key="letras", title="t", topic="t", description="d", columns=columns, keys=("a",), chains=(), cadence="c", area="a",
        check=Check.RECOUNTED, check_note="n", rows=lambda: rows,
    )  # fmt: skip


@pytest.mark.parametrize("key", [dataset.key for dataset in DATASETS])
def test_the_rows_are_what_the_dictionary_says(db: None, key: str) -> None:
    dataset = queries.dataset_named(key)
    assert dataset is not None
    table = queries.table_of(dataset)
    rows = list(table)
    assert len(rows) == len(table) > 0
    for row in rows:
        for column, value in zip(dataset.columns, row, strict=True):
            if value in (None, ""):
                assert column.optional, f"{column.name} is empty"
            else:
                assert type(value) is TYPES[column.kind], f"{column.name}: {value!r}"
    places = [dataset.names.index(name) for name in dataset.keys]
    keys = [tuple(row[place] for place in places) for row in rows]
    assert len(set(keys)) == len(keys), "the key columns do not tell rows apart"


def test_the_lines_of_the_reference_programme_are_all_there(db: None) -> None:
    """The founding document has 25 lines in 5 objectives; 1.3 is its third."""
    dataset = queries.dataset_named("lineas-de-accion")
    assert dataset is not None
    rows = [row for row in queries.table_of(dataset) if row[0] == "iecm-2023"]
    assert len(rows) == 25
    assert [row[3] for row in rows if row[1] == 1][:3] == ["1.1", "1.2", "1.3"]
    assert {row[5] for row in rows} == set(Line.objects.filter(objective__plan_id="iecm-2023").values_list("text", flat=True))


def test_facts_come_whole_and_in_order(db: None) -> None:
    dataset = queries.dataset_named("hechos")
    assert dataset is not None
    found = [(row[0], row[1], row[7]) for row in queries.table_of(dataset)]
    assert found == list(Fact.objects.order_by("chain", "sequence").values_list("chain", "sequence", "digest"))


@pytest.mark.parametrize("key", ["hechos", "lineas-de-accion", "registros"])
@pytest.mark.parametrize("down", [False, True])
def test_pages_put_together_are_the_table(db: None, key: str, down: bool) -> None:
    dataset = queries.dataset_named(key)
    assert dataset is not None
    table, order = queries.table_of(dataset), Order.of(dataset, down=down)
    read: list[str] = []
    after: Row | None = None
    while True:
        page = table.page(filters=[], order=order, after=after, limit=7)
        assert 0 < len(page.lines) <= 7
        read += page.lines
        if not page.more:
            break
        after = page.place
    whole = [queries.row_json(dataset.names, row).decode() for row in table]
    assert sorted(read) == sorted(whole)
    assert len(read) == len(whole)
    if not down:
        assert read == whole


rows_of = st.lists(
    st.tuples(st.integers(-5, 40), st.sampled_from("xyz"), st.sampled_from([None, "", "u", "v"])), unique_by=lambda row: row[0]
)


@given(
    rows=rows_of,
    column=st.sampled_from(["", "a", "b"]),
    down=st.booleans(),
    limit=st.integers(1, 6),
    wanted=st.sampled_from(["x", "y", None]),
)
def test_a_page_is_what_sorting_and_looking_through_would_find(
    rows: list[Row], column: str, down: bool, limit: int, wanted: str | None
) -> None:
    """Against the plain way: filter everything, sort everything, cut."""
    dataset = letters(rows)
    table = HeldTable(dataset, ledger.Stamp("", None))
    filters = [Filter(dataset.column("b"), wanted)] if wanted else [Filter(dataset.column("c"), None)]
    keep = (lambda row: row[1] == wanted) if wanted else (lambda row: row[2] is None)
    given = [(*row[:2], row[2] or None) for row in rows]  # the last column may be empty, and is then absent
    expected = sorted(filter(keep, given), key=lambda row: (row[1], row[0]) if column == "b" else (row[0],), reverse=down)
    order = Order.of(dataset, column, down=down)
    got: list[Row] = []
    after: Row | None = None
    while True:
        page = table.page(filters=filters, order=order, after=after, limit=limit)
        got += [tuple(json.loads(line).values()) for line in page.lines]
        if not page.more:
            break
        after = page.place
        assert after == ((got[-1][1], got[-1][0]) if column == "b" else (got[-1][0],))
    assert got == expected


HOSTILE = [
    "", "=1+1", "+1", "-1", "@x", "\ttab", "\rretorno", "\nsalto", "'así", "''=", '"', 'dice "sí", y', ",", ";", " ", "\\", "\\.",
    "\x01\x1f\x7f\x80", "\u2028", "ñandú 😀", "=\"a\",\nb", "%s %(x)s %%", "$1", "{}", "\ufeff", "null", "\r\n", "a\rb",
]  # fmt: skip
MOMENTS = [dt.datetime(2026, 11, 14, 18, 0, 1, 999_999, tzinfo=dt.UTC), dt.datetime(999, 2, 28, 23, 59, 59, tzinfo=dt.UTC)]


def every_kind() -> Dataset:
    """A column of each kind, with and without a value; `actor` and `name` carry what a person could have written."""
    plain = {"meaning": "m", "example": "e"}
    columns = (
        Column(name="cadena", **plain),
        Column(name="secuencia", kind=Kind.INTEGER, **plain),
        Column(name="texto", optional=True, **plain),
        Column(name="momento", kind=Kind.INSTANT, **plain),
        Column(name="dia", kind=Kind.DATE, optional=True, **plain),
        Column(name="cierto", kind=Kind.BOOLEAN, optional=True, **plain),
        Column(name="numero", kind=Kind.INTEGER, optional=True, **plain),
    )

    def rows() -> QuerySet[Fact]:
        known = When(actor__isnull=False, then=True)
        return Fact.objects.filter(chain="prueba").annotate(
            cadena=F("chain"), secuencia=F("sequence"), texto=F("actor"), momento=F("at"),
            dia=Case(When(actor="", then=None), default=F("at__date")),
            cierto=Case(known, default=None, output_field=BooleanField()),
            numero=Case(When(actor="", then=None), default=-F("sequence"), output_field=BigIntegerField()),
        )  # fmt: skip

    return Dataset(
        key="todo", title="t", topic="t", description="d", columns=columns, keys=("cadena", "secuencia"), chains=(), cadence="c",
        area="a", check=Check.RECOUNTED, check_note="n", query=rows,
    )  # fmt: skip


@pytest.fixture
def hostile_facts(db: None) -> None:
    for number, text in enumerate([*HOSTILE, None], start=1):
        Fact.objects.create(
            chain="prueba", sequence=number, name="x", at=MOMENTS[number % 2], actor=text, details={},
            previous=f"{number - 1:064x}", digest=f"{number:064x}",
        )  # fmt: skip


def test_the_database_writes_what_we_write(hostile_facts: None) -> None:
    """Byte by byte, whatever the texts hold: the other way is orjson's and the csv module's."""
    dataset = every_kind()
    table, rows = QueriedTable(dataset, ledger.Stamp("", None)), list(QueriedTable(dataset, ledger.Stamp("", None)))
    given = [text or None for text in HOSTILE]  # the column may be empty: an empty text is given as absent
    assert "" in HOSTILE
    assert [row[2] for row in rows] == [*given, None]
    assert b"".join(exports.table_csv(table)) == exports.to_csv(dataset.names, rows)
    assert b"".join(exports.table_json(table)) == exports.to_json(dataset.names, rows)
    page = table.page(filters=[], order=Order.of(dataset), after=None, limit=1000)
    assert [json.loads(line)["texto"] for line in page.lines] == [*given, None]
    assert (page.lines, page.more) == ([queries.row_json(dataset.names, row).decode() for row in rows], False)


def test_a_place_keeps_what_the_page_does_not_show_of_an_instant(hostile_facts: None) -> None:
    dataset = every_kind()
    table, order = QueriedTable(dataset, ledger.Stamp("", None)), Order.of(dataset, "momento", down=True)
    first = table.page(filters=[], order=order, after=None, limit=1)
    assert first.place is not None
    assert first.place[0] == MOMENTS[0]
    rest = table.page(filters=[], order=order, after=first.place, limit=1000)
    assert len({*first.lines, *rest.lines}) == len(HOSTILE) + 1


def test_very_many_rows_are_estimated_and_it_is_said(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = queries.dataset_named("hechos")
    assert dataset is not None
    table = QueriedTable(dataset, ledger.Stamp("", None))
    assert table.size == queries.Size(Fact.objects.count())
    monkeypatch.setattr(ledger, "estimated_rows", lambda model: {Fact: 1_234_567}.get(model, 0))
    assert table.size == queries.Size(1_234_567, exact=False)
    for address in ("/datos", "/datos/hechos"):
        assert "unos 1,234,567 renglones (estimación de la base de datos)" in client.get(address).content.decode()


def test_the_estimate_is_that_of_the_database(db: None) -> None:
    """In a table of the database's own, which it keeps counted by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'ledger_fact'")
        told = cursor.fetchone()
    assert ledger.estimated_rows(Fact) == max(0, int(told[0]))
