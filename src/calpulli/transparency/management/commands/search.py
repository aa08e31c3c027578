"""`calpulli search rebuild | thesaurus`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import institutes
from calpulli.commons.act import Refused
from calpulli.transparency import index, queries
from calpulli.transparency.models import SearchEntry
from calpulli.transparency.seeds import seed_search
from calpulli_core.formats.defects import RecordErrors


class Command(BaseCommand):
    """The index of the search and its thesaurus."""

    help = "Rehace el índice del buscador, o agrega al tesauro lo que falta de thesaurus.toml."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("rebuild", help="borra el índice y lo hace de nuevo con lo que es público")
        verbs.add_parser("thesaurus", help="agrega los términos de thesaurus.toml que no están; no cambia los que hay")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb, and tells what there is."""
        if options["verb"] == "rebuild":
            index.refresh(whole=True)
        else:
            self._import()
        self.stdout.write(
            f"{SearchEntry.objects.count()} documentos en el índice, {len(queries.thesaurus())} términos en el tesauro"
        )

    def _import(self) -> None:
        try:
            seed_search()
        except RecordErrors as errors:
            raise CommandError("\n".join(map(str, errors.defects)), returncode=1) from errors
        except Refused as refused:
            raise CommandError("\n".join(problem.message for problem in refused.problems), returncode=1) from refused
