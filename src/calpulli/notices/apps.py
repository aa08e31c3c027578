"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `notices` as a Django application."""

    name = "calpulli.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
