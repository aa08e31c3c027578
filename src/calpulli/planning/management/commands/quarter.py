"""`calpulli quarter list | export`."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.planning import queries
from calpulli.planning.management.commands.record import (
    add_period,
    beside,
    damage_told,
    named_plan,
    plan_and_span,
    write,
    writing,
)
from calpulli.planning.queries import EditionView
from calpulli_core.board import bundle


class Command(BaseCommand):
    """The periods of a plan, and the bundle that was published of one."""

    help = "Lista los periodos de un plan o exporta el paquete publicado de uno."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="lista los periodos de un plan y su estado")
        listing.add_argument("--plan", required=True)
        export = verbs.add_parser("export", help="escribe el paquete publicado: carpeta, o .zip si ARCHIVO termina así")
        add_period(export)
        export.add_argument("--edition", type=int, help="número de edición (por omisión, la última publicada)")
        export.add_argument("--output", type=Path, required=True, metavar="CARPETA|ARCHIVO.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb."""
        if options["verb"] == "list":
            self._list(options["plan"])
        else:
            self._export(options)

    def _list(self, plan_key: str) -> None:
        with damage_told():
            periods = queries.periods_of(named_plan(plan_key).key)
        for period in periods:
            for edition in period.editions:
                self.stdout.write(f"{period.code}  edición {edition.number}  {edition.state_label}  {edition.standing}")

    def _export(self, options: dict[str, Any]) -> None:
        plan, span = plan_and_span(options)
        with damage_told():
            edition = _chosen(plan.key, str(span), options["edition"])
            content, target = files.read(edition.edition.bundle_sha256), options["output"]
        if target.suffix == ".zip":
            write(target, content)
        else:
            _unpack(content, target)
        self.stdout.write(f"Paquete {edition.edition.bundle_number} ({plan.key} {span}, edición {edition.number}) en {target}")


def _chosen(plan_key: str, code: str, number: int | None) -> EditionView:
    published = [one for one in queries.editions_of(plan_key, code) if one.state == "published"]
    chosen = [one for one in published if number in (None, one.number)]
    if not chosen:
        raise CommandError(f"No hay un paquete publicado de {plan_key} {code}: ciérrelo y publíquelo primero.", returncode=1)
    return chosen[0]


def _unpack(content: bytes, target: Path) -> None:
    """Writes the files into a new or empty folder: what was there before must not mix with the bundle."""
    with writing(target):
        taken = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if taken:
        raise CommandError(f"{target} ya tiene contenido. Indique una carpeta nueva o vacía.", returncode=2)
    with writing(target):
        place = target.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = beside(place)
        try:
            _fill(unfinished, bundle.read_zip(content))
            unfinished.replace(place)  # an empty folder gives way
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _fill(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for path, data in contents.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
