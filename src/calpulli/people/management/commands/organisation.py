"""`calpulli organisation list | import`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.commons.act import Actor, Refused
from calpulli.people import queries
from calpulli.people.actions import import_organisation
from calpulli.people.inputs import ImportOrganisation, OrganisationErrors, parse_organisation


class Command(BaseCommand):
    """The areas and posts of the institute."""

    help = "Lista las áreas y los puestos del instituto, o los trae de un archivo."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="lista las áreas que hay")
        bring = verbs.add_parser("import", help="trae las áreas y los puestos de un archivo TOML: todo o nada")
        bring.add_argument("file", type=Path, metavar="ARCHIVO", help="un organisation.toml")
        bring.add_argument("--dry-run", action="store_true", help="revisa todo y no guarda nada")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports if asked, or lists."""
        if options["verb"] == "import":
            self._import(options["file"], dry_run=options["dry_run"])
        else:
            self._list()

    def _list(self) -> None:
        for areas in queries.areas_by_kind().values():
            for area in areas:
                self.stdout.write(f"{area.key}  {area.get_kind_display()}  {area.name}  {area.posts.count()} puestos")

    def _import(self, file: Path, *, dry_run: bool) -> None:
        command, by = self._read(file), Actor.system("orden")
        try:
            if dry_run:
                import_organisation.rehearse(command, by=by)
                self.stdout.write(f"Sin errores: {len(command.areas)} áreas. No se guardó nada.")
                return
            brought = import_organisation(command, by=by).result
        except Refused as refused:
            raise CommandError("\n".join(problem.message for problem in refused.problems), returncode=1) from refused
        self.stdout.write(
            f"Áreas: {len(brought.areas_added)} nuevas, {len(brought.areas_changed)} con cambios. "
            f"Puestos: {len(brought.posts_added)} nuevos, {len(brought.posts_changed)} con cambios."
        )

    def _read(self, file: Path) -> ImportOrganisation:
        try:
            return parse_organisation(file.read_bytes(), file=file.name)
        except OSError as error:
            raise CommandError(f"No se puede leer {file}: {files.why(error)}.", returncode=2) from error
        except OrganisationErrors as errors:
            raise CommandError("\n".join(map(str, errors.faults)), returncode=1) from errors
