"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `commons` as a Django application."""

    name = "calpulli.commons"
    label = "commons"
    default_auto_field = "django.db.models.BigAutoField"
