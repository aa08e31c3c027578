"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `transparency` as a Django application."""

    name = "calpulli.transparency"
    label = "transparency"
    default_auto_field = "django.db.models.BigAutoField"
