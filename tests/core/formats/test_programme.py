"""Reading a programme: verbatim, and every defect at once."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme import Programme
from calpulli_core.formats.programme_input import parse_programme


def refused(value: object) -> dict[str | None, str]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    with pytest.raises(RecordErrors) as caught:
        parse_programme(data, file="programme.json")
    for defect in caught.value.defects:
        assert defect.sheet == "programme.json"
        assert defect.rule
        assert defect.remedy
    return {defect.column: defect.rule for defect in caught.value.defects}


@pytest.fixture
def document(source: bytes) -> Any:
    return json.loads(source)


def test_the_founding_programme_says_what_its_file_says(plan_programme: Programme, document: Any) -> None:
    del document["provenance"]
    assert plan_programme.as_json() == document


@pytest.fixture
def plan_programme(source: bytes) -> Programme:
    return parse_programme(source, file="programme.json")


def test_counts_and_sample_texts_typed_by_hand(plan_programme: Programme) -> None:
    assert len(plan_programme.objectives) == 5
    assert [len(one.lines) for one in plan_programme.objectives] == [4, 5, 4, 6, 6]
    swot = plan_programme.swot
    groups = (swot.strengths, swot.opportunities, swot.weaknesses, swot.threats)
    assert [len(group) for group in groups] == [8, 7, 7, 8]
    assert swot.threats[7] == "Situación de polarización y violencia política."
    assert plan_programme.reported_period() == Period(2023, 1)


def test_an_own_plan_may_lack_period_dates_and_term(document: Any) -> None:
    document.update(period_reported=None, dates=None, dates_iso=None)
    del document["update_period"]
    programme = parse_programme(json.dumps(document).encode(), file="programme.json")
    assert (programme.dates, programme.update_period, programme.reported_period()) == (None,) * 3
    assert programme.as_json()["update_period"] is None


@given(st.data())
def test_any_programme_reads_back_from_its_json(programmes: st.SearchStrategy[Programme], data: st.DataObject) -> None:
    programme = data.draw(programmes)
    written = json.dumps(programme.as_json()).encode()
    assert parse_programme(written, file="programme.json") == programme


def test_every_defect_comes_at_once(document: Any) -> None:
    document["mission"] = "dos\nrenglones"
    document["vision"] = "  "
    document["note"] = None
    del document["responsible_area"]
    document["stranger"] = 1
    document["institution"]["acronym"] = 7
    document["objectives"][1]["number"] = 3
    document["objectives"][2]["lines"][0]["number"] = "3.2"
    document["objectives"][3]["lines"] = []
    document["swot"]["threats"][0] = "campana \u0007"
    document["swot"]["strengths"] = "una"
    document["swot_headings"]["threats"] = "FORTALEZAS"
    document["dates"]["updated"] = "2023-03-31"
    document["update_period"]["deadline_calendar_days"] = "45"
    assert set(refused(document)) == {
        "mission",
        "vision",
        "note",
        "responsible_area",
        "stranger",
        "institution.acronym",
        "objectives[2].number",
        "objectives[3].lines[1].number",
        "objectives[4].lines",
        "swot.threats[1]",
        "swot.strengths",
        "swot_headings",
        "dates.updated",
        "update_period.deadline_calendar_days",
    }


def test_the_two_forms_of_the_dates_must_agree(document: Any) -> None:
    document["dates_iso"]["validated"] = "2023-04-26"
    assert set(refused(document)) == {"dates_iso"}
    document["dates"] = None
    assert set(refused(document)) == {"dates_iso"}


def test_no_objectives_is_a_defect(document: Any) -> None:
    document["objectives"] = []
    assert set(refused(document)) == {"objectives"}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "no es JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"a":1,"a":2}', "la clave 'a' está repetida"),
        (b'{"a":1.5}', "no es un entero"),
        (b'{"a":NaN}', "no es un entero"),
        (b'{"a":' + b"9" * 5000 + b"}", "demasiado grande"),
        (b"[" * 100_000, "más de 64 niveles"),
        (b" " * (16 * 1024 * 1024 + 1), "más de 16 MiB"),
    ],
)
def test_what_is_not_admissible_json_is_one_clear_defect(data: bytes, rule: str) -> None:
    found = refused(data)
    assert list(found) == [None]
    assert rule in str(found[None])


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_not_an_object_is_refused(value: object) -> None:
    assert "Aquí va un objeto JSON." in refused(value).values()


def test_a_lone_surrogate_is_refused(source: bytes) -> None:
    found = refused(source.replace("Secretaría Administrativa".encode(), b"Secretar\\ud800a"))
    assert "surrogate" in str(found[None])
