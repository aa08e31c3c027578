"""`calpulli plan list | import`."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files
from calpulli.commons.act import Refused
from calpulli.planning import queries
from calpulli.planning.seeds import seed_plans
from calpulli_core.formats.defects import RecordErrors


class Command(BaseCommand):
    """The plans of this installation."""

    help = "Lista los planes o importa los que faltan de la lista del instituto (plans.toml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="lista los planes que hay")
        verbs.add_parser("import", help="importa los planes de plans.toml que aún no están; no cambia los que hay")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports if asked, and lists."""
        if options["verb"] == "import":
            self._import()
        for plan in queries.plan_views(public=False):
            kind = "propio" if plan.is_own else "de referencia"
            lines = sum(len(objective.lines) for objective in plan.objectives)
            self.stdout.write(f"{plan.key}  {kind}  {plan.institution}  {len(plan.objectives)} objetivos, {lines} líneas")

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
