"""`calpulli backup FOLDER`: database, kept files and a manifest; never the keys."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from calpulli.site.backups import BackupRefused, Manifest, manifest_digest, take


class Command(BaseCommand):
    """Takes a backup."""

    help = "Respalda la base de datos y los archivos en una carpeta nueva, con la huella de todo. Las llaves privadas no van."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="carpeta del respaldo: nueva o vacía")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 when it is refused, with every reason."""
        folder = options["folder"].absolute()
        try:
            manifest = take(folder, url=settings.OWNER_URL, files=Path(settings.FILES_DIR))
        except BackupRefused as refused:
            raise CommandError(f"No se hizo el respaldo.\n{refused}", returncode=1) from refused
        self.stdout.write("\n".join(_told(folder, manifest)))


def _told(folder: Path, manifest: Manifest) -> list[str]:
    size = sum(entry.size for entry in manifest.files.values())
    heads = ", ".join(f"{one['chain']} {one['sequence']}" for one in manifest.chains) or "ninguna"
    return [
        f"Respaldo hecho en {folder}: la base de datos y {len(manifest.kept)} archivos, {size / 1e6:.1f} MB.",
        f"Cabezas del libro: {heads}.",
        f"Huella del manifiesto (anótela en otro lugar): {manifest_digest(folder)}",
        f"NO incluye las llaves privadas. Están en {settings.KEYS_DIR}: cópielas aparte, sin conexión y nunca junto al respaldo.",
        "Tampoco incluye las sesiones abiertas ni su clave (secret_key): al restaurar, cada quien vuelve a entrar.",
        "Trae datos de personas y contraseñas cifradas: guárdelo donde solo lo lea quien opera.",
    ]
