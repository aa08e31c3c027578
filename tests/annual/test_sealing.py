"""A lawful report never stands in the way of the seal: from what an area typed to a stranger who checks the bundle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from calpulli.annual import actions, inputs
from calpulli.commons import clock
from calpulli.commons.act import Actor
from calpulli.planning.actions import open_period, publish_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, PublishEdition, SealEdition
from calpulli_core.board.archive import read_zip
from calpulli_core.formats.captured import Captured
from tests.annual.conftest import PLAN, YEAR, Write, on, paper
from tests.flows.test_sealed_year import stranger
from tests.indicators.sheets import approve as approve_sheet
from tests.indicators.sheets import draft as sheet
from tests.verifier.engine import PAGE, Engine, check, node

QUARTER = f"{YEAR}-Q1"


def test_goals_in_two_months_of_a_quarter_and_none_in_the_third(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor, tmp_path: Path
) -> None:
    """90 and 95 per cent, and nothing to do in the third month; corrected later, and another activity returned and sent again."""
    advance = write("NC", {1: 90, 2: 95}, cumulative=False, unit="por ciento")
    returned = write("RE", {3: 4})
    approve()
    with on(4, 18):
        first = actions.submit_report(said(advance.pk, (90, 95)), by=author).result
        actions.approve_report(inputs.DecideReport(first.pk), by=reviewer)
        second = actions.submit_report(said(returned.pk, (0, 0, 4)), by=author).result
    with on(4, 24):
        actions.return_report(inputs.ReturnReport(second.pk, "Falta decir en qué sede se hizo."), by=reviewer)
    with on(4, 27):
        again = actions.submit_report(said(returned.pk, (0, 0, 4)), by=author).result
        actions.approve_report(inputs.DecideReport(again.pk), by=reviewer)
        command = inputs.CorrectReport(said(advance.pk, (91, 96)), "Se había contado mal lo que se hizo.")
        corrected = actions.correct_report(command, by=author).result
        actions.approve_report(inputs.DecideReport(corrected.pk), by=reviewer)
    with on(4, 29):
        bundle = publish(author, reviewer)
    reports = list(csv.DictReader(io.StringIO(read_zip(bundle)["data/reports.csv"].decode())))
    assert [(row["activity"], row["done"], row["due_on"], row["sent_on"], row["met_on"]) for row in reports] == [
        ("NC", "96000", f"{YEAR}-04-20", f"{YEAR}-04-27", f"{YEAR}-04-18"),
        ("RE", "4000", f"{YEAR}-04-29", f"{YEAR}-04-27", f"{YEAR}-04-27"),
    ]
    code, told = stranger(tmp_path, bundle)
    assert (code, told.splitlines()[0]) == (0, "ÍNTEGRO — firma no contrastada")
    if node():
        with Engine("check.mjs", PAGE) as engine:
            assert check(engine, read_zip(bundle))["ok"]


def test_months_that_each_tell_the_whole_are_sealed_as_no_number(
    write: Write, approve: Callable[[], None], author: Actor, reviewer: Actor, tmp_path: Path
) -> None:
    """A sheet of quarters from a year in which they added up: of 90 and 95 per cent there is no 185."""
    of_quarters("avance-sumado", "01-01")
    advance = write("01-01", {1: 90, 2: 95}, cumulative=False, unit="por ciento")
    approve()
    with on(4, 18):
        first = actions.submit_report(said(advance.pk, (90, 95)), by=author).result
        actions.approve_report(inputs.DecideReport(first.pk), by=reviewer)
    with on(4, 29):
        bundle = publish(author, reviewer)
    files = read_zip(bundle)
    cells = [json.loads(text) for text in files["data/measures.jsonl"].splitlines()]
    (cell,) = [one for one in cells if one["where"] == {"activity": "01-01"}]
    assert (cell["measure"], cell["period"], cell["value"], cell["reason"]) == ("annual.goal_achieved", QUARTER, None, "no-data")
    sheets = [json.loads(text) for text in files["data/indicators.jsonl"].splitlines()]
    (sheet,) = [one for one in sheets if one["key"] == "avance-sumado"]
    assert sheet["values"] == [{"period": QUARTER, "reason": "no-data", "value": None}]
    assert stranger(tmp_path, bundle)[0] == 0
    if node():
        with Engine("check.mjs", PAGE) as engine:
            assert check(engine, files)["ok"]


def of_quarters(key: str, activity: str) -> None:
    """A sheet of what was achieved of an activity, by quarter."""
    cell = {"measure": "annual.goal_achieved", "where": {"activity": activity}}
    approve_sheet(sheet(key=key, formula="a", variables={"a": cell}, unit="unidades"))


def said(activity: int, months: tuple[int, ...]) -> inputs.SubmitReport:
    achieved = {month: amount * 1_000 for month, amount in enumerate(months, 1)}
    return inputs.SubmitReport(activity, 1, achieved, "demanda", "Así fue este trimestre.", (paper(),))


def publish(author: Actor, reviewer: Actor) -> bytes:
    """The quarter sealed and published: its bundle."""
    edition = open_period(OpenPeriod(PLAN, QUARTER), by=author).result
    captured = Captured(updated_on=edition.period.span.ends_on, note="Nota de prueba.")
    submit_edition(CaptureEdition(edition.pk, captured), by=author)
    seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)
    content: bytes = Client().get(f"/registros/{PLAN}/{QUARTER}/edicion/1/paquete.zip").content
    return content
