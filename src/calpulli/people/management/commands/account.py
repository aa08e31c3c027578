"""`calpulli account register | password | reset-factor | grant | erase`."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import clock, institutes
from calpulli.commons.act import Actor, Problem, Refused
from calpulli.people import queries
from calpulli.people.actions import erase_account, grant_role, register_account, reset_factors, set_password
from calpulli.people.inputs import EraseAccount, GrantRole, RegisterAccount, ResetFactors, SetPassword
from calpulli.people.inputs.credentials import RESET_REASONS
from calpulli.people.models import Account, granted_roles


class Command(BaseCommand):
    """Registers accounts, changes passwords and resets second factors; the password is asked for, or read from standard input."""

    help = "Registra una cuenta, cambia su contraseña o restablece su segundo factor."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb for each."""
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
        reset = verbs.add_parser("reset-factor", help="quita el segundo factor de quien lo perdió, y cierra sus sesiones")
        reset.add_argument("username")
        grant = verbs.add_parser("grant", help="da una función a una cuenta, desde hoy")
        grant.add_argument("username")
        grant.add_argument("--role", required=True, choices=[*granted_roles()], help="función")
        grant.add_argument("--area", default="", help="clave del área; sin ella, todo el instituto")
        erase = verbs.add_parser("erase", help="borra los datos de una persona que lo pidió; sus hechos quedan sin nombre")
        erase.add_argument("username")
        reset.add_argument("--reason", required=True, choices=[key for key, _ in RESET_REASONS], help="por qué")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the act; prints every reason when it is refused."""
        try:
            self._run(options, by=Actor.system("orden"))
        except Refused as refused:
            raise CommandError("\n".join(problem.message for problem in refused.problems), returncode=1) from refused
        self.stdout.write(f"Hecho: {options['username']}.")

    def _run(self, options: dict[str, Any], *, by: Actor) -> None:
        username = options["username"]
        if options["verb"] == "reset-factor":
            reset_factors(ResetFactors(username, options["reason"]), by=by)
            return
        if options["verb"] == "grant":
            grant_role(GrantRole(username, options["role"], options["area"], clock.today()), by=by)
            return
        if options["verb"] == "erase":
            erase_account(EraseAccount(_account(username).pk), by=by)
            return
        password = getpass.getpass("Contraseña: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        if options["verb"] == "register":
            command = RegisterAccount(username, options["name"], options["area"], tuple(options["role"]), password)
            register_account(command, by=by)
        else:
            set_password(SetPassword(username, password), by=by)


def _account(username: str) -> Account:
    account = queries.find(username)
    if account is None:
        raise Refused(Problem("username", f"No hay una cuenta «{username}». Revise el usuario."))
    return account
