"""`make check` runs every check, whatever the first ones say."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", ROOT / "ops" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "check", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def one(check: ModuleType, name: str, code: int) -> object:
    return check.Check(name=name, program=Path(sys.executable).name, arguments=["-c", f"raise SystemExit({code})"])


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [((0, 0), "2 de 2 comprobaciones bien."), ((3, 0), "1 de 2 comprobaciones bien. Fallan: c0."), ((0, 1), "Fallan: c1.")],
)
def test_all_run_and_the_failed_are_named(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], codes: tuple[int, ...], verdict: str
) -> None:
    monkeypatch.setattr(check, "CHECKS", [one(check, f"c{number}", code) for number, code in enumerate(codes)])
    assert check.main([]) == (1 if any(codes) else 0)
    printed = capfd.readouterr().out
    assert verdict in printed
    assert all(f"== c{number}: {'FALLA' if code else 'bien'}" in printed for number, code in enumerate(codes))


def test_a_name_that_matches_nothing_is_not_a_success(check: ModuleType) -> None:
    assert check.main(["no such check"]) == 1
