"""Tables as they are now: what they hold, and pages of them however they are asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli.commons.registries.datasets import DATASETS, Check, Column, Dataset, Kind, Row
from calpulli.ledger import doors as ledger
from calpulli.ledger.models import Fact
from calpulli.planning.models import Line
from calpulli.transparency import queries
from calpulli.transparency.queries.tables import Filter, HeldTable, Order

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
    places = [dataset.names.index(name) for name in order.columns]
    read: list[Row] = []
    after: Row | None = None
    while True:
        page = table.page(filters=[], order=order, after=after, limit=7)
        assert 0 < len(page.rows) <= 7
        read += page.rows
        if not page.more:
            break
        after = tuple(page.rows[-1][place] for place in places)
    whole = list(table)
    assert sorted(map(str, read)) == sorted(map(str, whole))
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
    keep = (lambda row: row[1] == wanted) if wanted else (lambda row: row[2] in (None, ""))
    expected = sorted(filter(keep, rows), key=lambda row: (row[1], row[0]) if column == "b" else (row[0],), reverse=down)
    order = Order.of(dataset, column, down=down)
    got: list[Row] = []
    after: Row | None = None
    while True:
        page = table.page(filters=filters, order=order, after=after, limit=limit)
        got += page.rows
        if not page.more:
            break
        after = (page.rows[-1][1], page.rows[-1][0]) if column == "b" else (page.rows[-1][0],)
    assert got == expected
