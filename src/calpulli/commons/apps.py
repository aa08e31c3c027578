"""Django's registration of the package."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Config(AppConfig):
    """The package `commons` as a Django application."""

    name = "calpulli.commons"
    label = "commons"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Imports what every package offers, so that the registries are full before the first request."""
        autodiscover_modules("offers")
