"""What lies under institutes/ loads, and what is invented says so."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calpulli_core.calendars.periods import Period
from calpulli_core.calendars.terms import natural_days_after
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.law.norms import load_norms
from calpulli_core.law.rules import in_force

NAMES = ["iecm", "demo"]


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("key", "period"), [("record.quarterly", "2026-Q1"), ("record.annual", "2023")])
def test_norms_load_and_cover(institutes: Path, name: str, key: str, period: str) -> None:
    rules = load_norms((institutes / name / "norms.toml").read_text(encoding="utf-8"), file=name)
    on = Period.parse(period).ends_on
    rule = in_force(rules, key=key, on=on)
    assert (rule.value, rule.unit, rule.confirmed) == (45, "natural_days", False)


def test_the_founding_term_is_confirmed_by_its_record_until_the_law_moved(institutes: Path) -> None:
    text = (institutes / "iecm" / "norms.toml").read_text(encoding="utf-8")
    rules = load_norms(text, file="norms.toml")
    days = {
        period: in_force(rules, key="record.quarterly", on=Period.parse(period).ends_on)
        for period in ("2023-Q1", "2024-Q4", "2025-Q1")
    }
    assert [rule.confirmed for rule in days.values()] == [True, True, False]
    assert natural_days_after(period=Period(2023, 1), rule=days["2023-Q1"]).due_on == date(2023, 5, 15)


def test_the_demonstration_has_the_same_shape_under_its_own_name(institutes: Path) -> None:
    founding, demo = (parse_programme((institutes / name / "programme.json").read_bytes(), file=name) for name in NAMES)
    assert [[line.number for line in one.lines] for one in demo.objectives] == [
        [line.number for line in one.lines] for one in founding.objectives
    ]
    for group in ("strengths", "opportunities", "weaknesses", "threats"):
        assert len(demo.swot.group(group)) == len(founding.swot.group(group))
    assert (demo.institution.name, demo.institution.acronym) == ("Instituto Electoral de Demostración", "IED")
    assert demo.dates is None
    assert demo.legal_basis.startswith("Copia de demostración")


def test_the_demonstration_takes_no_real_name(institutes: Path) -> None:
    document = json.loads((institutes / "demo" / "programme.json").read_bytes())
    provenance = document.pop("provenance")
    del document["legal_basis"]
    text = json.dumps(document, ensure_ascii=False)
    for real in ("IECM", "Ciudad de México", "Instituto del Pueblo", "INE", "OPLES", "SGCE", "Código de"):
        assert real not in text
    assert provenance["invented"] is True


@pytest.mark.parametrize("name", NAMES)
def test_institute_files(institutes: Path, name: str) -> None:
    told = toml(institutes / name / "institute.toml")
    programme = parse_programme((institutes / name / "programme.json").read_bytes(), file=name)
    assert (told["name"], told["acronym"]) == (programme.institution.name, programme.institution.acronym)
    assert told["demonstration"] is (name == "demo")
    assert told["notices"]["site"]


def test_the_plans_of_the_demonstration(institutes: Path) -> None:
    folder = institutes / "demo"
    plans = {plan["key"]: plan for plan in toml(folder / "plans.toml")["plan"]}
    assert {key: plan["kind"] for key, plan in plans.items()} == {
        "demo-2026": "own",
        "iecm-2023": "reference",
    }
    for key, plan in plans.items():
        assert key == f"{plan['family']}-{plan['generation']}"
        parse_programme((folder / plan["file"]).read_bytes(), file=plan["file"])
        assert (folder / plan["file"]).with_name("norms.toml").exists()
    assert plans["iecm-2023"]["seal_notice"].format(date="23/11/2026") == (
        "sello de demostración, hecho el 23/11/2026; no es un sello del IECM"
    )
