"""Reading records back: the same record, or every reason why not."""

import csv
import io
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.record import Plan, Record, compose, to_csv, to_json
from calpulli_core.formats.record_input import read_csv, read_json

Values = list[str]


def as_csv(*rows: Values) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def told(caught: pytest.ExceptionInfo[RecordErrors]) -> list[tuple[str, str]]:
    """Column number (or whole place) and rule of each defect, all of them with a remedy."""
    found = []
    for defect in caught.value.defects:
        assert defect.remedy
        column = defect.column or ""
        found.append((column.removeprefix("columna ").split(" ")[0], defect.rule))
    return found


def refused(data: bytes, plan: Plan) -> list[tuple[str, str]]:
    with pytest.raises(RecordErrors) as caught:
        read_csv(data, plan=plan, file="record.csv")
    assert all(defect.sheet == "record.csv" for defect in caught.value.defects)
    return told(caught)


@pytest.fixture
def names(founding: Record) -> Values:
    return [cell.name for cell in founding.columns]


@pytest.fixture
def values(founding: Record) -> Values:
    return list(founding.values)


def test_the_founding_record_reads_back(founding: Record, plan: Plan) -> None:
    assert read_json(to_json(founding)) == founding
    assert read_csv(to_csv(founding), plan=plan) == founding


@settings(max_examples=60)
@given(st.data())
def test_any_record_reads_back_from_json_and_csv(
    programmes: st.SearchStrategy[Programme], texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    plan = Plan("demo-2026", data.draw(programmes), data.draw(st.booleans()))
    days = st.none() | st.dates(date(2026, 7, 1), date(2026, 9, 30))
    captured = Captured(
        poa_url=data.draw(st.sampled_from(["", "https://a.mx/?q=ñ&x=1;2"])),
        updated_on=data.draw(st.none() | st.dates(date(1900, 1, 1), date(2026, 6, 30))),
        validated_on=data.draw(days),
        note=data.draw(st.just("") | texts | st.just("dos\nrenglones")),
    )
    record = compose(plan=plan, period=Period(2026, 2), captured=captured)
    # The base knows nothing of what the columns carry: it must all come from the file.
    blank = compose_base(plan)
    assert read_json(to_json(record)) == record
    assert read_csv(to_csv(record), plan=blank) == record


def compose_base(plan: Plan) -> Plan:
    """The same plan, with other texts in everything that the columns say."""
    programme = plan.programme
    bare = replace(
        programme,
        mission="otra",
        vision="otra",
        note="otra",
        responsible_area="otra",
        objectives=programme.objectives[:1],
        swot=replace(programme.swot, threats=(), strengths=("otra",)),
    )
    return Plan(plan.key, bare, plan.reference)


def test_byte_order_mark_and_crlf_are_let_pass(founding: Record, plan: Plan) -> None:
    data = b"\xef\xbb\xbf" + to_csv(founding).replace(b"\n", b"\r\n")
    assert read_csv(data, plan=plan) == founding


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_another_separator_is_refused_not_guessed(
    names: Values, values: Values, plan: Plan, separator: str, quoting: Any
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=quoting).writerows([names, values])
    assert refused(out.getvalue().encode(), plan) == [("", "Los campos van separados por comas y aquí usan otro signo.")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "vacío"),
        (b"\n\n", "vacío"),
        ("Misión".encode("latin-1"), "UTF-8"),
        (b'"a', "comillas"),
        (b'"a"b,c\n', "comillas"),
        (b'"' + b"a" * 200_000 + b'"', "comillas"),
    ],
)
def test_a_file_that_is_not_csv_is_one_clear_defect(data: bytes, rule: str, plan: Plan) -> None:
    found = refused(data, plan)
    assert len(found) == 1
    assert rule in found[0][1]


def test_wrong_headings_are_each_named(names: Values, values: Values, plan: Plan) -> None:
    names[5], names[6] = names[6], names[5]
    assert [place for place, _ in refused(as_csv(names, values), plan)] == ["6", "7"]


def test_a_missing_column_and_a_short_row(names: Values, values: Values, plan: Plan) -> None:
    found = [rule for _, rule in refused(as_csv(names[:14], values[:13]), plan)]
    assert found == [
        "Debe haber 15 columnas y hay 14.",
        "La fila debe tener 15 celdas y tiene 13.",
    ]


