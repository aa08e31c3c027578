"""What the demonstration tells of its annual programme."""

from __future__ import annotations

from calpulli.annual.models import Activity, Exercise, Report
from calpulli.planning import doors as planning


def test_every_line_is_served_by_an_activity(db: None) -> None:
    exercise = Exercise.objects.get()
    assert exercise.state == "approved"
    assert "inventad" in exercise.invented
    served = set(Activity.objects.filter(exercise=exercise).values_list("shares__line", flat=True))
    plan = planning.find_card(exercise.plan_key)
    assert plan is not None
    assert served == {line.identifier for line in plan.lines}
    assert len(plan.lines) == 25


def test_reports_are_in_every_state(db: None) -> None:
    assert set(Report.objects.values_list("state", flat=True)) == {"submitted", "returned", "approved"}
