"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `budget` as a Django application."""

    name = "calpulli.budget"
    label = "budget"
    default_auto_field = "django.db.models.BigAutoField"
