"""There is one road of writing: acts. What would be another road is found in the code, before it can be run."""

import ast
import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest

from calpulli.commons.act import ACTS, Action, Actor, Work, act
from tests.house.sources import INSTITUTE, dotted, place, python_files, room_of, tree

WRITES = {
    *("save", "asave", "delete", "adelete", "create", "acreate", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "abulk_create", "_raw_delete"),
}
# `update` is also a word of dictionaries and hashes: on a set of rows it follows one of these.
OF_ROWS = {
    *("objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "order_by", "annotate", "values"),
    *("select_for_update", "select_related", "distinct", "using", "get_queryset"),
}
# What gets around Django's models altogether.
RAW = {"django.db.connection", "django.db.connections", "django.db.models.expressions.RawSQL"}
IRREGULAR = {
    "begun",
    "cast",
    "drawn",
    "given",
    "held",
    "kept",
    "made",
    "put",
    "read",
    "sent",
    "set",
    "shown",
    "told",
    "withdrawn",
    "written",
}


def writes(module: ast.Module, *, through: str | None = None) -> list[int]:
    """Lines that write rows; calls on the name `through` are the road itself."""
    return sorted(line for scope in ast.walk(module) if _is_scope(scope) for line in _writes_of(scope, through))


def _is_scope(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef)


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope without those of the functions in it: their names are others."""
    for node in ast.iter_child_nodes(scope):
        if not _is_scope(node):
            yield node
            yield from _own(node)


def _writes_of(scope: ast.AST, through: str | None) -> Iterator[int]:
    rows = {name for node in _own(scope) if isinstance(node, ast.Assign) and _is_rows(node.value, set()) for name in _names(node)}
    for node in _own(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node.func, rows, through):
            yield node.lineno


def _is_write(called: ast.Attribute, rows: set[str], through: str | None) -> bool:
    if dotted(called.value) == through:
        return False
    return called.attr in WRITES or (called.attr in ("update", "aupdate", "raw") and _is_rows(called.value, rows))


def _names(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _is_rows(node: ast.expr, known: set[str]) -> bool:
    """Whether an expression is a set of rows: `Plan.objects`, `….filter(…)`, or a name that was given one."""
    if isinstance(node, ast.Call):
        return _is_rows(node.func, known)
    if isinstance(node, ast.Attribute):
        return node.attr in OF_ROWS or _is_rows(node.value, known)
    return isinstance(node, ast.Name) and node.id in known


def raw_access(module: ast.Module) -> list[int]:
    """Lines that import Django's connection or its raw SQL."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and any(f"{node.module}.{alias.name}" in RAW for alias in node.names)
    ]


def _road(package: str, room: str) -> str | None:
    """Which name writes in a room of ours: the work of an act, in actions; nothing elsewhere."""
    return "work" if room == "actions" else None


# Rows that no fact tells: counted, spent or open for minutes or hours; mail that waits (docs/decisions/0014); an index (0017).
FORGETFUL = {
    *(("people", room) for room in ("throttle", "factors", "mailed", "passkeys", "sessions")),
    *(("notices", "following"), ("notices", "jobs"), ("notices", "outbox"), ("transparency", "index")),
}
# Rows that are made again at will: private addresses, and what calendars were last told.
FORGETFUL |= {("people", "calendars")}
# What is being written and nobody sent.
FORGETFUL |= {("annual", "drafts")}
# Sums of deliveries, made again at will; each act on a batch keeps them in its own transaction.
FORGETFUL |= {("annual", "tallies")}
# It has no tables and imports no model: what is saved there is an image, into memory.
IMAGES = ("commons", "files")


def test_rows_are_written_by_acts_alone() -> None:
    found = [
        place(file, line)
        for file in python_files(INSTITUTE)
        for line in writes(tree(file), through=_road(*room_of(file)))
        if room_of(file) not in {("commons", "act"), IMAGES, *FORGETFUL} and room_of(file)[0] != "ledger"
    ]
    assert found == []


def test_the_room_of_images_knows_no_rows() -> None:
    found = [file for file in python_files(INSTITUTE) if room_of(file) == IMAGES]
    assert len(found) > 3
    for file in found:
        assert not re.search(r"^\s*(from|import) .*(django\.db|models|ledger)", file.read_text("utf-8"), re.M), file


