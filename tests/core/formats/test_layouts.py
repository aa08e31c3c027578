"""The declaration of the columns: whole in itself, and enough for a record with other columns to go out and come in again."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from calpulli_core.calendars.periods import Period
from calpulli_core.formats import columns
from calpulli_core.formats.captured import Captured
from calpulli_core.formats.columns import LAYOUTS, Column, Kind, Layout, Source
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.record import Difference, Plan, Record, compose, differences, to_csv, to_json
from calpulli_core.formats.record_input import read_csv, read_json
from calpulli_core.formats.record_pdf import to_pdf
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx
from calpulli_core.verify.columns import FORMATS

SPEC = Path(__file__).parents[3] / "docs" / "spec"
YEAR, COUNT = 2027, Column(16, "participants", "Número de personas que participaron", Kind.NUMBER, Source.AUTHOR, most=5_000)
MORE = (
    COUNT,
    Column(17, "venue", "Lugar", Kind.LINE, Source.AUTHOR),
    Column(18, "evidence_url", "Hipervínculo a la evidencia", Kind.ADDRESS, Source.AUTHOR),
    Column(19, "held_on", "Fecha del acto", Kind.DAY, Source.AUTHOR),
    Column(20, "remarks", "Observaciones", Kind.PROSE, Source.REVIEWER),
)
WHOLE = Captured(
    participants=1250,
    venue="Casa de cultura",
    evidence_url="https://a.mx/e",
    held_on="02/02/2027",
    remarks="Una.\nDos.",
    note="Sí.",
)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A format with a column more of each kind that people type."""
    layout = Layout("121-XXII-b/inventado", YEAR, (*LAYOUTS[0].columns, *MORE))
    monkeypatch.setattr(columns, "LAYOUTS", (LAYOUTS[0], layout))
    return layout


@pytest.fixture
def own(plan: Plan, later: Layout) -> Plan:
    return Plan("demo-2026", plan.programme, reference=False)


def record(plan: Plan, period: str, captured: Captured = WHOLE) -> Record:
    return compose(plan=plan, period=Period.parse(period), captured=captured)


def refused(call: object) -> list[tuple[str | None, str]]:
    assert callable(call)
    with pytest.raises(RecordErrors) as caught:
        call()
    return [(defect.column, defect.rule) for defect in caught.value.defects]


def test_the_declaration_is_whole() -> None:
    years, versions = [layout.since for layout in LAYOUTS], [layout.version for layout in LAYOUTS]
    assert years == sorted(set(years))
    assert years[0] == 1900, "every period has a format"
    assert len({*versions}) == len({layout.names for layout in LAYOUTS}) == len(LAYOUTS)
    for layout in LAYOUTS:
        assert [column.number for column in layout.columns] == [*range(1, len(layout.columns) + 1)]
        assert len({column.key for column in layout.columns}) == len(layout.columns)
        assert all(0 <= column.most <= 999_999_999 for column in layout.columns), "the verifiers read nine figures"
        typed = {Kind.DAY, Kind.ADDRESS, Kind.LINE, Kind.PROSE, Kind.NUMBER}
        assert {column.kind for column in layout.typed()} <= typed


def test_a_key_means_the_same_column_in_every_format() -> None:
    """What was typed is kept by key: one that changed its kind would be read as something else."""
    kinds: dict[str, Kind] = {}
    for column in (column for layout in LAYOUTS for column in layout.columns):
        assert kinds.setdefault(column.key, column.kind) is column.kind, column.key


def test_the_verifier_and_the_specification_know_every_format() -> None:
    known = {version: (told.since, tuple(name for name, _ in told.columns)) for version, told in FORMATS.items()}
    assert known == {layout.version: (layout.since, layout.names) for layout in LAYOUTS}
    bundle, page = ((SPEC / name).read_text(encoding="utf-8") for name in ("bundle.md", "record.md"))
    rows = re.findall(r"^\| `([^`]+)` \| (\d{4}) \| 1 to (\d+) \|$", bundle, re.MULTILINE)
    assert rows == [(layout.version, str(layout.since), str(len(layout.columns))) for layout in LAYOUTS]
    for layout in LAYOUTS:
        assert f"`{layout.version}`, from {layout.since}" in page
        assert all(f"| {column.number} | {column.name} |" in bundle for column in layout.columns)


@pytest.mark.parametrize(("period", "count"), [("2026-Q4", 15), ("2026", 15), ("2027-Q1", 20), ("2027", 20), ("2199", 20)])
def test_the_period_says_which_columns(own: Plan, period: str, count: int) -> None:
    made = record(own, period, Captured(note="Sí."))
    told = json.loads(to_json(made))
    names, values = csv.reader(io.StringIO(to_csv(made).decode(), newline=""))
    assert {len(made.columns), len(told["columns"]), len(names), len(values)} == {count}
    assert told["format"] == ("121-XXII-b/1" if count == 15 else "121-XXII-b/inventado")


def test_what_is_typed_is_in_its_column_and_reads_back(own: Plan) -> None:
    made = record(own, "2027-Q1")
    told = [made.cell(number).value for number in range(15, 21)]
    assert told == ["Sí.", "1250", "Casa de cultura", "https://a.mx/e", "02/02/2027", "Una.\nDos."]
    assert read_json(to_json(made)) == made
    assert read_csv(to_csv(made), plan=own) == made
    assert read_xlsx(to_xlsx(made), plan=own) == made
    assert made.captured == WHOLE


