"""`calpulli handover FOLDER`: everything public and everything owned, in open formats."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calpulli.commons import institutes
from calpulli.transparency.handover import HandoverRefused, hand_over


class Command(BaseCommand):
    """Hands everything over."""

    help = (
        "Entrega todo lo público y todo lo que es del instituto, en formatos abiertos, con una página para leerlo sin conexión."
    )
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, metavar="CARPETA", help="carpeta de la entrega: nueva o vacía")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 when it is refused: then nothing was written."""
        folder = options["folder"].absolute()
        try:
            handed = hand_over(folder)
        except HandoverRefused as refused:
            raise CommandError(f"No se hizo la entrega. {refused}", returncode=1) from refused
        self.stdout.write(f"Entrega hecha en {folder}: {handed.files} archivos, {handed.size / 1e6:.1f} MB.")
        self.stdout.write(f"Huella del manifiesto (anótela en otro lugar): {handed.manifest_sha256}")
        self.stdout.write("La carpeta privado/ trae datos de personas: lea privado/AVISO.txt antes de darla a nadie.")
