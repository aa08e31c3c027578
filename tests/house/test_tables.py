"""Every table of the house is attested or on a short list; every field says whether it may leave."""

import ast
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from calpulli.ledger.doors import DomainRow, Entry, Privacy
from tests.house.sources import INSTITUTE, calls, dotted, floor_of, place, python_files, tree

# The ledger itself: it is what attests, and its own hashes attest it.
LEDGER = {"ledger.fact", "ledger.factrow"}
# Ours, and forgotten after minutes or hours: failures counted, codes spent, sessions open. Nothing that a fact should tell.
FORGOTTEN = {"people.signinfailure", "people.spentcode", "people.opensession", "people.passkeyuse", "people.mailedcode"}
# Ours too: mail that waits, who follows what, and how the queue is worked off (docs/decisions/0014).
MAIL = {
    *("notices.asking", "notices.chorerun", "notices.mailbox", "notices.message", "notices.refusal"),
    *("notices.subscription", "notices.worker"),
}
# Ours, and made again from what is public; or words that found nothing, counted for days without who asked.
MADE_AGAIN = {"transparency.searchentry", "transparency.searchword", "transparency.searchstate", "transparency.searchmiss"}
# Ours, and made again from the entries themselves: sums of deliveries, kept in the transaction of each batch.
ADDED_UP = {"annual.later", "annual.spread", "annual.tally"}
# Ours, and made again at will: the private address of a calendar, and the due dates that calendars were last told.
CALENDARS = {"people.calendaraddress", "people.tolddate"}
# Ours, and not told row by row: entries, which only grow, and whose batch a fact attests (docs/spec/ledger.md, section 6).
ENTRIES = {"annual.delivery", "budget.budgetentry", "indicators.computation", "indicators.toldcell"}
# Ours, and nobody's word yet: what is being written and was not sent.
UNSENT = {"annual.reportdraft"}
# Tables of the framework, whose changes no fact tells: sessions, and lists that Django makes of our own classes.
OPERATIONAL = {
    *("auth.group", "auth.group_permissions", "auth.permission", "contenttypes.contenttype", "sessions.session"),
    "django_tasks_database.dbtaskresult",
}
SECRETS = ("password", "secret", "token", "private")

Model = type[models.Model]


def all_models() -> list[Model]:
    return list(apps.get_models(include_auto_created=True))


def ours(found: Iterable[Model]) -> list[Model]:
    """The models of the house's packages, also those that Django makes for relations to many."""
    return [model for model in found if model._meta.app_config is None or model._meta.app_config.name.startswith("calpulli.")]


def unattested(found: Iterable[Model]) -> set[str]:
    """Labels of the tables that no fact answers for."""
    return {model._meta.label_lower for model in found if not issubclass(model, DomainRow)}


def privacy_faults(model: Model) -> Iterator[str]:
    """What is wrong with the classes of privacy of a model's fields."""
    label, given = model._meta.label_lower, model.__dict__.get("privacy")
    if given is None:
        yield f"{label}: no classes of its own"
        return
    fields = {field.attname for field in model._meta.concrete_fields}
    yield from (f"{label}.{name}: no class" for name in sorted(fields - set(given)))
    yield from (f"{label}.{name}: no such field" for name in sorted(set(given) - fields))
    for name, privacy in given.items():
        if not isinstance(privacy, Privacy):
            yield f"{label}.{name}: {privacy!r} is no class"
        elif any(word in name for word in SECRETS) and privacy is not Privacy.SECRET:
            yield f"{label}.{name}: a secret that is not marked as one"


def link_faults(model: Model) -> Iterator[str]:
    """Relations that climb a floor, or that let a lower package see an upper one."""
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        target = field.related_model
        if not isinstance(target, type) or target._meta.app_label == model._meta.app_label:
            continue
        told = f"{model._meta.label_lower}.{field.name}"
        if target._meta.app_label in OUTSIDE or floor_of(target._meta.app_label) >= floor_of(model._meta.app_label):
            yield f"{told}: points to {target._meta.label_lower}, which is not below"
        if field.remote_field.related_name != "+":
            yield f"{told}: needs related_name='+'"


OUTSIDE = {label.partition(".")[0] for label in OPERATIONAL}


