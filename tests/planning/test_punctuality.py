"""Days between a due date and publication: by the demo's own dates, and what is not published is not a number."""

from __future__ import annotations

import datetime as dt

from calpulli.commons import clock
from calpulli.commons.charts import BarChart
from calpulli.planning import queries
from calpulli.planning.pages.figures import punctuality_figure
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
    figure = punctuality_figure(plan)
    assert figure is not None
    assert isinstance(figure.chart, BarChart)
    rows = figure.chart.rows
    assert len(rows) == len(figure.rows)
    words = {row.bar.words for row in rows}
    assert "sin publicar" in words
    assert any(told.endswith("antes") for told in words)
    assert figure.says.startswith("De un registro publicado, 1 salió dentro de su plazo.")


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


def test_a_reference_plan_owes_nothing_here(db: None) -> None:
    reference = next(plan for plan in queries.plan_views() if not plan.is_own)
    assert queries.punctuality_of(reference) == []
    assert punctuality_figure(reference) is None


def test_nothing_has_ended_before_the_plan_begins(db: None) -> None:
    plan = queries.find_plan()
    assert plan is not None
    with clock.rehearse(dt.datetime(plan.generation, 1, 2, 18, tzinfo=dt.UTC)):
        assert all(one.period.span.year < plan.generation for one in queries.punctuality_of(plan))
