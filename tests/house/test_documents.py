"""What can be made is written where its reader looks; every folder says what it is for."""

import re

import pytest

from tests.house.sources import CORE, INSTITUTE, ROOT, packages

# The closed list of what every package shares; another room needs a decision record.
COMMONS = {"access", "act", "apps", "charts", "clock", "files", "institutes", "page_parts", "prose", "registries"}


def targets() -> list[str]:
    """What `make` makes for people: the targets that explain themselves."""
    return re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def untold(names: list[str], text: str) -> list[str]:
    """The targets that a text does not give as `make TARGET`."""
    return [name for name in names if not re.search(rf"make (?:[A-Z]+=\S+ )*{name}(?![\w-])", text)]


def test_every_target_is_documented() -> None:
    found = targets()
    assert {"demo", "test", "check", "package"} <= set(found)
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert untold(found, text) == []


def test_a_target_that_is_not_documented_is_found() -> None:
    assert untold(["demo", "test", "test-all"], "`PORT=8001 make demo`; make test-all") == ["test"]


@pytest.mark.parametrize("package", packages())
def test_every_package_says_what_it_is_for(package: str) -> None:
    text = (INSTITUTE / package / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {package}\n")
    assert missing_parts(text, doors=(INSTITUTE / package / "doors.py").exists()) == []


def missing_parts(text: str, *, doors: bool) -> list[str]:
    """Parts of a package's README that it lacks or leaves empty."""
    # Commons has no nouns of its own: its list of rooms stands for them.
    nouns = [] if "| room | what |" in text else ["Nouns"]
    wanted = ["Mission", *nouns, *(["Doors"] if doors else []), "Never"]
    return [part for part in wanted if not re.search(rf"\*\*{part}\.\*\*[ \n]\S", text)]


def test_a_part_that_is_missing_is_found() -> None:
    text = "# x\n\n**Mission.** To be.\n\n**Never.**\n"
    assert missing_parts(text, doors=True) == ["Nouns", "Doors", "Never"]
    assert missing_parts(text, doors=False) == ["Nouns", "Never"]


@pytest.mark.parametrize("room", [".", *sorted(file.parent.name for file in CORE.glob("*/__init__.py"))])
def test_every_part_of_the_core_says_what_it_is_for(room: str) -> None:
    text = (CORE / room / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {room if room != '.' else 'calpulli_core'}\n")
    assert len(text.split()) > 20


def test_commons_is_a_closed_list() -> None:
    entries = {
        entry.stem for entry in (INSTITUTE / "commons").iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()
    }
    assert entries - {"__init__"} == COMMONS
    listed = re.findall(r"^\| `(\w+)` \|", (INSTITUTE / "commons" / "README.md").read_text(encoding="utf-8"), re.M)
    assert set(listed) == COMMONS - {"apps"}
