"""`calpulli restore FOLDER`: a backup into an empty installation, checked before and after."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from calpulli.site.backups import BackupRefused, put_back
from calpulli.site.backups.manifest import MANIFEST

LEDGER_APART = (
    "Los datos quedaron restaurados, pero no se comprobó que el libro coincida con las cabezas del respaldo: arriba está "
    "por qué. No publique nada; conserve esta carpeta y pruebe con otra copia del respaldo en una carpeta nueva."
)
FILES_APART = (
    "Los datos quedaron restaurados, pero faltan archivos que algo nombra: arriba están. Ya faltaban cuando se hizo el "
    "respaldo: búsquelos en uno anterior, que los trae con el mismo nombre, y cópielos a la carpeta de archivos."
)
NOT_FOR_VERIFYING = ("CALPULLI_DATABASE_ROLE", "CALPULLI_PREPARE")


class Command(BaseCommand):
    """Puts a backup back."""

    help = "Restaura un respaldo en una instalación vacía: comprueba todas las huellas antes, y el libro de hechos después."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="carpeta que hizo «calpulli backup»")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 when it is refused, with every reason, or when the ledger is not what the backup says."""
        folder = options["folder"].absolute()
        try:
            manifest = put_back(folder, url=settings.OWNER_URL, files=Path(settings.FILES_DIR))
        except BackupRefused as refused:
            raise CommandError(f"No se restauró nada.\n{refused}", returncode=1) from refused
        self.stdout.write(f"Huellas comprobadas: la base de datos y {len(manifest.kept)} archivos, de {manifest.taken_at}.")
        self.stdout.flush()
        _verify(folder / MANIFEST)
        self.stdout.write("Restaurado: el libro coincide con las cabezas del respaldo, y está cada archivo que algo nombra.")
        self.stdout.write(_about_keys())


def _verify(heads: Path) -> None:
    """Prepare the database (migrations, guards) and check ledger and kept files, as the site's own role.

    Also with CALPULLI_PREPARE=no: a dump has no rights in it, and without guards nothing must write to what was restored.
    """
    own = {name: value for name, value in os.environ.items() if name not in NOT_FOR_VERIFYING}
    for words, told in ((["ledger", "verify", "--head", str(heads)], LEDGER_APART), (["files", "verify"], FILES_APART)):
        command = [sys.executable, "-P", "-m", "calpulli.site.cli", *words]
        if subprocess.run(command, env=own, check=False).returncode != 0:
            raise CommandError(told, returncode=1)


def _about_keys() -> str:
    found = list(Path(settings.KEYS_DIR).glob("*.key"))
    if found:
        return f"Llaves privadas en {settings.KEYS_DIR}: {len(found)} archivos."
    return (
        "Faltan las llaves privadas, que no van en el respaldo: cópielas de su resguardo a "
        f"{settings.KEYS_DIR} para poder publicar."
    )
