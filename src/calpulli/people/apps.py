"""Django's registration of the package."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """The package `people` as a Django application."""

    name = "calpulli.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """From the start on, no way in goes round the list of open sessions: it listens to every sign-in."""
        import_module(f"{self.name}.sessions")
