"""The command line as an operator feels it, warm: the database runs, and what it needs was prepared before."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache

from tests.bench.founding import PLAN_KEY, QUARTER
from tests.bench.measure import Batch, Figures, Measure, command, compared
from tests.bench.stage import PROGRAM, Stage

BARE_DJANGO = [sys.executable, "-c", "import django; django.setup()"]


def _measured(words: list[str], stage: Stage) -> Batch:
    installation = stage.installation
    settings = {"DJANGO_SETTINGS_MODULE": "calpulli.site.settings"}
    return command(
        words, environment=installation.environment | settings, folder=stage.folder, servers=[installation.cluster.pid]
    )


def _exporting(stage: Stage) -> Batch:
    target = stage.folder / "registro.json"
    options = ["--plan", PLAN_KEY, "--quarter", QUARTER, "--format", "json", "--output", str(target)]
    return _measured([str(PROGRAM), "record", "export", *options], stage)


def _start(stage: Stage) -> Figures:
    return compared(_measured([str(PROGRAM), "help"], stage), rounds=stage.rounds(9), scale=1e3)


@cache
def _export(stage: Stage) -> Figures:
    return compared(_exporting(stage), _measured(BARE_DJANGO, stage), rounds=stage.rounds(7), scale=1e3)


MEASURES: list[Measure[Stage]] = [
    # What every command costs before it does anything: below what a person notices.
    Measure(
        id="command.start",
        what="calpulli help, proceso completo (iniciar la orden, sin Django ni base)",
        unit="ms CPU",
        limit=400.0,
        take=_start,
    ),
    # With the database's part. A script exports a year in five of these.
    Measure(
        id="command.export",
        what="calpulli record export --format json en caliente, con lo que hace la base",
        unit="ms CPU",
        limit=1500.0,
        take=lambda stage: replace(_export(stage), peer=None),
    ),
    # What is ours on top of Django: checking that the database is ready, reading a plan, composing, writing.
    Measure(
        id="command.export.django",
        what="calpulli record export en caliente; par: solo iniciar Django con los mismos ajustes",
        unit="ms CPU",
        limit=3.0,
        take=_export,
    ),
]
