"""What must not pass: targets set when the result is known, formulas that nobody can seal, texts that hide, files that run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from calpulli.annual.doors import Again
from calpulli.commons.act import Refused
from calpulli.indicators.actions import approve_targets, propose_sheets, propose_targets, refuse_sheets
from calpulli.indicators.inputs import DecideSheets, DecideTargets, ProposeSheets, ProposeTargets, TargetDraft
from calpulli.indicators.models import Target
from calpulli.indicators.queries import timing
from calpulli.indicators.queries.bands import Standing
from calpulli.indicators.queries.values import values_of
from calpulli.people.doors import actor_named
from calpulli_core.indicators.moments import Moment
from calpulli_core.indicators.needs import weight
from calpulli_core.indicators.parsing import parse
from tests.indicators.sheets import approve, draft, propose
from tests.indicators.working import SYSTEM, Given, deliver, make_activities, measures_offered, today

pytestmark = pytest.mark.django_db
KEY = "talleres-por-entrega"
JAN = dt.datetime(2026, 1, 10, 18, tzinfo=dt.UTC)
LAST_OF_MARCH = dt.datetime(2026, 3, 31, 18, tzinfo=dt.UTC)
APRIL = dt.datetime(2026, 4, 1, 18, tzinfo=dt.UTC)
BANDS = {"met": 100, "risk": 80, "over": 130}


@pytest.fixture(autouse=True)
def operation(db: None) -> Iterator[None]:
    with today(JAN), measures_offered():
        yield


def set_target(period: str, value: str, **more: str) -> list[int]:
    one = TargetDraft(KEY, period, value, more.pop("source", "Acuerdo inventado"), **more)
    return [row.pk for row in propose_targets(ProposeTargets((one,)), by=actor_named("area")).result]


def decide(ids: list[int]) -> None:
    approve_targets(DecideTargets(tuple(ids)), by=actor_named("revision"))


def test_a_target_is_set_until_the_last_day_of_its_period_and_not_after() -> None:
    approve(draft())
    decide(set_target("2026-Q1", "3"))
    with today(LAST_OF_MARCH):
        waiting = set_target("2026-Q1", "2", reason="Se recortó")
    with today(APRIL):
        with pytest.raises(Refused, match="ya terminó"):
            decide(waiting)
        with pytest.raises(Refused, match="ya terminó"):
            set_target("2026-Q1", "0", reason="A modo")
        assert Target.objects.get(indicator=KEY, state="approved").value == "3"


def test_an_adjusted_target_shows_what_it_was_and_why(client: Client) -> None:
    approve(draft(bands=BANDS))
    decide(set_target("2026-Q1", "3"))
    decide(set_target("2026-Q1", "2", reason="Se recortó el presupuesto"))
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get(f"/indicador/{KEY}/2026-Q1").content.decode()).split())
    assert re.search(r"La meta se ajustó Meta 3 aprobada el .*? Meta 2 aprobada el .*?: Se recortó el presupuesto", page)


def test_a_number_is_not_judged_while_its_period_runs() -> None:
    (a,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(a, 2026 * 12, "d1", 4, 9, 8)])
    approve(draft(bands=BANDS))
    decide(set_target("2026-Q1", "9"))
    place = (KEY, Moment.parse("2026-Q1"))
    assert values_of([KEY], [place[1]])[place].standing is Standing.EARLY
    with today(LAST_OF_MARCH):
        assert values_of([KEY], [place[1]])[place].standing is Standing.EARLY
    with today(dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC)):
        assert values_of([KEY], [place[1]])[place].standing is Standing.MISSED


def test_what_waits_for_reports_is_not_judged_before_they_are_due(client: Client) -> None:
    """The demonstration's rule gives days after the quarter; on the first of them nobody need have reported."""
    key, quarter = "linea-1.1-en-termino", Moment.parse("2026-Q3")
    with today(dt.datetime(2026, 10, 1, 18, tzinfo=dt.UTC)):
        assert values_of([key], [quarter])[key, quarter].standing is Standing.EARLY
    with today(dt.datetime(2026, 12, 1, 18, tzinfo=dt.UTC)):
        assert values_of([key], [quarter])[key, quarter].standing in (Standing.MET, Standing.BEYOND)


