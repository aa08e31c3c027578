"""Nothing about a person is kept without saying what it is for: every such field of every table is declared."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from calpulli.commons.registries.personal import PERSONAL, PersonalData
from calpulli.ledger.doors import DomainRow, Privacy

ABOUT_PEOPLE = (Privacy.PERSONAL, Privacy.SECRET)
Model = type[models.Model]


def ours() -> list[Model]:
    return [model for model in apps.get_models() if model.__module__.startswith("calpulli.")]


def undeclared(model: Model, declared: dict[Model, PersonalData]) -> set[str]:
    """Fields about people of a table that its declaration does not tell."""
    told = set(declared[model].fields) if model in declared else set()
    classes: dict[str, Privacy] = getattr(model, "privacy", {})
    return {
        f"{model._meta.label_lower}.{name}" for name, privacy in classes.items() if privacy in ABOUT_PEOPLE and name not in told
    }


def points_to_a_person(model: Model) -> bool:
    """Also at one remove: what hangs on her mailbox or on her key is about her."""
    hers = {apps.get_model(name) for name in (settings.AUTH_USER_MODEL, "notices.Mailbox", "people.Passkey")}
    return any(field.related_model in hers for field in model._meta.local_fields)


def declared() -> dict[Model, PersonalData]:
    return {data.model: data for data in PERSONAL}


def test_every_field_about_people_is_declared() -> None:
    assert len(PERSONAL) >= 8
    assert {fault for model in ours() for fault in undeclared(model, declared())} == set()


def test_every_table_that_points_to_a_person_is_declared() -> None:
    pointing = {model for model in ours() if points_to_a_person(model)}
    assert len(pointing) > 4
    assert pointing - set(declared()) == set()


def test_what_is_declared_exists_and_says_all() -> None:
    for data in PERSONAL:
        fields = {field.attname for field in data.model._meta.concrete_fields}
        assert set(data.fields) <= fields, data.model
        for name, kept in data.fields.items():
            said = (kept.name, kept.purpose, kept.basis, kept.retention)
            assert all(str(words).strip() for words in said), (data.model, name)


@isolate_apps("calpulli.people", "calpulli.ledger")
def test_a_field_that_nobody_declared_is_found() -> None:
    class Planted(DomainRow):
        telephone = models.CharField(max_length=10)
        kind = models.CharField(max_length=10)
        privacy = {"id": Privacy.PUBLIC, "telephone": Privacy.PERSONAL, "kind": Privacy.INTERNAL}

        class Meta:
            app_label = "people"

    assert undeclared(Planted, {}) == {"people.planted.telephone"}
