"""`calpulli record export | import | deadline`."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.commons.act import Actor, Refused
from calpulli.planning import actions, exports, queries
from calpulli.planning.models import Plan
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.defects import RecordErrors
from calpulli_core.formats.record import PLAN_KEY

SYSTEM = Actor.system("orden")


class Command(BaseCommand):
    """The record of a plan for a quarter or a year."""

    help = "Exporta, importa o fecha el registro de un plan."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        export = verbs.add_parser("export", help="escribe el registro de un periodo")
        add_period(export)
        export.add_argument("--format", choices=("json", "csv", "xlsx", "pdf"), required=True)
        export.add_argument("--output", type=Path, required=True, metavar="ARCHIVO")
        deadline = verbs.add_parser("deadline", help="dice cuándo vence el registro de un periodo, y por qué")
        add_period(deadline)
        bring = verbs.add_parser("import", help="lee un registro: lo importa entero o dice todos sus errores")
        bring.add_argument("file", type=Path, metavar="ARCHIVO")
        bring.add_argument("--plan", required=True, help="clave del plan: uno que ya está, o uno nuevo")
        bring.add_argument("--base", help="plan que da lo que un CSV o XLSX no lleva (por omisión, el mismo --plan)")
        bring.add_argument("--dry-run", action="store_true", help="solo revisa: no guarda nada")
        bring.add_argument("--json", action="store_true", help="responde en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb."""
        verb = options["verb"]
        if verb == "export":
            self._export(options)
        elif verb == "deadline":
            self._deadline(options)
        else:
            self._import(options)

    def _export(self, options: dict[str, Any]) -> None:
        plan, span = plan_and_span(options)
        with damage_told():
            period = queries.find_period(plan.key, str(span))
            content = exports.export(plan.key, span, options["format"], edition=period.published if period else None)
        write(options["output"], content)

    def _deadline(self, options: dict[str, Any]) -> None:
        plan, span = plan_and_span(options)
        deadline = queries.deadline_of(plan, span)
        self.stdout.write(deadline.due_on.isoformat())
        for step in deadline.proof:
            self.stdout.write(f"  {step.text}")

    def _import(self, options: dict[str, Any]) -> None:
        file = options["file"]
        if not PLAN_KEY.fullmatch(options["plan"]):
            message = f"Clave «{options['plan']}»: use minúsculas sin acento, números y guiones, por ejemplo instituto-2023."
            raise CommandError(message, returncode=2)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"No se puede leer {file}: {files.why(error)}. Revise la ruta.", returncode=2) from error
        try:
            command = exports.read_record(
                content, name=file.name, plan_key=options["plan"], base_key=options["base"] or options["plan"]
            )
            (actions.import_record.rehearse if options["dry_run"] else actions.import_record)(command, by=SYSTEM)
        except RecordErrors as errors:
            self._refuse([asdict(defect) for defect in errors.defects], [str(one) for one in errors.defects], options)
        except Refused as refused:
            problems = [{"column": problem.field, "rule": problem.message} for problem in refused.problems]
            self._refuse(problems, [problem.message for problem in refused.problems], options)
        self._tell(options, str(command.record.period))

    def _refuse(self, items: list[dict[str, Any]], lines: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"ok": False, "errors": items}, ensure_ascii=False, indent=1))
            raise CommandError("No se importó nada.", returncode=1)
        raise CommandError("\n".join([*lines, f"No se importó nada: {len(lines)} errores."]), returncode=1)

    def _tell(self, options: dict[str, Any], period: str) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, "errors": [], "plan": options["plan"], "period": period}))
        elif options["dry_run"]:
            self.stdout.write(f"Sin errores: {options['plan']} {period}. No se guardó nada (--dry-run).")
        else:
            self.stdout.write(f"Importado: {options['plan']} {period}. Queda abierto para su revisión.")


def add_period(parser: ArgumentParser) -> None:
    """`--plan` and one of `--quarter`, `--year`."""
    parser.add_argument("--plan", required=True, help="clave del plan, por ejemplo demo-2026")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--quarter", help="trimestre, por ejemplo 2023-Q1")
    which.add_argument("--year", help="año, por ejemplo 2023")


def plan_and_span(options: dict[str, Any]) -> tuple[Plan, Span]:
    """The plan and period that the options name; CommandError with the remedy otherwise."""
    plan = named_plan(options["plan"])
    try:
        span = Span.parse(options["quarter"] or options["year"])
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from error
    if (span.quarter is None) != (options["year"] is not None):
        raise CommandError("Use --quarter 2023-Q1 para un trimestre y --year 2023 para un año.", returncode=2)
    return plan, span


def named_plan(key: str) -> Plan:
    """The plan of that key; CommandError with those that there are otherwise."""
    plan = Plan.objects.filter(key=key).first()
    if plan is None:
        known = ", ".join(Plan.objects.order_by("key").values_list("key", flat=True)) or "ninguno"
        raise CommandError(f"No hay un plan «{key}». Los que hay: {known}.", returncode=2)
    return plan


@contextmanager
def damage_told() -> Iterator[None]:
    """A kept file that is missing or was altered, as CommandError with the remedy."""
    try:
        yield
    except files.FileDamaged as error:
        remedy = "Restaure los archivos de un respaldo («calpulli restore») y vuelva a intentarlo; no se escribió nada."
        raise CommandError(f"No se puede exportar: {error}. {remedy}", returncode=1) from error


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """What goes wrong while `target` is written, as CommandError with the reason."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"No se puede escribir {target}: {files.why(error)}. Revise la carpeta.", returncode=2) from error


def write(target: Path, content: bytes) -> None:
    """Writes the file whole or not at all; CommandError with the reason otherwise."""
    with writing(target):
        if target.exists() and not target.is_file():
            target.write_bytes(content)  # a terminal or a pipe cannot be replaced; a folder refuses
            return
        place = target.resolve()
        unfinished = beside(place)
        try:
            unfinished.write_bytes(content)
            os.replace(unfinished, place)
        finally:
            unfinished.unlink(missing_ok=True)


def beside(target: Path) -> Path:
    """A hidden name next to `target` where what goes there is made; made by open(), so the account's umask rules."""
    return target.with_name(f".{target.name}.{os.getpid()}.parte")
