"""The command line as an operator feels it, warm: the database runs, and what it needs was prepared before."""

from __future__ import annotations

import sys

from tests.bench.founding import PLAN_KEY, QUARTER
from tests.bench.measure import Batch, Figures, Measure, command, compared
from tests.bench.stage import PROGRAM, Stage

EMPTY = [sys.executable, "-c", "pass"]
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
    ours, peer = _measured([str(PROGRAM), "help"], stage), _measured(EMPTY, stage)
    return compared(ours, peer, rounds=stage.rounds(9), scale=1e3)


def _export(stage: Stage) -> Figures:
    return compared(_exporting(stage), rounds=stage.rounds(7), scale=1e3)


def _export_against_django(stage: Stage) -> Figures:
    return compared(_exporting(stage), _measured(BARE_DJANGO, stage), rounds=stage.rounds(7), scale=1e3)


MEASURES: list[Measure[Stage]] = [
    # Starting an interpreter varies with the disk's cache; twice what was seen is still imperceptible.
    Measure(
        id="command.start",
        what="calpulli help, proceso completo; par: python -c pass",
        unit="ms CPU",
        limit=20.0,
        take=_start,
    ),
    # With the database's part. A script exports a year in five of these.
    Measure(
        id="command.export",
        what="calpulli record export --format json en caliente, con lo que hace la base",
        unit="ms CPU",
        limit=2000.0,
        take=_export,
    ),
    Measure(
        id="command.export.django",
        what="calpulli record export en caliente; par: solo iniciar Django con los mismos ajustes",
        unit="ms CPU",
        limit=4.0,
        take=_export_against_django,
    ),
]
