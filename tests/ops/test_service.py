"""The service files give orders that exist and variables that are told."""

import configparser
import re
import shlex
from pathlib import Path

import pytest

from tests.house.papers import mention_fault

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ops" / "service"
SERVICES = sorted(FOLDER.glob("*.service"))


def read(file: Path) -> configparser.ConfigParser:
    """A unit; repeated settings are not used in ours, and would be refused here."""
    unit = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(file, encoding="utf-8")
    return unit


@pytest.mark.parametrize("file", SERVICES, ids=lambda file: file.name)
def test_a_service_gives_an_order_that_exists(file: Path) -> None:
    words = shlex.split(read(file)["Service"]["ExecStart"])
    line = words[-1] if words[0] == "/bin/sh" else " ".join(words)
    order = re.search(r"\.venv/bin/(calpulli [a-z]+)", line)
    assert order
    assert mention_fault(order[1]) == ""
    service = read(file)["Service"]
    assert service["User"] == "calpulli"
    assert service["EnvironmentFile"] == "/etc/calpulli/calpulli.env"
    assert "/srv/calpulli" in service["ReadWritePaths"]


def test_the_timer_starts_a_service_that_is_there() -> None:
    timers = sorted(FOLDER.glob("*.timer"))
    assert timers
    for timer in timers:
        assert timer.with_suffix(".service") in SERVICES
        assert read(timer)["Timer"]["Persistent"] == "true"


def test_the_model_of_variables_names_those_of_the_guide() -> None:
    guide = (ROOT / "docs" / "guia" / "operacion.md").read_text(encoding="utf-8")
    lines = (FOLDER / "calpulli.env").read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert {"DATABASE_URL", "DATABASE_OWNER_URL", "CALPULLI_STATE"} <= set(names)
    assert [name for name in names if f"\n| `{name}` |" not in guide] == []


def test_the_guide_tells_every_file() -> None:
    guide = (ROOT / "docs" / "guia" / "operacion.md").read_text(encoding="utf-8")
    assert [file.name for file in FOLDER.iterdir() if f"`{file.name}`" not in guide] == []
