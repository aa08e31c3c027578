"""When a command has to migrate first, and when it may go straight on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from calpulli.site import cluster, digests, preparation


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "src/calpulli/planning/migrations/0001_initial.py": "first",
        "src/calpulli/ledger/guard.py": "guard",
        "src/calpulli/site/settings.py": "settings",
        "src/calpulli/commons/static/commons/a.css": "css",
        "src/calpulli/planning/queries.py": "queries",
        "requirements/site.txt": "django==5.2",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


CHANGES: dict[str, tuple[Callable[[Path], object], bool, bool]] = {
    # what happens: (the change, whether the database has to follow, whether the server has to)
    "nothing": (lambda root: None, False, False),
    "a new migration": (lambda root: (root / "src/calpulli/planning/migrations/0002_more.py").write_text("x"), True, True),
    "a changed migration": (
        lambda root: (root / "src/calpulli/planning/migrations/0001_initial.py").write_text("FIRST"),
        True,
        True,
    ),
    "a lost migration": (lambda root: (root / "src/calpulli/planning/migrations/0001_initial.py").unlink(), True, True),
    "a renamed migration": (
        lambda root: (root / "src/calpulli/planning/migrations/0001_initial.py").rename(
            root / "src/calpulli/planning/migrations/0001_first.py"
        ),
        True,
        True,
    ),
    "a changed guard": (lambda root: (root / "src/calpulli/ledger/guard.py").write_text("stronger"), True, True),
    "a changed style": (lambda root: (root / "src/calpulli/commons/static/commons/a.css").write_text("CSS!"), True, True),
    "a newer library": (lambda root: (root / "requirements/site.txt").write_text("django==5.2.1"), True, True),
    "a changed query": (lambda root: (root / "src/calpulli/planning/queries.py").write_text("other queries"), False, True),
    "compiled code": (lambda root: shutil.copytree(root / "requirements", root / "src/calpulli/site/__pycache__"), False, False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_to_follow_a_change(tree: Path, name: str) -> None:
    change, database_follows, server_follows = CHANGES[name]
    shape, code = digests.shape_digest(tree), digests.code_digest(tree)
    change(tree)
    assert (digests.shape_digest(tree) != shape) is database_follows
    assert (digests.code_digest(tree) != code) is server_follows


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the work was done; on a real database."""
    done: list[int] = []
    monkeypatch.setattr(preparation, "_work", lambda: done.append(1))
    monkeypatch.setenv("CALPULLI_STATE", str(tmp_path))
    monkeypatch.delenv("CALPULLI_PREPARE", raising=False)
    return done


def test_the_work_is_done_once_for_each_database(counted: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    with cluster.temporary() as running:
        monkeypatch.setenv("DATABASE_URL", running.site_url)
        monkeypatch.setenv("DATABASE_OWNER_URL", running.owner_url)
        assert [preparation.prepare(), preparation.prepare(), preparation.prepare()] == [True, False, False]
        with psycopg.connect(running.url(role="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE calpulli")
        monkeypatch.setenv("DATABASE_OWNER_URL", cluster.start(running.state).owner_url)
        assert [preparation.prepare(), preparation.prepare()] == [True, False]
    assert len(counted) == 2


def test_whoever_operates_the_site_may_migrate_it(counted: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALPULLI_PREPARE", "no")
    assert preparation.prepare() is False
    assert counted == []


def test_a_database_of_ones_own_is_its_own_owner_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://one@host/base")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    preparation.attach()
    assert preparation.os.environ["DATABASE_OWNER_URL"] == "postgresql://one@host/base"
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@host/base")
    preparation.attach()
    assert preparation.os.environ["DATABASE_OWNER_URL"] == "postgresql://owner@host/base"
