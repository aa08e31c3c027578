"""What every command waits for: Django and the packages, and nothing that only a few requests use."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import get_commands, load_command_class

from calpulli.commons import institutes

START = "import sys, django; django.setup(); print(*sys.modules)"
# Each takes as long to begin as all of our own packages together, or a good part of it.
SLOW = {"webauthn", "OpenSSL", "icalendar", "PIL", "xlsxwriter", "typst", "segno", "authlib", "requests", "ninja", "pydantic"}
PAGES = {"calpulli.site.urls", "calpulli.people.pages", "calpulli.planning.pages"}
# The sower and the worker write pages and mails, and one runs once a version; copies are made whatever the state of the rest.
FULL = {"guard_database", "seed_demo", "work"}
NOTHING = {"backup", "key", "ledger", "restore", "text"}


def test_starting_loads_nothing_that_few_use() -> None:
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "calpulli.site.settings"}
    told = subprocess.run([sys.executable, "-c", START], env=surroundings, capture_output=True, text=True, check=True).stdout
    loaded = set(told.split())
    assert {"calpulli.people.actions", "calpulli.planning.exports", "calpulli.transparency.actions"} <= loaded
    assert not loaded & (SLOW | PAGES)


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if str(app).startswith("calpulli.")))
def test_a_command_waits_for_no_page(name: str) -> None:
    checks = load_command_class(get_commands()[name], name).requires_system_checks
    if name in FULL:
        assert checks == "__all__"
    else:
        assert tuple(checks) == (() if name in NOTHING else institutes.CHECKED)
