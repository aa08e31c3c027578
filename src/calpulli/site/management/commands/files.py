"""`calpulli files verify`: every file that something names is kept whole; what nothing names is told."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.commons.registries.references import REFERENCES
from calpulli.ledger import doors as ledger


class Command(BaseCommand):
    """Checks the kept files; writes nothing."""

    help = "Comprueba que cada archivo que algo nombra esté guardado y con su huella, y dice cuáles no nombra nada."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("verify", help="lee cada archivo y calcula su huella; no escribe nada")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 when a file is missing or is no longer that of its hash, with everything that names it."""
        kept = list(files.kept())  # before what names them: what is kept while an act goes on is not called an orphan
        with ledger.one_moment():
            named = _named()
        wrong = list(_wrong(named))
        for line in wrong:
            self.stdout.write(line)
        orphans = [sha256 for sha256 in kept if sha256 not in named]
        if orphans:
            self.stdout.write(f"Nada nombra {len(orphans)} archivos de {settings.FILES_DIR}; no se sirven a nadie:")
            self.stdout.write("\n".join(f"  {sha256}" for sha256 in orphans))
        if wrong:
            raise CommandError(
                f"Archivos que faltan o están dañados: {len(wrong)}. Repóngalos de un respaldo: ahí tienen el mismo nombre.",
                returncode=1,
            )
        self.stdout.write(f"Archivos completos: {len(named)}, cada uno con su huella.")


def _named() -> dict[str, list[str]]:
    """Every hash that something names, with what does."""
    named: dict[str, list[str]] = {}
    for source in REFERENCES:
        for one in source.references():
            named.setdefault(one.sha256, []).append(one.where)
    return named


def _wrong(named: dict[str, list[str]]) -> Iterator[str]:
    for sha256, places in named.items():
        try:
            files.read(sha256)
        except files.FileDamaged as error:
            yield f"{error}. Lo nombra: {'; '.join(places)}"
