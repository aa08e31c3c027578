"""`calpulli key show` and `calpulli key rotate`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from calpulli.ledger import custody, queries
from calpulli.ledger.actions import register_key


class Command(BaseCommand):
    """Shows the signing keys, or registers the next one."""

    help = "Muestra las llaves con que se firman los paquetes, o registra la siguiente."
    # Whatever the state of pages and marks, the ledger can be asked.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("show", help="lista las llaves públicas y sus huellas")
        rotate = verbs.add_parser("rotate", help="registra una llave nueva, avalada por la anterior")
        rotate.add_argument("--lost", action="store_true", help="la llave anterior se perdió: la nueva queda sin aval")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb."""
        if options["verb"] == "rotate":
            self._rotate(lost=options["lost"])
        for key in queries.signing_keys():
            endorsed = "avalada por la anterior" if key["endorsement"] else "sin aval"
            self.stdout.write(f"{key['number']}  huella {key['fingerprint']}  llave {key['public_key']}  {endorsed}")

    def _rotate(self, *, lost: bool) -> None:
        try:
            register_key(at=timezone.now(), by="sistema:orden", endorsed=not lost)
        except custody.KeyMissing as error:
            raise CommandError(str(error), returncode=1) from error
