"""`calpulli indicators list | compute | tell`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import institutes
from calpulli.commons.act import Actor, Refused
from calpulli.indicators.actions import compute_indicators, tell_people
from calpulli.indicators.inputs import Compute, TellPeople
from calpulli.indicators.queries.computing import wanted_in
from calpulli.indicators.queries.kept import Kept, last_batch, last_kept
from calpulli.indicators.queries.sheets import SheetView, sheets_in_force, targets_in_force
from calpulli.indicators.queries.standing import needs_computing
from calpulli.indicators.queries.words import cause_words, value_words
from calpulli_core.indicators.moments import Grain, Moment


class Command(BaseCommand):
    """Indicators: which there are, and what they come to."""

    requires_system_checks = institutes.CHECKED
    help = "Lista los indicadores, o calcula los de un trimestre y dice cada valor, de qué sale y por qué no lo hay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="lista los indicadores en vigor")
        listing.add_argument("--plan", default="", help="solo los de ese plan")
        computing = verbs.add_parser("compute", help="calcula los de un trimestre y guarda los que cambiaron")
        computing.add_argument("--quarter", required=True, metavar="2026-Q3")
        computing.add_argument("--plan", default="", help="solo los de ese plan")
        computing.add_argument("--json", action="store_true", help="todo lo calculado, para programas")

        telling = verbs.add_parser("tell", help="dice cuántas personas hubo: la siguiente edición de una tabla de personas")
        telling.add_argument("--table", required=True, help="por ejemplo annual.people")
        telling.add_argument("--year", required=True, type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Lists, computes or tells."""
        if options["verb"] == "tell":
            self._tell(options["table"], options["year"])
            return
        sheets = {key: one for key, one in sheets_in_force().items() if options["plan"] in ("", one.row.plan_key)}
        if options["verb"] == "list":
            for key, sheet in sheets.items():
                self.stdout.write(f"{key}  v{sheet.version}  {sheet.row.get_frequency_display()}  {sheet.row.name}")
            return
        changed = self._compute(options["quarter"], options["plan"])
        wanted = wanted_in(sheets, [Moment.parse(options["quarter"])])
        kept = last_kept(sheets, {str(moment) for _, moment in wanted})
        told = [_told(sheets[key], moment, kept[key, str(moment)]) for key, moment in wanted if (key, str(moment)) in kept]
        if options["json"]:
            self.stdout.write(json.dumps(_whole(options["quarter"], changed, told), ensure_ascii=False, indent=1))
            return
        for one in told:
            self.stdout.write(f"{one['indicator']}  {one['period']}  {one['words']}")
        self.stdout.write(f"{len(told)} valores; {changed} guardados porque cambiaron")

    def _tell(self, table: str, year: int) -> None:
        try:
            edition = tell_people(TellPeople(table, year), by=Actor.system("orden")).result
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
        kept_back = edition.cells.filter(told__isnull=True).count()
        self.stdout.write(f"{table} {year}, edición {edition.number}: {edition.count} celdas; {kept_back} se reservan")

    def _compute(self, quarter: str, plan: str) -> int:
        """How many say something new."""
        try:
            found = Moment.parse(quarter)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if found.grain is not Grain.QUARTER:
            raise CommandError(f"«{quarter}» no es un trimestre: escriba 2026-Q1.", returncode=2)
        try:
            return compute_indicators(Compute((quarter,), plan), by=Actor.system("orden")).result.count
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused


def _whole(quarter: str, changed: int, told: list[dict[str, Any]]) -> dict[str, Any]:
    batch = last_batch()
    heads = batch.heads if batch else {}
    return {"quarter": quarter, "changed": changed, "pending": needs_computing(batch), "heads": heads, "values": told}


def _told(sheet: SheetView, moment: Moment, kept: Kept) -> dict[str, Any]:
    trace, target = json.loads(kept.trace), targets_in_force().get((sheet.key, str(moment)))
    return {
        "indicator": sheet.key,
        "version": kept.version,
        "name": sheet.row.name,
        "period": kept.period,
        "formula": sheet.row.formula,
        "value": kept.value,
        "unit": sheet.row.unit,
        "reason": kept.reason,
        "words": _words(kept, trace["cause"], percentage=sheet.is_percentage),
        "target": str(target.value) if target else "",
        "inputs": json.loads(kept.inputs),
        **trace,
    }


def _words(kept: Kept, cause: str, *, percentage: bool) -> str:
    return f"sin datos: {cause_words(cause)}" if kept.reason else value_words(kept.number, percentage=percentage)