def test_the_database_is_spoken_to_directly_in_the_ledger_alone() -> None:
    found = [
        place(file, line) for file in python_files(INSTITUTE) if room_of(file)[0] != "ledger" for line in raw_access(tree(file))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "plan.save()",
        "self.save(update_fields=['x'])",
        "plan.delete()",
        "Plan.objects.create(key='x')",
        "Plan.objects.filter(key='x').update(key='y')",
        "Plan._default_manager.all().delete()",
        "Plan.objects.bulk_create([])",
        "Plan.objects.get_or_create(key='x')",
        "rows = Plan.objects.exclude(key='x')\nrows.update(key='y')",
        "def late():\n    rows = Plan.objects.all()\n    rows.order_by('x').update(key='y')",
        "Plan.objects.raw('DELETE FROM planning_plan')",
        "form.save()",
    ],
)
def test_a_write_beside_the_road_is_found(line: str) -> None:
    assert len(writes(ast.parse(line), through="work")) == 1


def test_a_connection_of_ones_own_is_found() -> None:
    assert raw_access(ast.parse("from django.db import connection, models")) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "work.save(plan)",
        "details.update(plan='x')",
        "hashlib.sha256().update(b'')",
        "made.filters.update(a=1)",
        "Plan(key='x')",
        "def a():\n    found = Plan.objects.all()\ndef b():\n    found = {}\n    found.update(a=1)",
    ],
)
def test_what_is_no_write_is_let_be(line: str) -> None:
    assert writes(ast.parse(line), through="work") == []


# -- acts --------------------------------------------------------------------------------------------------------------


def faults(action: Action[Any, Any]) -> Iterator[str]:
    """What an act's name, package and policy owe each other."""
    package = action.body.__module__.split(".")[1]
    name = re.fullmatch(r"([a-z]+)\.((?:[a-z]+_)*)([a-z]+)", action.name)
    if name is None or name[1] != package:
        yield f"{action.name}: must be called {package}.something_done"
    elif not (name[3].endswith("ed") or name[3] in IRREGULAR):
        yield f"{action.name}: a fact has happened, so its name ends in the past"
    if action.body.__module__.split(".")[2] != "actions":
        yield f"{action.name}: is not in the package's actions"
    if not re.fullmatch(rf"calpulli\.{package}\.policies(\.\w+)?", action.policy.__module__):
        yield f"{action.name}: its policy is not one of {package}.policies"
    elif action.policy.__name__ != action.body.__name__:
        yield f"{action.name}: one verb, one name: {action.body.__name__} asks {action.policy.__name__}"


def registered() -> list[Action[Any, Any]]:
    """Every act of the house, all packages loaded."""
    for file in python_files(INSTITUTE):
        if room_of(file)[1] == "actions":
            importlib.import_module(".".join(file.relative_to(INSTITUTE.parent).with_suffix("").parts).removesuffix(".__init__"))
    return list(ACTS.values())


def test_every_act_is_named_like_its_fact_and_asks_its_policy() -> None:
    acts = registered()
    assert len(acts) >= 10
    assert [fault for action in acts for fault in faults(action)] == []


def test_the_rooms_of_actions_offer_acts_alone() -> None:
    """What a folder of actions offers is acts, and nothing that could be called instead of one."""
    registered()
    folders = [
        importlib.import_module(f"calpulli.{file.parent.parent.name}.actions") for file in INSTITUTE.glob("*/actions/__init__.py")
    ]
    offered = [getattr(folder, name) for folder in folders for name in folder.__all__]
    assert offered
    assert all(isinstance(one, Action) for one in offered)


def test_faults_of_acts_are_found() -> None:
    def someone(actor: Actor, /) -> bool:
        return True

    def do(work: Work, command: None) -> None:
        """Nothing."""

    do.__module__ = "calpulli.planning.queries"
    found = list(faults(Action("planning.plan_import", someone, do)))
    assert found == [
        "planning.plan_import: a fact has happened, so its name ends in the past",
        "planning.plan_import: is not in the package's actions",
        "planning.plan_import: its policy is not one of planning.policies",
    ]
    assert (
        next(faults(Action("people.plan_imported", someone, do)))
        == "people.plan_imported: must be called planning.something_done"
    )


def test_two_acts_cannot_have_one_name() -> None:
    taken = registered()[0].name
    with pytest.raises(ValueError, match=re.escape(taken)):
        act(taken, policy=lambda actor, /: True)(lambda work, command: None)


def test_every_act_is_told_in_words_by_its_package() -> None:
    from calpulli.commons.registries.facts import CHAINS, FACTS

    done = {action.name for action in registered()}
    told = {one.name for one in FACTS} - {"ledger.key_registered"}  # by the key's keeper, below the acts
    assert told == done
    assert {one.chain for one in CHAINS} == {name.partition(".")[0] for name in done} | {"ledger"}
    assert all(str(one.words) for one in FACTS)
