"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `site` as a Django application."""

    name = "calpulli.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