@pytest.mark.parametrize(("copies", "rule"), [(0, "hay 0"), (2, "hay 2")])
def test_exactly_one_row_of_data(names: Values, values: Values, plan: Plan, copies: int, rule: str) -> None:
    found = refused(as_csv(names, *([values] * copies)), plan)
    assert [rule in one for _, one in found] == [True]


CELLS = [
    (1, "2022", ["El ejercicio es el año del periodo (2023)."]),
    (2, "", ["La fecha no puede faltar."]),
    (2, "2023-01-01", ["No es una fecha dd/mm/aaaa que exista."]),
    (3, "31/3/2023", ["No es una fecha dd/mm/aaaa que exista."]),
    (3, "30/02/2023", ["No es una fecha dd/mm/aaaa que exista."]),
    (13, "31-03-2023", ["No es una fecha dd/mm/aaaa que exista."]),
    (13, "٣١/٠٣/٢٠٢٣", ["No es una fecha dd/mm/aaaa que exista."]),
    (13, "26/04/2023", ["La validación no puede ser anterior a la actualización (26/04/2023)."]),
    (14, "31/03/2023", ["La validación es posterior al fin del periodo (31/03/2023)."]),
    (4, "www.a.mx", ["El hipervínculo es una dirección completa, sin espacios."]),
    (6, "", ["El texto no puede estar vacío."]),
    (7, "a\nb", ["El texto va en un solo renglón, sin saltos de línea."]),
    (12, "a\x07", ["El texto no puede tener el carácter invisible U+0007."]),
    (15, " ", ["El texto no puede estar vacío."]),
]


@pytest.mark.parametrize(("number", "value", "rules"), CELLS)
def test_a_wrong_cell_is_told(names: Values, values: Values, plan: Plan, number: int, value: str, rules: list[str]) -> None:
    values[number - 1] = value
    found = refused(as_csv(names, values), plan)
    assert [rule for _, rule in found] == rules
    # A validation before the update is told at the validation.
    assert {place for place, _ in found} <= {str(number), "14"}


def test_days_that_are_no_period(names: Values, values: Values, plan: Plan) -> None:
    values[2] = "30/04/2023"
    (found,) = refused(as_csv(names, values), plan)
    assert found[0] == "3"
    assert "no es un trimestre ni un año" in found[1]


GRAMMAR = [
    (8, "FORTALEZAS\n", "FUERZAS\n", ["Este encabezado no se conoce.", "Falta el grupo «FORTALEZAS»."]),
    (8, "AMENAZAS\n", "DEBILIDADES\n", ["Este encabezado está repetido.", "Falta el grupo «AMENAZAS»."]),
    (8, "\n3. Flex", "\n4. Flex", ["La numeración se rompe: aquí va el 3."]),
    (8, "\n3. Flex", "\n3.Flex", ["El renglón no tiene la forma «número. texto»."]),
    (8, "\n3. Flex", "\n03. Flex", ["El renglón no tiene la forma «número. texto»."]),
    (8, "\n\nAMENAZAS", "\nAMENAZAS", [
        "El renglón no tiene la forma «número. texto».",
        *[f"La numeración se rompe: aquí va el {n}." for n in range(9, 17)],
        "Falta el grupo «AMENAZAS».",
    ]),
    (9, "2. Org", "3. Org", ["La numeración se rompe: aquí va el 2."]),
    (9, "\n2. Org", "\n\n2. Org", [
        "El renglón no tiene la forma «número. texto».",
        *[f"La numeración se rompe: aquí va el {n}." for n in (3, 4, 5, 6)],
        "El objetivo 6 no tiene ninguna línea.",
    ]),
    (10, "\n1.3 ", "\n1.4 ", ["La numeración se rompe: aquí va 1.3."]),
    (10, "\n5.6 ", "\n6.1 ", ["La línea es de un objetivo 6 que no está en la columna 9."]),
    (10, "\n5.6 ", "\n5.6. ", ["El renglón no tiene la forma «objetivo.línea texto»."]),
    (10, "\n5.6 ", "\n1.5 ", ["La línea va antes que las del objetivo 5."]),
    (10, "1.1 Dis", "1.1 \u2028Dis", ["El texto no puede tener el carácter invisible U+2028."]),
]  # fmt: skip


