"""All that is wrong is told in one round: of a report with what its form does not read, of a file with each thing by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calpulli.annual import actions, inputs
from calpulli.annual.actions.saying import what_lacks
from calpulli.annual.models import Activity, Exercise, Report
from calpulli.commons.act import Actor, Problem, Refused
from calpulli.commons.registries.bringing import bring
from tests.signing import signed_in

from .brought import arrival, ours
from .conftest import Write, on

CAUSE, NARRATIVE = "elija por qué", "cuente qué pasó"
Fields = dict[str, Any]
GOOD: Fields = {"step": "send", "month_1": "10", "month_2": "10", "month_3": "9", "cause": "", "narrative": ""}


@pytest.fixture
def activity(write: Write, approve: Callable[[], None]) -> Activity:
    made = write("A1", {1: 10, 2: 10, 3: 10})
    approve()
    return made


def posted(activity: Activity, fields: Fields) -> str:
    with on(4, 6):
        answer = signed_in("area").post(f"/mesa/poa/actividad/{activity.pk}/trimestre/1", fields)
    assert answer.status_code == 422 and not Report.objects.filter(activity=activity).exclude(counts=True).exists()
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_what_the_form_does_not_read_comes_with_what_the_report_lacks(activity: Activity) -> None:
    """A file that is none, and a variance of which nothing is said."""
    page = posted(activity, GOOD | {"evidence_file": SimpleUploadedFile("a.pdf", b"no es un PDF")})
    assert CAUSE in page and NARRATIVE in page and "PDF" in page
    page = posted(activity, GOOD | {"narrative": "a" * 4_001})
    assert CAUSE in page and "Son 4001 letras" in page and NARRATIVE not in page


def test_while_a_month_is_not_known_no_cause_is_asked_for(activity: Activity) -> None:
    page = posted(activity, GOOD | {"month_3": "nueve"})
    assert "No es una cantidad" in page and CAUSE not in page and NARRATIVE not in page


def test_a_correction_is_told_its_reason_with_the_rest(activity: Activity, author: Actor, reviewer: Actor) -> None:
    sent = inputs.SubmitReport(activity.pk, 1, {1: 10_000, 2: 10_000, 3: 10_000})
    with on(4, 5):
        made = actions.submit_report(sent, by=author).result
        actions.approve_report(inputs.DecideReport(made.pk), by=reviewer)
        less = inputs.SubmitReport(activity.pk, 1, {1: 10_000, 2: 10_000, 3: 9_000})
        with pytest.raises(Refused) as refused:
            actions.correct_report(inputs.CorrectReport(less, "Mal."), by=author)
    assert {one.field for one in refused.value.problems} == {"cause", "narrative", "correction"}
    page = posted(activity, GOOD | {"correction": "", "evidence_file": SimpleUploadedFile("a.pdf", b"no")})
    assert CAUSE in page and "El motivo es muy corto" in page


def test_of_a_report_that_lacks_nothing_nothing_is_told(activity: Activity) -> None:
    assert what_lacks(activity, inputs.SubmitReport(activity.pk, 1, {1: 10_000, 2: 10_000, 3: 10_000})) == []


def test_every_activity_of_a_file_that_cannot_be_is_named(draft: Exercise, author: Actor) -> None:
    """What a reader of files let through, of both activities: the first one does not hide the second."""
    came = arrival(ours())
    goals = came.file.goals or ()
    nothing = replace(came, file=replace(came.file, goals=tuple(replace(one, months=(0,) * 12) for one in goals)))
    with on(1, 6), pytest.raises(Refused) as refused:
        bring(nothing, by=author, keep=True)
    told = "Todas las metas son 0: escriba al menos la de un mes."
    assert list(refused.value.problems) == [Problem("files", f"Actividad {key}: {told}") for key in ("A-01", "A-02")]
    assert not draft.activities.exists() and not draft.programmes.filter(key="P01").exists()
