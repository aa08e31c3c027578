"""Django's registration of the package."""

import gc

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Config(AppConfig):
    """The package `commons` as a Django application."""

    name = "calpulli.commons"
    label = "commons"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Imports what every package offers, so that the registries are full before the first request.

        What is read here stays as long as the process: whoever looks for garbage need not go through it, now or at any request.
        """
        collects = gc.isenabled()
        gc.disable()
        autodiscover_modules("offers")
        gc.freeze()
        if collects:
            gc.enable()