@pytest.mark.parametrize(("number", "old", "new", "rules"), GRAMMAR)
def test_the_grammar_of_the_long_columns(
    names: Values, values: Values, plan: Plan, number: int, old: str, new: str, rules: list[str]
) -> None:
    assert values[number - 1].count(old) == 1
    values[number - 1] = values[number - 1].replace(old, new)
    assert [rule for _, rule in refused(as_csv(names, values), plan)] == rules


def test_groups_out_of_order(names: Values, values: Values, plan: Plan) -> None:
    first, second, *rest = values[7].split("\n\n")
    values[7] = "\n\n".join([second, first, *rest])
    assert refused(as_csv(names, values), plan) == [("8", "Los grupos no están en su orden.")]


def test_an_objective_without_lines(names: Values, values: Values, plan: Plan) -> None:
    values[9] = "\n".join(row for row in values[9].split("\n") if not row.startswith("3."))
    assert refused(as_csv(names, values), plan) == [("10", "El objetivo 3 no tiene ninguna línea.")]


def test_defects_of_every_column_come_at_once(names: Values, plan: Plan) -> None:
    found = {place for place, _ in refused(as_csv(names, ["x"] * 15), plan)}
    assert found == {"1", "2", "3", "4", "5", "8", "9", "10", "13", "14"}


def test_a_defect_says_place_value_rule_and_remedy(names: Values, values: Values, plan: Plan) -> None:
    values[12] = "31-03-2023"
    with pytest.raises(RecordErrors) as caught:
        read_csv(as_csv(names, values), plan=plan, file="record.csv")
    assert str(caught.value) == (
        "record.csv, fila 2, columna 13 (Fecha de actualización de la información): «31-03-2023». "
        "No es una fecha dd/mm/aaaa que exista. Escríbala con día, mes y año: 31/03/2023."
    )


def test_a_long_value_is_cut_when_it_is_told(names: Values, values: Values, plan: Plan) -> None:
    values[3] = "x" * 5000
    with pytest.raises(RecordErrors) as caught:
        read_csv(as_csv(names, values), plan=plan)
    assert len(str(caught.value)) < 400
    assert caught.value.defects[0].value == "x" * 5000


def json_refused(value: Any) -> list[tuple[str, str]]:
    with pytest.raises(RecordErrors) as caught:
        read_json(value if isinstance(value, bytes) else json.dumps(value).encode())
    return told(caught)


@pytest.fixture
def document(founding: Record) -> Any:
    return json.loads(to_json(founding))


def test_json_laid_out_by_hand_is_the_same_record(founding: Record, document: Any) -> None:
    assert read_json(json.dumps(document, indent=2).encode()) == founding


def test_json_columns_must_say_what_the_programme_says(document: Any) -> None:
    document["programme"]["mission"] = "Otra."
    document["programme"]["swot"]["threats"].pop()
    document["programme"]["objectives"][0]["lines"].pop()
    document["period"] = "2023-Q2"
    places = [place for place, _ in json_refused(document)]
    assert places == ["period", "columnas", "6", "8"]


def test_json_defects_come_at_once(document: Any) -> None:
    document["stranger"] = 1
    document["format"] = "otro/9"
    document["plan"] = "Demo"
    document["period"] = "2023-Q9"
    document["columns"][0]["name"] = "Año"
    document["columns"][3]["mark"] = None
    document["columns"][5]["mark"] = "sin dato en la fuente"
    document["columns"][6]["value"] = 7
    del document["programme"]["vision"]
    places = [place for place, _ in json_refused(document)]
    assert places == ["stranger", "format", "period", "plan", "programme.vision", "1", "4", "6", "7"]


def test_json_with_two_kinds_of_mark(document: Any) -> None:
    document["columns"][14]["mark"] = "no reportado"
    assert [place for place, _ in json_refused(document)] == ["columns"]


@pytest.mark.parametrize("value", [[], {}, {"columns": []}, {"columns": [1] * 15}, None])
def test_json_of_another_shape(value: object) -> None:
    assert len(json_refused(value)) >= 5


@settings(max_examples=150)
@given(st.data())
def test_damaged_files_are_refused_or_read_never_a_crash(founding: Record, plan: Plan, data: st.DataObject) -> None:
    reads = st.sampled_from([(to_json, read_json), (to_csv, lambda x: read_csv(x, plan=plan))])
    write, read = data.draw(reads)
    broken = bytearray(write(founding))
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RecordErrors):
        assert len(read(bytes(broken[: data.draw(st.integers(0, len(broken)))])).columns) == 15
