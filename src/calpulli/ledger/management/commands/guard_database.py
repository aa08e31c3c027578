"""`calpulli guard_database`: installs what the database itself refuses. Run by the owner's role."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from calpulli.ledger.guard import guard_database


class Command(BaseCommand):
    """Installs the ledger's guards and the rights of the site's role."""

    help = "Instala los candados del libro de hechos y los permisos del rol del sitio (con el rol dueño)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads the site's role from the settings and the owner's from the connection."""
        from django.conf import settings

        owner = connection.settings_dict["USER"]
        site = settings.SITE_ROLE or owner
        guard_database(site_role=site, owner_role=owner)
        if site == owner:
            self.stderr.write(
                "Aviso: el sitio usa el mismo rol que es dueño de las tablas. Para que la base de datos impida cambiar "
                "los hechos, indique DATABASE_OWNER_URL con el rol dueño y DATABASE_URL con el rol del sitio."
            )
