"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `indicators` as a Django application."""

    name = "calpulli.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
