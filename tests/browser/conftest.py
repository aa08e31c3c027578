"""A browser, and sites to look at: one with editions at every stage, one with nothing yet, one to walk the road on."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import browser
from tests.browser.sites import PASSWORD, Site, copied_state, run, served

if TYPE_CHECKING:
    from tests.conftest import Server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser per file: while Playwright's loop runs, Django refuses to touch its database in this process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**asdict(browser()))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def folders() -> Iterator[Path]:
    """For the states of the sites."""
    folder = Path(tempfile.mkdtemp(prefix="cp-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def busy(server: Server, template: str, folders: Path) -> Iterator[Site]:
    """Editions at every stage; what is done here stays within one page's test."""
    name, state = "calpulli_busy", copied_state(server, folders / "busy")
    server.copy(template, name)
    editions = json.loads(run(server, name, state, module="tests.browser.stages"))
    with served(server, name, state, editions=editions) as site:
        yield site
    server.drop(name)


@pytest.fixture(scope="session")
def empty(server: Server, folders: Path) -> Iterator[Site]:
    """Migrated, guarded, one account, and nothing else."""
    name, state = "calpulli_empty", folders / "empty"
    state.mkdir()
    with server.as_owner("postgres") as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    for words in (("migrate", "--noinput", "--verbosity", "0"), ("guard_database",)):
        done = server.run(name, *words, CALPULLI_DATABASE_ROLE="owner", CALPULLI_STATE=str(state))
        assert done.returncode == 0, done.stderr
    account = ("account", "register", "nueva", "--name", "Persona de demostración N", "--area", "Área", "--role", "author")
    run(server, name, state, *account, said=PASSWORD + "\n")
    with served(server, name, state) as site:
        yield site
    server.drop(name)


@pytest.fixture(scope="module")
def walked(server: Server, template: str, folders: Path) -> Iterator[Site]:
    """As the demonstration begins; each file of tests has its own."""
    name, state = "calpulli_walked", copied_state(server, Path(tempfile.mkdtemp(dir=folders)))
    server.copy(template, name)
    with served(server, name, state) as site:
        yield site
    server.drop(name)
