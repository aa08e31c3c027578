"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `planning` as a Django application."""

    name = "calpulli.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
