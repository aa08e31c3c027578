"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `norms` as a Django application."""

    name = "calpulli.norms"
    label = "norms"
    default_auto_field = "django.db.models.BigAutoField"
