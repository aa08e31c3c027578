"""The package stands in the house."""

from fractions import Fraction

from django.apps import apps

from calpulli.indicators.queries.words import exact_words


def test_it_is_an_application_of_the_site() -> None:
    assert apps.get_app_config("indicators").name == "calpulli.indicators"


def test_an_exact_number_is_told_as_people_write_it() -> None:
    told = {
        Fraction(443_104_547, 50): "8,862,090.94",
        Fraction(200, 3): "200 / 3",
        Fraction(1, 2): "0.5",
        Fraction(1, 8): "1 / 8",
    }
    assert {value: exact_words(value) for value in told} == told
