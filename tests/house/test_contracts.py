"""The walls hold, and each one falls on what it forbids: the real linter is run on a copy with the violation planted."""

from pathlib import Path

import grimp
import pytest

from tests.house.planting import copy_of_house, lint, plant
from tests.house.sources import INSTITUTE, contracts, packages

# Contract that has to break, file below src/, line that breaks it.
WRITTEN = [
    ("core", "calpulli_core/law/rules.py", "import calpulli.commons.clock"),
    ("core", "calpulli_core/board/canonical.py", "import django.db"),
    ("core", "calpulli_core/formats/record.py", "import psycopg"),
    ("core", "calpulli_core/calendars/terms.py", "from urllib.request import urlopen"),
    ("core", "calpulli_core/verify/planted.py", "import socket"),
    ("core", "calpulli_core/crypto/ed25519.py", "import random"),
    ("floors", "calpulli/ledger/doors.py", "import calpulli.commons.clock"),
    ("floors", "calpulli/commons/act.py", "import calpulli.people.doors"),
    ("floors", "calpulli/people/queries.py", "from calpulli.planning.seeds import seed_plans"),
    ("floors", "calpulli/planning/inputs.py", "def late():\n    import calpulli.site.places"),
    ("floors", "calpulli/stranger/things.py", "A_PACKAGE_THAT_NO_FLOOR_LISTS = 1"),
    ("rooms_ledger", "calpulli/ledger/models.py", "from . import actions"),
    ("rooms_ledger", "calpulli/ledger/queries.py", "from . import custody"),
    ("rooms_ledger", "calpulli/ledger/helpers.py", "A_ROOM_THAT_THE_PACKAGE_DOES_NOT_HAVE = 1"),
    ("rooms_commons", "calpulli/commons/clock.py", "from . import act"),
    ("rooms_commons", "calpulli/commons/utils.py", "COMMONS_IS_A_CLOSED_LIST = 1"),
    ("rooms_people", "calpulli/people/queries.py", "from . import actions"),
    ("rooms_people", "calpulli/people/policies.py", "from . import queries"),
    ("rooms_people", "calpulli/people/extra.py", "A_ROOM_THAT_THE_PACKAGE_DOES_NOT_HAVE = 1"),
    ("rooms_planning", "calpulli/planning/queries/periods.py", "from calpulli.planning.actions import import_plan"),
    ("rooms_planning", "calpulli/planning/actions/editions.py", "from ..pages import desk"),
    ("rooms_planning", "calpulli/planning/extra.py", "A_ROOM_THAT_THE_PACKAGE_DOES_NOT_HAVE = 1"),
    ("rooms_site", "calpulli/site/pages.py", "import calpulli.site.cluster"),
    ("rooms_site", "calpulli/site/settings.py", "import calpulli.site.serving"),
    ("rooms_site", "calpulli/site/extra.py", "A_ROOM_THAT_THE_PACKAGE_DOES_NOT_HAVE = 1"),
    ("operator", "calpulli/site/cli.py", "def late():\n    from calpulli.site import settings"),
    ("operator", "calpulli/site/preparation.py", "from calpulli.ledger import doors"),
    ("operator", "calpulli/site/cluster/home.py", "import calpulli.commons.institutes"),
    ("doors_ledger", "calpulli/commons/act.py", "from calpulli.ledger.models import Fact"),
    ("doors_ledger", "calpulli/planning/exports.py", "from calpulli.ledger import custody"),
    ("doors_people", "calpulli/planning/queries/periods.py", "from calpulli.people.models import Account"),
    ("doors_people", "calpulli/site/context.py", "from calpulli.people import queries"),
    ("gathered_people", "calpulli/planning/seeds.py", "from calpulli.people.seeds import DEMO"),
    ("doors_planning", "calpulli/site/pages.py", "from calpulli.planning.queries import find_plan"),
    ("doors_planning", "calpulli/site/management/commands/seed_demo.py", "from calpulli.planning.models import Plan"),
    ("gathered_planning", "calpulli/people/pages/signing.py", "from calpulli.planning.urls import urlpatterns"),
    ("cycles", "calpulli/ledger/actions.py", "import calpulli.planning.policies"),
    ("cycles", "calpulli_core/formats/glyphs.py", "import calpulli_core.formats.record_pdf"),
    ("cycles", "calpulli/planning/queries/programmes.py", "from . import periods"),
    ("cycles", "calpulli/site/cluster/home.py", "from . import server"),
    ("verifier", "calpulli_core/board/canonical.py", "import calpulli_core.law.rules"),
    ("verifier", "calpulli_core/board/merkle.py", "import calpulli_core.crypto.ed25519"),
    ("verifier", "calpulli_core/text/folding.py", "import calpulli_core.law.rules"),
    ("verifier", "calpulli_core/search/order.py", "A_ROOM_THAT_THE_CORE_DOES_NOT_LIST = 1"),
    ("verifier_alone", "calpulli_core/verify/planted.py", "import calpulli_core.calendars.terms"),
    ("verifier_alone", "calpulli_core/verify/planted.py", "def late():\n    from calpulli_core.formats import columns"),
    ("verifier_alone", "calpulli_core/verify/planted.py", "import calpulli_core.text.folding"),
]
# A wall of one package only: the rooms that its neighbours may enter.
OPEN_ROOMS = {"doors"}
# The site collects these of every package; other packages may not.
GATHERED_ROOMS = {"seeds", "urls"}
WITHOUT_DOORS = {"commons": "all of it is for everyone", "site": "nothing lies above it"}


