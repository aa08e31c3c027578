"""The package stands in the house."""

from django.apps import apps


def test_it_is_an_application_of_the_site() -> None:
    assert apps.get_app_config("annual").name == "calpulli.annual"
