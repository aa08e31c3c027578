"""The founding record, composed by the core from the institute's published programme: no database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.formats.record import Plan, Record, captured_from_source, compose

PLAN_KEY, QUARTER = "iecm-2023", "2023-Q1"
SOURCE = Path(__file__).resolve().parents[2] / "institutes" / "iecm" / "programme.json"


@cache
def founding_plan() -> Plan:
    """The reference plan."""
    return Plan(PLAN_KEY, parse_programme(SOURCE.read_bytes(), file=SOURCE.name), True)


@cache
def founding_record() -> Record:
    """The quarter that the source itself reports."""
    period, plan = Period.parse(QUARTER), founding_plan()
    return compose(plan=plan, period=period, captured=captured_from_source(plan.programme, period=period))