def test_blanks_carry_their_mark(own: Plan) -> None:
    made = record(own, "2027", Captured())
    assert {made.cell(number).mark for number in range(15, 21)} == {"no reportado"}
    assert read_json(to_json(made)) == read_csv(to_csv(made), plan=own) == read_xlsx(to_xlsx(made), plan=own) == made


def test_the_paper_says_every_column(own: Plan) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(record(own, "2027")))).pages)
    flat = re.sub(r"\s+", "", text)
    for words in (
        "16. Número de personas que participaron 1250",
        "18. Hipervínculo a la evidencia https://a.mx/e",
        "20. Observaciones Una.",
    ):
        assert re.sub(r"\s+", "", words) in flat


def test_a_sheet_may_say_a_number_or_a_date_as_such(own: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(record(own, "2027", Captured()))))
    assert book.active is not None
    book.active["P8"], book.active["S8"] = 1250, date(2027, 2, 2)
    out = io.BytesIO()
    book.save(out)
    assert [read_xlsx(out.getvalue(), plan=own).cell(number).value for number in (16, 19)] == ["1250", "02/02/2027"]


@pytest.mark.parametrize("value", ["-1", "007", "1,250", "12.5", "mil", " 7", "1000000000", "٧"])
def test_what_is_no_number_is_refused(own: Plan, value: str) -> None:
    rule = "No es un número entero de hasta nueve cifras."
    assert refused(lambda: record(own, "2027", Captured(participants=value))) == [(COUNT.place, rule)]
    data = to_csv(record(own, "2027")).replace(b'"1250"', f'"{value}"'.encode())
    assert refused(lambda: read_csv(data, plan=own)) == [(COUNT.place, rule)]


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("participants", 5001, "El número más alto que se admite es 5000."),
        ("venue", "dos\nrenglones", "El texto va en un solo renglón, sin saltos de línea."),
        ("venue", "x" * 4001, "El texto admite 4000 caracteres y tiene 4001."),
        ("evidence_url", "a.mx", "El hipervínculo es una dirección completa, sin espacios."),
        ("held_on", "31/02/2027", "No es una fecha dd/mm/aaaa que exista."),
        ("nobody_knows", "x", "El formato 121-XXII-b/inventado no tiene la columna «nobody_knows»."),
    ],
)
def test_each_kind_has_its_limits(own: Plan, key: str, value: str | int, rule: str) -> None:
    assert [found for _, found in refused(lambda: record(own, "2027", Captured(**{key: value})))] == [rule]


def test_a_column_of_a_later_year_is_refused(own: Plan) -> None:
    assert refused(lambda: record(own, "2026", Captured(participants=7))) == [
        ("participants", "El formato 121-XXII-b/1 no tiene la columna «participants».")
    ]


@pytest.mark.parametrize(("period", "other", "counts"), [("2026", "2027", ("20", "15")), ("2027", "2026", ("15", "20"))])
def test_the_columns_of_another_year_are_refused(own: Plan, period: str, other: str, counts: tuple[str, str]) -> None:
    made = record(own, period, Captured())
    data = to_csv(made).replace(period.encode(), other.encode())
    for call in (lambda: read_csv(data, plan=own), lambda: read_json(to_json(made).replace(period.encode(), other.encode()))):
        [(column, rule)] = refused(call)
        assert column is None
        assert rule.startswith(f"El registro de {other} va en el formato «")
        assert re.findall(r"de (\d{2})(?: columnas)?\b(?=[,.]| columnas)", rule) == list(counts)


def test_a_sealed_record_keeps_its_format_and_its_erratum_may_have_another(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that was declared late: what was sealed before is read as it was made."""
    monkeypatch.setattr(columns, "LAYOUTS", LAYOUTS[:1])
    sealed = to_json(record(Plan("demo-2026", plan.programme, reference=False), "2027", Captured(note="Sí.")))
    layout = Layout("121-XXII-b/inventado", YEAR, (*LAYOUTS[0].columns, *MORE))
    monkeypatch.setattr(columns, "LAYOUTS", (LAYOUTS[0], layout))
    old, new = read_json(sealed, sealed=True), record(Plan("demo-2026", plan.programme, reference=False), "2027")
    assert (len(old.columns), to_json(old)) == (15, sealed)
    found = differences(old, new)
    assert [change.number for change in found] == [16, 17, 18, 19, 20]
    assert found[0] == Difference(16, COUNT.name, "", "1250")
    assert differences(new, old)[0] == Difference(16, COUNT.name, "1250", "")
    with pytest.raises(RecordErrors, match="va en el formato"):
        read_json(sealed)


@pytest.mark.parametrize("told", ["121-XXII-b/0", ["121-XXII-b/1"], None, 2])
def test_an_unknown_format_is_refused_with_those_that_are_known(own: Plan, told: object) -> None:
    value = json.loads(to_json(record(own, "2027"))) | {"format": told}
    found = refused(lambda: read_json(json.dumps(value).encode()))
    assert ("format", "Se admite el formato «121-XXII-b/1» o «121-XXII-b/inventado».") in found
