"""`calpulli demo code ACCOUNT`: the code with which an account of the demonstration finishes signing in."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import institutes
from calpulli.people import factors, mailed, queries
from calpulli.people.models import Account
from calpulli.people.sessions import is_demonstration


class Command(BaseCommand):
    """Tells the code of a demonstration's account; of no other."""

    help = "«demo» prepara la demostración y la sirve; «demo code CUENTA» da el código para entrar de una de sus cuentas."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb."""
        code = parser.add_subparsers(dest="verb", required=True).add_parser("code", help="da el código de una cuenta")
        code.add_argument("username", help="la cuenta: area, revision…")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the code alone; waits for the next one when those of this moment were used."""
        account = queries.find(options["username"])
        if account is None or not is_demonstration(account):
            told = "No hay una cuenta de la demostración «%s». Este código solo se da para ellas; demo.txt las lista."
            raise CommandError(told % options["username"], returncode=1)
        try:
            self.stdout.write(self._code(account))
        except LookupError as error:
            told = "La cuenta «%s» no espera ningún código: pídalo antes en /entrar/correo, o entre con su contraseña."
            raise CommandError(told % account.username, returncode=1) from error

    def _code(self, account: Account) -> str:
        """Of the mail that she asked for, if she did; else of her application."""
        if sent := mailed.newest_code(account):
            return sent
        while (code := factors.fresh_code(account)) is None:
            self.stderr.write("Los códigos de este momento ya se usaron. Esperando el siguiente (hasta 30 segundos)…")
            time.sleep(factors.seconds_to_next())
        return code