def test_what_was_returned_in_time_is_not_judged_in_its_own_term_and_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of line 1.1 a report of the third quarter may come again until 10 December; of line 1.2, none."""
    again = Again(3, dt.date(2026, 12, 10), {"line": frozenset({"linea-1.1"})})
    monkeypatch.setattr(timing, "awaited_again", lambda plan_key, year: (again,) if year == 2026 else ())
    keys, quarter = ["linea-1.1-en-termino", "linea-1.2-en-termino"], Moment.parse("2026-Q3")

    def early(day: int) -> list[bool]:
        with today(dt.datetime(2026, 12, day, 18, tzinfo=dt.UTC)):
            found = values_of(keys, [quarter])
            return [found[key, quarter].standing is Standing.EARLY for key in keys]

    assert (early(10), early(11)) == ([True, False], [False, False])


def test_far_beyond_its_target_is_a_fault_of_the_target(client: Client) -> None:
    """Three workshops in each delivery and a target of two: 150 %, over the 130 of the sheet."""
    (a,) = (one.pk for one in make_activities(("A1",), by=SYSTEM).result)
    deliver([Given(a, 2026 * 12, "d1", 3, 9, 8)])
    approve(draft(bands=BANDS))
    decide(set_target("2026-Q1", "2"))
    with today(dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC)):
        page = client.get(f"/indicador/{KEY}/2026-Q1").content.decode()
    assert "pasó por mucho su meta: estaba mal puesta" in page
    assert "standing-beyond" in page


def test_a_formula_that_nobody_could_follow_is_refused() -> None:
    """By hand: 97 times max(1 + 1, …) weigh 1 + 97 * 3, and 40 periods of it 40 times as much, and the sum itself one."""
    long = f"ultimos(max({', '.join(['1 + 1'] * 97)}), 40)"
    assert weight(parse(long), Moment.parse("2026-Q1")) == 1 + 40 * (1 + 97 * 3)
    with pytest.raises(Refused, match="11,681 pasos y caben 1,000"):
        propose(draft(formula=long, variables={}, unit="1"))


def test_formulas_that_together_could_not_be_sealed_are_refused() -> None:
    """Each is within what one may ask; a chain of sums over sums is not."""
    first = draft(
        key="a0",
        formula=f"ultimos({' + '.join(['x'] * 11)}, 40)",
        variables={"x": {"measure": "tests.deliveries"}},
        unit="entregas",
    )
    chain = [first] + [
        draft(key=f"a{n}", formula="ultimos(x, 40)", variables={"x": {"indicator": f"a{n - 1}"}}, unit="entregas")
        for n in range(1, 12)
    ]
    with pytest.raises(Refused, match="así no se podría sellar"):
        propose_sheets(ProposeSheets(tuple(chain)), by=actor_named("area"))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"definition": "x" * 2_001}, "caben 2000 letras"),
        ({"name": "Talleres \u202e odatsopmi"}, "U\\+202E"),
        ({"source": "Registro\x00"}, "U\\+0000"),
        ({"cremaa": {"claro": {"score": 4, "reason": "y" * 301}}}, "caben 300"),
        (
            {
                "variables": {"talleres": {"measure": "tests.units"}, "entregas": {"awaits": "a\u2066b", "unit": "entregas"}},
                "awaits": "algo",
            },
            "U\\+2066",
        ),
    ],
)
def test_texts_that_are_too_long_or_hide_something_are_refused(more: dict[str, object], told: str) -> None:
    with pytest.raises(Refused, match=told):
        propose(draft(**more))


def test_a_reason_is_looked_at_too() -> None:
    ids = propose(draft(key="otro"))
    for answer, told in (("  ", "Diga por qué"), ("malo\x00", "U\\+0000"), ("x" * 2_001, "caben 2000")):
        with pytest.raises(Refused, match=told):
            refuse_sheets(DecideSheets(tuple(ids), answer), by=actor_named("revision"))
    approve(draft())
    with pytest.raises(Refused, match="U\\+0000"):
        set_target("2026-Q1", "3", source="Acuerdo\x00")


def test_a_spreadsheet_runs_nothing_of_a_file(client: Client) -> None:
    evil = '=HYPERLINK("http://mal.example","Ver")'
    approve(draft(name=evil))
    for address in ("/tablero.csv", "/tablero/formato/objetivos/2026-Q1.csv"):
        rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
        assert not [cell for row in rows for cell in row if cell.startswith("=")], address
    rows = list(csv.reader(io.StringIO(client.get("/tablero.csv").content.decode("utf-8-sig"))))
    assert f"'{evil}" in {cell for row in rows for cell in row}


@pytest.mark.parametrize(
    "address",
    [
        "/medida/annual.activities_due?periodo=2026-Q3&line=%00",
        "/medida/annual.deliveries_units?periodo=2026-Q3&district=zzz",
        "/medida/annual.women_reached?district=zzz",
        f"/medida/annual.activities_due?pagina={'9' * 4_400}",
        "/medida/annual.activities_due?pagina=%C2%B2",
    ],
)
def test_an_address_that_means_nothing_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
