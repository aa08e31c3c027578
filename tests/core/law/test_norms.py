"""Dated parameters: what is in force on a day, and every defect of a file at once."""

from datetime import date

import pytest

from calpulli_core.law.norms import NormErrors, load_norms
from calpulli_core.law.rules import NoRule, in_force

TWO = """
[[rule]]
key = "record.quarterly"
value = 45
unit = "natural_days"
article = "Artículo 121"
source = "la ley"
confirmed = true
valid_until = 2025-03-19

[[rule]]
key = "record.quarterly"
value = 30
unit = "natural_days"
article = "Artículo 65"
source = "fuente por confirmar: nota de prensa"
confirmed = false
valid_from = 2025-03-20
"""


def defects(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(NormErrors) as caught:
        load_norms(text, file="norms.toml")
    for defect in caught.value.defects:
        assert defect.file == "norms.toml"
        assert defect.rule
        assert defect.remedy
    return [(defect.key, defect.value, defect.rule) for defect in caught.value.defects]


def test_the_value_in_force_changes_on_the_day_told() -> None:
    rules = load_norms(TWO, file="norms.toml")
    assert in_force(rules, key="record.quarterly", on=date(2025, 3, 19)).value == 45
    assert in_force(rules, key="record.quarterly", on=date(2025, 3, 20)).value == 30
    assert in_force(rules, key="record.quarterly", on=date(1990, 1, 1)).value == 45


def test_a_day_without_a_rule_is_an_error_that_says_what_to_do() -> None:
    rules = load_norms(TWO.replace("valid_until = 2025-03-19", "valid_from = 2023-01-01\nvalid_until = 2025-03-19"), file="n")
    with pytest.raises(NoRule, match=r"«record\.quarterly» vigente el 31/12/2022.*agréguela"):
        in_force(rules, key="record.quarterly", on=date(2022, 12, 31))
    with pytest.raises(NoRule, match=r"record\.annual"):
        in_force(rules, key="record.annual", on=date(2023, 12, 31))


def test_a_rule_as_a_line_of_the_bundle() -> None:
    assert load_norms(TWO, file="n")[0].as_json() == {
        "article": "Artículo 121",
        "confirmed": True,
        "key": "record.quarterly",
        "source": "la ley",
        "unit": "natural_days",
        "valid_from": None,
        "valid_until": "2025-03-19",
        "value": 45,
    }


def test_overlapping_validity_is_refused_by_one_day() -> None:
    found = defects(TWO.replace("2025-03-20", "2025-03-19"))
    assert [(key, value) for key, value, _ in found] == [("record.quarterly", "siempre a 2025-03-19; 2025-03-19 a sin término")]


def test_other_keys_may_share_their_days() -> None:
    text = TWO.replace("valid_from = 2025-03-20", "").replace("record.quarterly", "record.annual", 1)
    assert [rule.key for rule in load_norms(text, file="n")] == ["record.annual", "record.quarterly"]


def test_every_defect_comes_at_once() -> None:
    text = """
    stranger = 1
    [[rule]]
    key = "Record Quarterly"
    value = "45"
    unit = "weeks"
    article = ""
    source = "sin revisar"
    confirmed = false
    extra = true
    valid_from = 2023-01-02
    valid_until = 2023-01-01
    [[rule]]
    key = "record.annual"
    value = true
    unit = "natural_days"
    source = "la ley"
    confirmed = "no"
    valid_from = "2023"
    """
    keys = [key for key, _, _ in defects(text)]
    first, second = "rule 1 (Record Quarterly)", "rule 2 (record.annual)"
    assert keys == [
        "stranger",
        f"{first}.extra",
        f"{first}.key",
        f"{first}.value",
        f"{first}.unit",
        f"{first}.article",
        f"{first}.valid_until",
        f"{first}.source",
        f"{second}.article",
        f"{second}.value",
        f"{second}.confirmed",
        f"{second}.valid_from",
    ]


@pytest.mark.parametrize("value", ["0", "-1", "4.5", "3661", "1e3", "2023-01-01"])
def test_a_value_is_a_whole_number_of_days(value: str) -> None:
    found = defects(TWO.replace("value = 45", f"value = {value}"))
    assert [key for key, _, _ in found] == ["rule 1 (record.quarterly).value"]


@pytest.mark.parametrize("text", ["[[rule", "", "rule = 3", "rule = []", "rule = [1]", "[rule]\nkey='a.b'"])
def test_what_is_not_a_file_of_norms_is_one_defect(text: str) -> None:
    assert len(defects(text)) == 1