def plants() -> list[tuple[str, str, str]]:
    """The plants above, and for the contracts of a package that has none there, the usual ones."""
    without = [name for name in contracts() if name not in {contract for contract, *_ in WRITTEN}]
    return WRITTEN + [(name, *_usual_plant(name)) for name in without if name.partition("_")[2] in packages()]


def _usual_plant(contract: str) -> tuple[str, str]:
    package = contract.partition("_")[2]
    if contract.startswith("rooms_"):
        return f"calpulli/{package}/extra.py", "A_ROOM_THAT_THE_PACKAGE_DOES_NOT_HAVE = 1"
    walled = contracts()[contract]["protected_modules"].split()[0]
    neighbour = "ledger/queries" if contract.startswith("gathered_") else "site/pages"
    return f"calpulli/{neighbour}.py", f"import {walled}"


PLANTS = plants()


def test_the_house_keeps_its_contracts(tmp_path: Path) -> None:
    verdict = lint(copy_of_house(tmp_path))
    assert verdict.code == 0, verdict.text
    assert f"{len(contracts())} kept, 0 broken" in verdict.text


@pytest.mark.parametrize(("contract", "file", "line"), PLANTS)
def test_a_planted_violation_is_caught(tmp_path: Path, contract: str, file: str, line: str) -> None:
    house = copy_of_house(tmp_path)
    plant(house, file, line)
    verdict = lint(house)
    assert verdict.code != 0
    assert contracts()[contract]["name"] in verdict.broken, verdict.text


def test_every_contract_has_a_plant() -> None:
    assert {contract for contract, *_ in PLANTS} == set(contracts())


def test_every_exhaustive_contract_is_planted_with_an_unknown_room() -> None:
    exhaustive = {name for name, contract in contracts().items() if contract["type"] == "layers"}
    assert all(contracts()[name].getboolean("exhaustive") for name in exhaustive)
    assert {name for name, _, line in PLANTS if line.endswith("= 1")} == exhaustive


@pytest.mark.parametrize("package", packages())
def test_every_room_of_a_package_is_behind_a_wall(package: str) -> None:
    assert f"calpulli.{package}" in contracts()[f"rooms_{package}"]["containers"]
    if package in WITHOUT_DOORS:
        return
    rooms = {entry.stem for entry in (INSTITUTE / package).iterdir() if _is_module(entry)}
    walled = _protected(f"doors_{package}", package)
    gathered = _protected(f"gathered_{package}", package)
    assert walled == rooms - OPEN_ROOMS - GATHERED_ROOMS
    assert gathered == rooms & GATHERED_ROOMS


def _is_module(entry: Path) -> bool:
    return (entry / "__init__.py").exists() or (entry.suffix == ".py" and entry.stem != "__init__")


def _protected(contract: str, package: str) -> set[str]:
    if contract not in contracts():
        return set()
    section = contracts()[contract]
    importers = set(section["allowed_importers"].split())
    assert importers <= {f"calpulli.{package}"} | ({"calpulli.site"} if contract.startswith("gathered_") else set())
    return {name.removeprefix(f"calpulli.{package}.") for name in section["protected_modules"].split()}


# -- cycles, counted ---------------------------------------------------------------------------------------------------


def in_a_cycle(links: dict[str, set[str]]) -> set[str]:
    """The nodes that reach themselves."""
    return {node for node in links if node in _reached(links, node)}


def _reached(links: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(links.get(start, ()))
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead.extend(links.get(node, ()))
    return seen


def package_links(graph: grimp.ImportGraph) -> dict[str, set[str]]:
    """Which package of the institute, or room of the core, imports which other."""
    links: dict[str, set[str]] = {}
    for module in graph.modules:
        target = links.setdefault(_package(module), set())
        target |= {_package(found) for found in graph.find_modules_directly_imported_by(module)} - {_package(module)}
    return links


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])


def test_no_package_and_no_module_is_in_a_cycle() -> None:
    graph = grimp.build_graph("calpulli", "calpulli_core")
    links = package_links(graph)
    assert set(packages()) <= {name.removeprefix("calpulli.") for name in links}
    assert sorted(in_a_cycle(links)) == []
    modules = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert sorted(in_a_cycle(modules)) == []


def test_a_cycle_is_counted() -> None:
    graph = grimp.build_graph("calpulli", "calpulli_core")
    graph.add_import(importer="calpulli.ledger.queries", imported="calpulli.planning.policies")
    assert {"calpulli.ledger", "calpulli.planning"} <= in_a_cycle(package_links(graph))
