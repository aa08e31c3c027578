"""What a person may type into columns 4, 5, 13 and 15: never something that a format of the record would refuse later."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli.planning.inputs import CaptureForm
from calpulli_core.calendars.periods import Period
from calpulli_core.formats.defects import Findings
from calpulli_core.formats.record import check_captured

GOOD = {"poa_url": "", "work_programme_url": "", "updated_on": "30/09/2026", "note": ""}
LINKS = st.builds(str.__add__, st.sampled_from(["https://", "http://", "ftp://", "javascript:", ""]), st.text(max_size=30))


def test_what_is_typed_arrives_as_typed() -> None:
    form = CaptureForm(GOOD | {"poa_url": "https://ejemplo.mx/poa.pdf", "note": "Uno.\r\nDos."})
    assert form.is_valid()
    captured = form.captured()
    assert (captured.poa_url, captured.note) == ("https://ejemplo.mx/poa.pdf", "Uno.\nDos.")
    assert captured.updated_on == dt.date(2026, 9, 30)
    assert captured.validated_on is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("poa_url", "ejemplo.mx/poa.pdf", "No es una dirección web"),
        ("poa_url", "https://ejemplo.mx/mi poa.pdf", "No es una dirección web"),
        ("poa_url", "https://", "No es una dirección web"),
        ("work_programme_url", "javascript:alert(1)", "No es una dirección web"),
        ("updated_on", "", "Escriba la fecha"),
        ("updated_on", "31/02/2026", "La fecha no se entiende"),
        ("updated_on", "2026-09-30", "La fecha no se entiende"),
        ("updated_on", "30/09/1026", "El año 1026 no se admite"),
        ("note", "con\ttabulador", "U+0009"),
        ("note", "x" * 4001, "4000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str, words: str) -> None:
    form = CaptureForm(GOOD | {field: value})
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert words in str(form.errors[field])


@given(link=LINKS, note=st.text(max_size=30))
def test_what_the_form_takes_the_record_takes(link: str, note: str) -> None:
    form = CaptureForm(GOOD | {"poa_url": link, "note": note})
    if form.is_valid():
        findings = Findings()
        check_captured(form.captured(), period=Period(2026, 3), findings=findings)
        assert findings.defects == []
