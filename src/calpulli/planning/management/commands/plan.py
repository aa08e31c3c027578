"""`calpulli plan list | import | check`."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.commons.act import Refused
from calpulli.planning import queries
from calpulli.planning.seeds import seed_plans
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.programme import Programme


class Reader(Protocol):
    """Reads what a folder declares of its programme; None when it declares nothing."""

    def __call__(self, institute: str, programme: Programme, /) -> object:
        """What was read."""
        ...


class Command(BaseCommand):
    """The plans of this installation."""

    help = "Lista los planes o importa los que faltan de la lista del instituto (plans.toml)."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="lista los planes que hay")
        verbs.add_parser("import", help="importa los planes de plans.toml que aún no están; no cambia los que hay")
        verbs.add_parser("check", help="revisa vision.toml y answers.toml de cada plan, con renglón y remedio")

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks, or imports if asked and lists."""
        if options["verb"] == "check":
            self._check()
            return
        if options["verb"] == "import":
            self._import()
        for plan in queries.plan_views(public=False):
            kind = "propio" if plan.is_own else "de referencia"
            lines = sum(len(objective.lines) for objective in plan.objectives)
            self.stdout.write(f"{plan.key}  {kind}  {plan.institution}  {len(plan.objectives)} objetivos, {lines} líneas")

    def _check(self) -> None:
        """Reads what is declared of each plan that came from a folder, and tells all that is wrong with it."""
        faults: list[str] = []
        for plan in (one for one in queries.plan_views(public=False) if not one.brought):
            for read, file in ((queries.read_cut, "vision.toml"), (queries.read_answers, "answers.toml")):
                told = self._told(read, plan, file, faults)
                self.stdout.write(f"{plan.key}  {file}: {told}")
        if faults:
            raise CommandError("\n".join(faults), returncode=1)

    def _told(self, read: Reader, plan: queries.PlanView, file: str, faults: list[str]) -> str:
        try:
            return "bien" if read(plan.institute, plan.programme) else f"no está; escríbalo en institutes/{plan.institute}/"
        except RecordErrors as errors:
            faults += [str(defect) for defect in errors.defects]
            return "con errores"

    def _import(self) -> None:
        try:
            seed_plans()
        except OSError as error:
            message = f"No se puede leer {error.filename}: {files.why(error)}. Escriba plans.toml en la carpeta del instituto."
            raise CommandError(message, returncode=2) from error
        except tomllib.TOMLDecodeError as error:
            raise CommandError("plans.toml no es TOML. Corríjalo y repita la orden.", returncode=2) from error
        except KeyError as error:
            message = f"A un plan de plans.toml le falta la clave {error}. Agréguela y repita la orden."
            raise CommandError(message, returncode=2) from error
        except RecordErrors as errors:
            raise CommandError("\n".join(map(str, errors.defects)), returncode=1) from errors
        except Refused as refused:
            raise CommandError("\n".join(problem.message for problem in refused.problems), returncode=1) from refused
