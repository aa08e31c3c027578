"""`calpulli poa import | export | template`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.annual import exports
from calpulli.annual.models import Exercise
from calpulli.commons import files, institutes
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries.bringing import Taken, bring
from calpulli_core.formats.annual.reading import Brought
from calpulli_core.formats.annual.tables import POA
from calpulli_core.formats.defects import Defect, RecordErrors

SYSTEM = Actor.system("orden")
KEYS = ("sheet", "row", "column", "value", "rule", "remedy")
NOT_FOR_COMMANDS = "Las entregas las registra una persona de su área: tráigalas desde su mesa."


class Command(BaseCommand):
    """The annual programme of a year, its goals and its budget, as files."""

    help = "Importa o exporta el programa anual (POA), sus metas y su presupuesto; da sus plantillas."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="lee archivos XLSX o CSV: entran enteros o dice todos sus errores")
        bring.add_argument(
            "files", type=Path, nargs="+", metavar="ARCHIVO", help="sus hojas dicen qué traen; todos entran juntos"
        )
        bring.add_argument("--plan", default="", help="clave del programa institucional (por omisión, el vigente)")
        bring.add_argument("--dry-run", action="store_true", help="solo revisa: no guarda nada")
        bring.add_argument("--json", action="store_true", help="responde en JSON")
        export = verbs.add_parser("export", help="escribe el programa anual como el archivo que se puede volver a importar")
        export.add_argument("--year", type=int, required=True, help="ejercicio, por ejemplo 2027")
        export.add_argument("--plan", default="", help="clave del programa institucional (por omisión, el vigente)")
        export.add_argument(
            "--sheet",
            choices=[exports.file_name(table) for table in (*POA, *exports.given_back())],
            help="en CSV, cuál de sus hojas",
        )
        export.add_argument("--budget", action="store_true", help="en XLSX, su presupuesto en vez del programa")
        export.add_argument(
            "--output", type=Path, required=True, metavar="ARCHIVO", help="termina en .xlsx, o en .csv con --sheet"
        )
        template = verbs.add_parser("template", help="escribe una plantilla para llenar, con instrucciones y ejemplos")
        template.add_argument("name", choices=list(exports.BOOKS), help="qué se va a llenar")
        template.add_argument("--output", type=Path, required=True, metavar="ARCHIVO", help="termina en .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb."""
        if options["verb"] == "import":
            self._import(options)
        elif options["verb"] == "export":
            self._export(options)
        else:
            write(options["output"], exports.template(options["name"]) or b"")

    def _import(self, options: dict[str, Any]) -> None:
        brought = [Brought(file.name, read(file)) for file in options["files"]]
        try:
            reading = exports.read(brought, plan_key=exports.chosen_plan(options["plan"]).key)
            taken = bring(reading.arrival, by=SYSTEM, keep=not options["dry_run"])
        except RecordErrors as errors:
            self._refuse(errors.defects, options)
        except Refused as refused:
            self._refuse([Defect(None, None, problem.field, "", problem.message, "") for problem in refused.problems], options)
        except Forbidden:
            self._refuse([Defect(None, None, None, "", NOT_FOR_COMMANDS, "")], options)
        self._tell(reading, taken, options)

    def _refuse(self, defects: Sequence[Defect], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"ok": False, "errors": as_items(defects)}, ensure_ascii=False, indent=1))
            raise CommandError("No se importó nada.", returncode=1)
        raise CommandError("\n".join([*map(str, defects), f"No se importó nada: {len(defects)} errores."]), returncode=1)

    def _tell(self, reading: exports.Reading, taken: Sequence[Taken], options: dict[str, Any]) -> None:
        words = [word for one in taken for word in one.words]
        if options["json"]:
            told = {"plan": reading.arrival.plan_key, "year": reading.arrival.file.year, "done": words}
            items = {"errors": [], "warnings": as_items(reading.warnings)}
            self.stdout.write(json.dumps({"ok": True, **items, **told}, ensure_ascii=False, indent=1))
            return
        for warning in reading.warnings:
            self.stdout.write(f"Aviso: {warning}")
        ending = "No se guardó nada (--dry-run)." if options["dry_run"] else "Importado."
        self.stdout.write("\n".join([f"Sin errores: {reading.arrival.plan_key} {reading.arrival.file.year}.", *words, ending]))

    def _export(self, options: dict[str, Any]) -> None:
        target, sheet = options["output"], options["sheet"]
        if target.suffix != (".csv" if sheet else ".xlsx"):
            message = f"El archivo {target.name} debe terminar en .xlsx, o en .csv si pide una hoja con --sheet."
            raise CommandError(message, returncode=2)
        exercise = named_exercise(options["plan"], options["year"])
        table = next((table for table in (*POA, *exports.given_back()) if exports.file_name(table) == sheet), None)
        book = exports.entries_xlsx if options["budget"] else exports.to_xlsx
        write(target, exports.to_csv(exercise, table) if table else book(exercise))


def as_items(defects: Sequence[Defect]) -> list[dict[str, Any]]:
    """Defects as JSON tells them."""
    return [{key: getattr(defect, key) for key in KEYS} for defect in defects]


def named_exercise(plan: str, year: int) -> Exercise:
    """The exercise of that plan and year; CommandError with those that there are otherwise."""
    try:
        card = exports.chosen_plan(plan)
    except Refused as refused:
        raise CommandError(str(refused), returncode=2) from refused
    found = Exercise.objects.filter(plan_key=card.key, year=year).first()
    if found is None:
        years = Exercise.objects.filter(plan_key=card.key).order_by("year").values_list("year", flat=True)
        known = ", ".join(map(str, years)) or "ninguno"
        raise CommandError(f"No hay un programa anual {year} de «{card.key}». Los que hay: {known}.", returncode=2)
    return found


def read(file: Path) -> bytes:
    """The bytes of a file; CommandError with the reason otherwise."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"No se puede leer {file}: {files.why(error)}. Revise la ruta.", returncode=2) from error


def write(target: Path, content: bytes) -> None:
    """Writes a file; CommandError with the reason otherwise."""
    try:
        target.write_bytes(content)
    except OSError as error:
        raise CommandError(f"No se puede escribir {target}: {files.why(error)}. Revise la carpeta.", returncode=2) from error
