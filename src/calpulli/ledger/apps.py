"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `ledger` as a Django application."""

    name = "calpulli.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
