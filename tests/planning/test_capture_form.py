"""What a person may type into columns 4, 5, 13 and 15: never something that a format of the record would refuse later."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli.planning.inputs import CaptureForm
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured, check_captured
from calpulli_core.formats.columns import layout_of
from calpulli_core.formats.defects import Findings

SPAN = Period(2026, 3)
GOOD = {"poa_url": "", "work_programme_url": "", "updated_on": "30/09/2026", "note": ""}
LINKS = st.builds(str.__add__, st.sampled_from(["https://", "http://", "ftp://", "javascript:", ""]), st.text(max_size=30))


def capture(typed: dict[str, str]) -> CaptureForm:
    return CaptureForm(typed, span=SPAN)


def test_what_is_typed_arrives_as_typed() -> None:
    form = capture(GOOD | {"poa_url": "https://ejemplo.mx/poa.pdf", "note": "Uno.\r\nDos."})
    assert form.is_valid()
    captured = form.captured()
    assert captured == Captured(poa_url="https://ejemplo.mx/poa.pdf", note="Uno.\nDos.", updated_on=dt.date(2026, 9, 30))
    assert captured["validated_on"] == ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("poa_url", "ejemplo.mx/poa.pdf", "No es una dirección web"),
        ("poa_url", "https://ejemplo.mx/mi poa.pdf", "No es una dirección web"),
        ("poa_url", "https://", "No es una dirección web"),
        ("poa_url", "https://[", "No es una dirección web"),
        ("work_programme_url", "javascript:alert(1)", "No es una dirección web"),
        ("updated_on", "", "Escriba la fecha"),
        ("updated_on", "31/02/2026", "Ese día no existe: febrero de 2026 tiene 28 días"),
        ("updated_on", "30/09/1026", "El año 1026 no se admite"),
        ("note", "con\ttabulador", "U+0009"),
        ("note", "x" * 4001, "4000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str, words: str) -> None:
    form = capture(GOOD | {field: value})
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert words in str(form.errors[field])


@given(link=LINKS, note=st.text(max_size=30))
def test_what_the_form_takes_the_record_takes(link: str, note: str) -> None:
    form = capture(GOOD | {"poa_url": link, "note": note})
    if form.is_valid():
        findings = Findings()
        check_captured(form.captured(), layout=layout_of(SPAN), period=SPAN, findings=findings)
        assert findings.defects == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31/09/2026", "septiembre de 2026 tiene 30 días"),
        ("29/02/2023", "febrero de 2023 tiene 28 días"),
        ("30/13/2026", "no se entiende"),
        ("ayer", "no se entiende"),
    ],
)
def test_a_day_that_does_not_exist_says_why(written: str, words: str) -> None:
    form = capture({"updated_on": written})
    assert not form.is_valid()
    assert words in str(form.errors["updated_on"])


@pytest.mark.parametrize("written", ["30/09/2026", "30-9-2026", "2026-09-30", " 30/9/2026 "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    form = capture({"updated_on": written})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["updated_on"].isoformat() == "2026-09-30"
