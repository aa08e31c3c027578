"""The bench's own judgement: what breaks a limit, what it writes, what it exits with. Measures are planted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench import generated, run
from tests.bench.measure import BrokenMeasure, Figures, Measure, compared, in_turns
from tests.bench.stage import Stage


def planted(name: str, figures: Figures, limit: float | None) -> Measure[Stage]:
    return Measure(id=name, what="algo", unit="ms CPU", limit=limit, take=lambda stage: figures)


def absolute(ours: float) -> Figures:
    return Figures(ours=ours, cpu_s=1.5, n=3)


def against(ours: float, peer: float) -> Figures:
    return Figures(ours=ours, peer=peer, cpu_s=1.5, n=3)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    monkeypatch.setattr(run, "OUTPUT", tmp_path / "build" / "bench.json")

    def main(*measures: Measure[Stage], arguments: tuple[str, ...] = ()) -> int:
        monkeypatch.setattr(run, "MEASURES", list(measures))
        return run.main(list(arguments))

    return main


@pytest.mark.parametrize(
    ("figures", "limit", "expected"),
    [
        (absolute(30.0), 30.0, 0),
        (absolute(30.1), 30.0, 1),
        (absolute(1e9), None, 0),
        (against(90.0, 30.0), 3.0, 0),  # the ratio is judged, not our figure
        (against(0.4, 0.1), 3.9, 1),
    ],
)
def test_a_broken_limit_is_an_exit_status(bench: Callable[..., int], figures: Figures, limit: float, expected: int) -> None:
    assert bench(planted("a", figures, limit)) == expected


def test_what_cannot_be_measured_fails_and_does_not_stop_the_rest(
    bench: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(stage: Stage) -> Figures:
        raise BrokenMeasure("no hizo su trabajo")

    first = Measure(id="rota", what="algo", unit="s", limit=1.0, take=broken)
    assert bench(first, planted("sana", absolute(1.0), 2.0)) == 1
    assert "No se pudieron medir: rota." in capsys.readouterr().out
    assert [line["id"] for line in json.loads(run.OUTPUT.read_text())] == ["sana"]


def test_the_file_has_the_promised_keys(bench: Callable[..., int]) -> None:
    bench(planted("a", absolute(2.0), 3.0), planted("b", against(6.0, 4.0), None))
    keys = {"what": "algo", "unit": "ms CPU", "cpu_s": 1.5, "n": 3}
    assert json.loads(run.OUTPUT.read_text()) == [
        {"id": "a", "ours": 2.0, "peer": None, "ratio": None, "limit": 3.0} | keys,
        {"id": "b", "ours": 6.0, "peer": 4.0, "ratio": 1.5, "limit": None} | keys,
    ]


def test_only_takes_what_begins_so_and_refuses_what_nothing_is_called(bench: Callable[..., int]) -> None:
    measures = [planted(name, absolute(1.0), 2.0) for name in ("page.cpu", "page.bytes", "ledger")]
    assert bench(*measures, arguments=("--only", "page", "--quick")) == 0
    assert [line["id"] for line in json.loads(run.OUTPUT.read_text())] == ["page.cpu", "page.bytes"]
    with pytest.raises(SystemExit) as refused:
        bench(*measures, arguments=("--only", "nada"))
    assert refused.value.code == 2


def test_every_real_measure_has_a_name_of_its_own_and_a_limit() -> None:
    ids = [measure.id for measure in run.MEASURES]
    assert len(ids) == len(set(ids)) > 25
    assert all(measure.limit and measure.what and measure.unit for measure in run.MEASURES)


def test_a_cost_of_nothing_is_no_cost() -> None:
    for figures in ((0.0, None), (1.0, 0.0), (1.0, -0.1)):
        with pytest.raises(BrokenMeasure):
            Figures(ours=figures[0], peer=figures[1], cpu_s=0.0, n=1)


def test_sides_take_turns_and_the_median_counts() -> None:
    told: list[str] = []
    costs = {"a": iter([99.0, 4.0, 1.0, 7.0]), "b": iter([99.0, 2.0, 2.0, 50.0])}

    def batch(name: str) -> float:
        told.append(name)
        return next(costs[name])

    found = compared(lambda: batch("a"), lambda: batch("b"), rounds=3, units=2, scale=10.0)
    assert "".join(told) == "ab" + "abbaab"  # the first round is thrown away
    assert (found.ours, found.peer, found.ratio, found.cpu_s, found.n) == (20.0, 10.0, 2.0, 12.0, 6)
    assert in_turns([lambda: 1.0], rounds=2) == [[1.0, 1.0]]


def test_generated_facts_are_linked_skewed_and_the_same_each_time() -> None:
    facts = generated.facts(2_000, after=5, previous="f" * 64)
    assert facts == generated.facts(2_000, after=5, previous="f" * 64)
    assert [fact["sequence"] for fact in facts] == list(range(6, 2_006))
    assert [fact["previous"] for fact in facts] == ["f" * 64, *(fact["digest"] for fact in facts[:-1])]
    rows = sorted(len(fact["rows"]) for fact in facts)
    assert rows[1_000] == 1
    assert rows[-1] >= 30
    assert len({fact["at"] for fact in facts}) < 1_500  # ties
