"""`calpulli ledger verify` and `calpulli ledger head`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.ledger import queries, standing


class Command(BaseCommand):
    """Checks or prints the ledger."""

    help = "Comprueba el libro de hechos o imprime sus cabezas."
    # Whatever the state of pages and marks, the ledger can be asked.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="recalcula cada cadena y compara cada renglón con su último hecho")
        verify.add_argument("--head", type=Path, help="cabezas guardadas antes (cabeza.json o el manifest.json de un paquete)")
        head = verbs.add_parser("head", help="imprime las cabezas de las cadenas")
        head.add_argument("--output", type=Path, help="archivo en que se guardan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb; exit status 1 when there is a breach."""
        if options["verb"] == "head":
            self._head(options["output"])
        else:
            self._verify(read_heads(options["head"]) if options["head"] else [])

    def _head(self, output: Path | None) -> None:
        text = json.dumps({"chains": [head.as_dict() for head in queries.heads()]}, indent=1) + "\n"
        if output:
            save(output, text)
        else:
            self.stdout.write(text, ending="")

    def _verify(self, older: list[standing.Head]) -> None:
        with queries.one_moment():
            breaches, chains, counts = list(queries.check_ledger(older)), queries.heads(), queries.counts()
        for breach in breaches:
            self.stdout.write(line(breach))
        if breaches:
            raise CommandError(f"El libro de hechos no está íntegro: {len(breaches)} hallazgos.", returncode=1)
        self.stdout.write(f"Libro íntegro: {counts['facts']} hechos, {counts['rows']} renglones comparados.")
        for head in older:
            self.stdout.write(f"Contrastado con la cabeza anterior: cadena {head.chain}, hecho {head.sequence}.")
        loose = [head.chain for head in chains if head.chain not in {known.chain for known in older if known.sequence}]
        if loose:
            names = ", ".join(loose)
            self.stdout.write(f"Sin una cabeza anterior (--head) de {names} no se puede descartar que se haya reescrito entero.")


def save(output: Path, text: str) -> None:
    """Writes the heads; CommandError with the remedy otherwise."""
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = (
            f"No se puede escribir {output}. Revise que su carpeta exista, que haya espacio y que esta cuenta pueda escribir ahí."
        )
        raise CommandError(message, returncode=2) from error


def line(breach: queries.Breach) -> str:
    """One breach as one line of text."""
    fact = f"cadena {breach.chain}, hecho {breach.sequence}" if breach.chain else "sin hecho"
    return f"tabla {breach.table}, clave {breach.key or '—'}, {fact}: {breach.message}"


def read_heads(file: Path) -> list[standing.Head]:
    """Heads from `cabeza.json` or from a bundle's `manifest.json`; CommandError with the remedy otherwise."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        found = value["chains"] if "chains" in value else [value["ledger"]]
        return [standing.Head(str(one["chain"]), int(one["sequence"]), str(one["digest"])) for one in found]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{file}: no es un archivo de cabezas. Use el que da «calpulli ledger head» o el manifest.json de un paquete."
        raise CommandError(message, returncode=2) from error
