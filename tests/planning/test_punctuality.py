"""Days between a due date and publication: by the demo's own dates, and what is not published is not a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor
from calpulli.commons.charts import BarChart
from calpulli.planning import queries
from calpulli.planning.actions import import_plan
from calpulli.planning.pages.figures import punctuality_figure
from calpulli.planning.queries import PlanView, punctuality
from calpulli.planning.seeds import _command
from calpulli_core.calendars.periods import Period


def test_days_of_the_published_quarter_and_none_of_the_others(db: None) -> None:
    plan = queries.find_plan()
    assert plan is not None
    found = {one.period.code: one for one in queries.punctuality_of(plan)}
    published = next(one for one in queries.published_editions() if one.plan_key == plan.key)
    one = found[published.code]
    # Published on the day of its record, 20 days after its end; due 45 natural days after it.
    end = Period.parse(published.code).ends_on
    assert one.published_on == end + dt.timedelta(days=20)
    assert one.days == (end + dt.timedelta(days=20) - one.due_on).days < 0
    assert [other.days for code, other in found.items() if code != published.code] == [None] * (len(found) - 1)


def test_the_figure_says_it_in_words_and_marks_what_is_not_published(db: None) -> None:
    plan = queries.find_plan()
    assert plan is not None
    figure = punctuality_figure(plan, queries.punctuality_of(plan))
    assert figure is not None
    assert isinstance(figure.chart, BarChart)
    rows = figure.chart.rows
    assert len(rows) == len(figure.rows)
    words = {row.bar.words for row in rows}
    assert any(told.endswith(", sin publicar") or told == "sin publicar" for told in words)
    assert any(told.endswith("antes") for told in words)


def test_a_late_one_is_hatched_and_told_apart(db: None) -> None:
    plan = queries.find_plan()
    assert plan is not None
    period = queries.calendar_of(plan)[0]
    due = dt.date(2026, 8, 14)
    late, same = (queries.Punctuality(period, due, due + dt.timedelta(days=days)) for days in (3, 0))
    from calpulli.planning.pages import figures

    assert figures._bar(late).is_hatched
    assert figures._bar(late).words == "3 días después"
    assert not figures._bar(same).is_hatched
    assert figures._bar(same).words == "el mismo día"


NOVEMBER = dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)
# By hand: due on 15/05, 14/08 and 14/11 (45 days after each quarter); from 15/05 to 23/11 there are 16+30+31+31+30+31+23 days.
LATE_DAYS = {"2026-Q1": 192, "2026-Q3": 9}


def november(monkeypatch: pytest.MonkeyPatch, published: dict[str, dt.date]) -> tuple[PlanView, queries.Kept]:
    """The plan as it would stand on 23 November 2026, its quarters published on those days and no other."""
    plan = queries.find_plan("demo-2026")
    assert plan is not None
    of = punctuality._of

    def told(period: queries.PeriodView) -> queries.Punctuality | None:
        found = of(period)
        return found and queries.Punctuality(period, found.due_on, published.get(period.code))

    monkeypatch.setattr(punctuality, "_of", told)
    return plan, queries.kept_of(plan)


def test_what_is_due_is_counted_opened_or_not_and_what_is_missing_by_its_days(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.rehearse(NOVEMBER):
        _plan, kept = november(monkeypatch, {"2026-Q2": dt.date(2026, 7, 20)})
        assert {one.period.code: one.overdue_days for one in kept.overdue} == LATE_DAYS
        assert kept.words == "De 3 registros que ya vencieron, 1 se publicó a tiempo; 2 siguen sin publicarse."
        assert kept.overdue_words == ("Vencidos: primer trimestre de 2026, hace 192 días; tercer trimestre de 2026, hace 9 días.")


def test_late_is_neither_on_time_nor_missing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    published = {"2026-Q1": dt.date(2026, 5, 15), "2026-Q2": dt.date(2026, 8, 15), "2026-Q3": dt.date(2026, 11, 14)}
    with clock.rehearse(NOVEMBER):
        _plan, kept = november(monkeypatch, published)
        assert (kept.on_time, kept.late, kept.overdue) == (2, 1, ())
        assert kept.words == "De 3 registros que ya vencieron, 2 se publicaron a tiempo; 1 se publicó tarde."
        assert kept.overdue_words == ""


def test_nothing_is_overdue_on_its_last_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.rehearse(dt.datetime(2026, 5, 15, 18, tzinfo=dt.UTC)):
        plan, kept = november(monkeypatch, {})
        assert kept.due == () and kept.words == "Todavía no vence ningún registro de este programa."
        figure = punctuality_figure(plan, queries.punctuality_of(plan))
        assert figure is not None and [row.bar.words for row in figure.chart.rows] == ["sin publicar"]  # type: ignore[union-attr]
    with clock.rehearse(dt.datetime(2026, 5, 16, 18, tzinfo=dt.UTC)):
        kept = queries.kept_of(plan)
        assert kept.words == "De 1 registro que ya venció, ninguno se publicó a tiempo; 1 sigue sin publicarse."
        assert kept.overdue_words == "Vencidos: primer trimestre de 2026, hace 1 día."


def test_the_chart_draws_the_days_of_what_is_overdue(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.rehearse(NOVEMBER):
        plan, _kept = november(monkeypatch, {"2026-Q2": dt.date(2026, 7, 20)})
        figure = punctuality_figure(plan, queries.punctuality_of(plan))
    assert figure is not None and isinstance(figure.chart, BarChart)
    drawn = [(row.bar.value, row.bar.words, row.bar.is_hatched) for row in figure.chart.rows]
    assert drawn == [(192, "192 días, sin publicar", True), (-25, "25 días antes", False), (9, "9 días, sin publicar", True)]
    assert figure.rows[0] == ("Primer trimestre de 2026", "15/05/2026", "sin publicar", "192")


def test_a_plan_that_another_replaced_reports_to_its_last_year(db: None) -> None:
    """Its last quarters do not vanish because nobody opened them before the next plan came."""
    listed = next(one for one in institutes.listed_plans() if one.key == "demo-2026")
    import_plan(replace(_command(listed), key="demo-2028", generation=2028, identifiers={}), by=Actor.system("prueba"))
    old = queries.find_plan("demo-2026")
    assert old is not None and not old.in_force
    for found in (queries.every_period(old), queries.calendar_of(old)):
        assert max(period.span.year for period in found) <= 2027
    assert {period.code for period in queries.every_period(old)} >= {"2027", *(f"2027-Q{number}" for number in (1, 2, 3, 4))}


def test_a_reference_plan_owes_nothing_here(db: None) -> None:
    reference = next(plan for plan in queries.plan_views() if not plan.is_own)
    assert queries.punctuality_of(reference) == []
    assert punctuality_figure(reference, []) is None


def test_nothing_has_ended_before_the_plan_begins(db: None) -> None:
    plan = queries.find_plan()
    assert plan is not None
    with clock.rehearse(dt.datetime(plan.generation, 1, 2, 18, tzinfo=dt.UTC)):
        assert all(one.period.span.year < plan.generation for one in queries.punctuality_of(plan))
