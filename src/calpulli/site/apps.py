"""Django's registration of the package."""

from django.apps import AppConfig
from django.core.checks import register


class Config(AppConfig):
    """The package `site` as a Django application."""

    name = "calpulli.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Before every command, Django looks whether the institute's marks can be used."""
        # It reads settings, which are there once applications are.
        from calpulli.commons.institutes import CHECKED, asking_can_be_used, marks_can_be_used

        register(marks_can_be_used, *CHECKED)
        register(asking_can_be_used, *CHECKED)
