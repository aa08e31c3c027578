"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `annual` as a Django application."""

    name = "calpulli.annual"
    label = "annual"
    default_auto_field = "django.db.models.BigAutoField"
