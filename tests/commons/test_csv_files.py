"""Tables as CSV: nothing of them runs in a spreadsheet, and a number stays one."""

from __future__ import annotations

import csv
import io

import pytest

from calpulli.commons.files import csv_cell, csv_file


@pytest.mark.parametrize("text", ['=HYPERLINK("http://mal.example","Ver")', "+1", "-1-1", "@SUM(1)", "\t=1", "\r=1", "'=1", "-a"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_in_front(text: str) -> None:
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["-5", "-5/3", "-12.34", "5", "a=1", "", 7, None])
def test_numbers_and_plain_texts_stay(value: object) -> None:
    assert csv_cell(value) == value


def test_a_file_is_read_back_as_it_was() -> None:
    """With its mark, so that a spreadsheet reads the accents."""
    answer = csv_file("tabla.csv", ("clave", "año"), [("a,b", 'con "comillas"'), ("=1", "-3/2")])
    assert answer.content.startswith(b"\xef\xbb\xbf") and answer["Content-Disposition"] == 'attachment; filename="tabla.csv"'
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert read == [["clave", "año"], ["a,b", 'con "comillas"'], ["'=1", "-3/2"]]
