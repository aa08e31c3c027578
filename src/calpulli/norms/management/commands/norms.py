"""`calpulli norms list | check | adopt`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import files, institutes
from calpulli.commons.act import Actor, Refused
from calpulli.norms import queries
from calpulli.norms.actions import adopt_norms
from calpulli.norms.inputs import AdoptNorms
from calpulli.norms.queries import followed, is_changed
from calpulli_core.law.norms import NormErrors
from calpulli_core.law.rules import Rule


class Command(BaseCommand):
    """The dated rules that bind this installation."""

    help = "Dice qué normas rigen, revisa los archivos norms.toml o adopta lo que cambió en ellos."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="lista las reglas que rigen y desde cuándo")
        verbs.add_parser("check", help="revisa los norms.toml y ensaya su adopción; no guarda nada")
        verbs.add_parser("adopt", help="adopta los norms.toml que cambiaron: rigen desde ese momento")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lists, rehearses or adopts."""
        if options["verb"] == "list":
            self._list()
            return
        commands = [AdoptNorms(institute, self._read(institute)) for institute in followed()]
        self._rehearse([command for command in commands if is_changed(command.institute)])
        for command in commands:
            self._bring(command, keep=options["verb"] == "adopt")

    def _list(self) -> None:
        for adoption, rules in queries.in_force_now():
            self.stdout.write(f"{adoption.institute}, versión {adoption.number}, adoptada el {adoption.adopted_at:%d/%m/%Y}")
            for rule in rules:
                self.stdout.write(f"  {rule.key}  {rule.value}  {_validity(rule)}  {rule.article}")
        for institute in filter(is_changed, followed()):
            self.stdout.write(f"{institute}: su norms.toml dice algo que no se ha adoptado (calpulli norms adopt)")

    def _rehearse(self, commands: list[AdoptNorms]) -> None:
        """All of them first, so that nothing is adopted while another would be refused; every reason at once."""
        problems: list[str] = []
        for command in commands:
            try:
                adopt_norms.rehearse(command, by=Actor.system("orden"))
            except Refused as refused:
                problems += [problem.message for problem in refused.problems]
        if problems:
            raise CommandError("\n".join(problems), returncode=1)

    def _bring(self, command: AdoptNorms, *, keep: bool) -> None:
        if not is_changed(command.institute):
            self.stdout.write(f"{command.institute}: sin cambios, {len(command.rules)} reglas")
            return
        if keep:
            adopt_norms(command, by=Actor.system("orden"))
        told = "adoptadas" if keep else "sin errores; no se guardó nada"
        self.stdout.write(f"{command.institute}: {len(command.rules)} reglas, {told}")

    def _read(self, institute: str) -> tuple[Rule, ...]:
        try:
            return institutes.norms(institute)
        except OSError as error:
            raise CommandError(f"No se puede leer {error.filename}: {files.why(error)}.", returncode=2) from error
        except NormErrors as errors:
            raise CommandError("\n".join(map(str, errors.defects)), returncode=1) from errors


def _validity(rule: Rule) -> str:
    """From when until when it binds, both days included."""
    since = f"desde el {rule.valid_from:%d/%m/%Y}" if rule.valid_from else "sin fecha de inicio"
    return f"{since}, hasta el {rule.valid_until:%d/%m/%Y}" if rule.valid_until else since
