"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `people` as a Django application."""

    name = "calpulli.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
