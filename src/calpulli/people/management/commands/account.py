"""`calpulli account register` and `calpulli account password`."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons.act import Actor, Refused
from calpulli.people.actions import register_account, set_password
from calpulli.people.inputs import RegisterAccount, SetPassword
from calpulli.people.models import granted_roles


class Command(BaseCommand):
    """Registers accounts and changes passwords; the password is asked for, or read from standard input."""

    help = "Registra una cuenta o cambia su contraseña."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        register = verbs.add_parser("register", help="registra una cuenta")
        register.add_argument("username")
        register.add_argument("--name", required=True, help="nombre de la persona")
        register.add_argument("--area", required=True, help="área a la que pertenece")
        register.add_argument(
            "--role", action="append", choices=[*granted_roles()], default=[], help="función (se puede repetir)"
        )
        password = verbs.add_parser("password", help="cambia la contraseña de una cuenta")
        password.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the act; prints every reason when it is refused."""
        password = getpass.getpass("Contraseña: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        by = Actor.system("orden")
        try:
            if options["verb"] == "register":
                roles = tuple(options["role"])
                command = RegisterAccount(options["username"], options["name"], options["area"], roles, password)
                register_account(command, by=by)
            else:
                set_password(SetPassword(options["username"], password), by=by)
        except Refused as refused:
            raise CommandError("\n".join(problem.message for problem in refused.problems), returncode=1) from refused
        self.stdout.write(f"Hecho: {options['username']}.")