def test_every_field_has_a_class_of_privacy() -> None:
    found = ours(all_models())
    assert len(found) > 8
    assert [fault for model in found for fault in privacy_faults(model)] == []


def test_every_table_of_the_house_is_attested() -> None:
    assert unattested(ours(all_models())) == LEDGER | FORGOTTEN | MAIL | MADE_AGAIN | CALENDARS | ENTRIES | UNSENT | ADDED_UP


def test_entries_are_what_the_list_says() -> None:
    """Only what grows in batches is one; each names its columns, all of them but its own key and its batch."""
    found = {model for model in ours(all_models()) if issubclass(model, Entry)}
    assert {model._meta.label_lower for model in found} == ENTRIES
    for model in found:
        fields = [field.attname for field in model._meta.concrete_fields]
        assert model.columns[0] == "position"
        assert sorted(model.columns) == sorted(set(fields) - {"id", "batch_id"}), model


def test_tables_of_others_are_on_the_list() -> None:
    others = set(all_models()) - set(ours(all_models()))
    assert {model._meta.label_lower for model in others} == OPERATIONAL


def test_links_between_packages_go_down_and_leave_no_trace_below() -> None:
    assert [fault for model in ours(all_models()) for fault in link_faults(model)] == []


@isolate_apps("calpulli.planning", "calpulli.people", "calpulli.ledger")
def test_faults_of_fields_are_found() -> None:
    class Planted(DomainRow):
        name = models.CharField(max_length=9)
        api_token = models.CharField(max_length=9)
        privacy = {"id": Privacy.PUBLIC, "api_token": Privacy.INTERNAL, "gone": Privacy.PUBLIC}

        class Meta:
            app_label = "planning"

    class Inheriting(DomainRow):
        class Meta:
            app_label = "planning"

    assert list(privacy_faults(Planted)) == [
        "planning.planted.name: no class",
        "planning.planted.gone: no such field",
        "planning.planted.api_token: a secret that is not marked as one",
    ]
    assert list(privacy_faults(Inheriting)) == ["planning.inheriting: no classes of its own"]


@isolate_apps("calpulli.planning", "calpulli.people", "calpulli.ledger")
def test_a_table_without_facts_is_found() -> None:
    class Bare(models.Model):
        class Meta:
            app_label = "planning"

    assert unattested([Bare]) == {"planning.bare"}
    assert ours([Bare]) == [Bare]


@isolate_apps("calpulli.planning", "calpulli.people", "calpulli.ledger")
def test_a_link_that_climbs_is_found() -> None:
    class Upper(DomainRow):
        class Meta:
            app_label = "planning"

    class Lower(DomainRow):
        upper = models.ForeignKey(Upper, on_delete=models.PROTECT)

        class Meta:
            app_label = "people"

    assert list(link_faults(Lower)) == [
        "people.lower.upper: points to planning.upper, which is not below",
        "people.lower.upper: needs related_name='+'",
    ]


# -- what hides from the linter of contracts ---------------------------------------------------------------------------

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def hidden_links(module: ast.Module) -> list[int]:
    """Lines with `get_model`, or with a relation to another package's table by its name."""
    return [call.lineno for call in calls(module) if _asks_for_a_model(call) or _relates_by_name(call)]


def _asks_for_a_model(call: ast.Call) -> bool:
    return dotted(call.func).rpartition(".")[2] in ("get_model", "get_registered_model")


def _relates_by_name(call: ast.Call) -> bool:
    if dotted(call.func).rpartition(".")[2] not in RELATIONS:
        return False
    to = [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("to", "through"))]
    return any(isinstance(value, ast.Constant) and "." in str(value.value) for value in to)


def test_no_table_is_reached_by_its_name() -> None:
    found = [place(file, line) for file in python_files(INSTITUTE) for line in hidden_links(tree(file))]
    assert found == []


def test_tables_reached_by_their_names_are_found() -> None:
    planted = (
        "from django.apps import apps\n"
        "Account = apps.get_model('people', 'Account')\n"
        "a = models.ForeignKey('people.Account', on_delete=models.PROTECT)\n"
        "b = models.ManyToManyField(to='people.Account')\n"
        "c = ForeignKey('self', on_delete=models.PROTECT)\n"
        "d = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)\n"
    )
    assert hidden_links(ast.parse(planted)) == [2, 3, 4]
