"""`calpulli dataset list | publish [KEY … | --all]`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import institutes
from calpulli.commons.act import Actor, Refused
from calpulli.commons.registries.datasets import DATASETS
from calpulli.transparency import queries
from calpulli.transparency.actions import publish_dataset
from calpulli.transparency.inputs import PublishDataset
from calpulli.transparency.models import DatasetEdition
from calpulli.transparency.publishing import publish_changed


class Command(BaseCommand):
    """Lists the data sets, or publishes an edition of those that changed."""

    help = "Lista los conjuntos de datos, o publica una edición de los que cambiaron."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="lista los conjuntos y su última edición")
        publish = verbs.add_parser("publish", help="guarda una edición de lo que cambió desde la anterior")
        publish.add_argument("keys", nargs="*", metavar="CLAVE", help="claves de los conjuntos (las dice «list»)")
        publish.add_argument("--all", action="store_true", help="todos los que cambiaron")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatches the verb."""
        if options["verb"] == "list":
            self._list()
        elif bool(options["keys"]) == options["all"]:
            raise CommandError("Diga qué conjuntos publicar, o --all para todos los que cambiaron.", returncode=2)
        else:
            self._publish(options["keys"])

    def _list(self) -> None:
        for dataset in DATASETS:
            last = next(iter(queries.editions_of(dataset.key)), None)
            told = f"edición {last.number}, {last.rows} renglones" if last else "sin edición"
            self.stdout.write(f"{dataset.key}  {told if dataset.editions else 'no lleva ediciones'}  {dataset.title}")

    def _publish(self, keys: list[str]) -> None:
        by = Actor.system("orden")
        made = [self._one(key, by) for key in keys] if keys else publish_changed(by=by)
        for edition in made:
            self.stdout.write(
                f"{edition.dataset}: edición {edition.number}, {edition.rows} renglones, {edition.files['datos.csv']}"
            )
        if not made:
            self.stdout.write("Nada cambió desde las últimas ediciones: no se publicó ninguna.")

    def _one(self, key: str, by: Actor) -> DatasetEdition:
        try:
            return publish_dataset(PublishDataset(key), by=by).result
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
