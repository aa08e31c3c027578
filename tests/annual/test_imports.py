"""The annual programme from files: whole or not at all, into a draft, and out again as the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from calpulli.annual import actions, exports, inputs
from calpulli.annual.actions.ground import WRITINGS
from calpulli.annual.models import Activity, Exercise, Goal, MatrixRow, Programme, Share
from calpulli.commons import files
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.commons.registries import bringing
from calpulli.ledger import queries as ledger
from calpulli.ledger.models import Fact
from calpulli.people.doors import actor_named
from calpulli_core.formats.annual.reading import Brought
from calpulli_core.formats.annual.writing import write_xlsx
from calpulli_core.formats.defects import RecordErrors
from tests.annual.brought import PLAN, YEAR, arrival, ours
from tests.annual.conftest import on
from tests.core.formats.annual.planting import BOOKS, book


@pytest.fixture
def empty(author: Actor) -> Exercise:
    """A draft without anything."""
    with on(1, 5):
        return actions.open_exercise(inputs.OpenExercise(PLAN, YEAR), by=author).result


def bring(sheets: Any, by: Actor, *, keep: bool = True) -> list[str]:
    with on(1, 6):
        return [word for one in bringing.bring(arrival(sheets), by=by, keep=keep) for word in one.words]


def activity(key: str) -> Activity:
    return Activity.objects.get(exercise__plan_key=PLAN, exercise__year=YEAR, key=key)


def test_a_clean_file_is_the_programme(empty: Exercise, author: Actor) -> None:
    source = book(ours())
    with on(1, 6):
        bringing.bring(exports.read([Brought("poa.xlsx", source)], plan_key=PLAN).arrival, by=author, keep=True)
    assert list(empty.programmes.values_list("key", "name", "kind", "needs_matrix")) == [
        ("P01", "Uno", "institutional", True),
        ("P02", "Uno", "specific", False),
    ]
    rows = MatrixRow.objects.filter(programme__exercise=empty).values_list("position", "level", "assumptions")
    assert list(rows) == [(1, "fin", "Que llueva"), (2, "proposito", "No aplica: Depende de nosotros")]
    first, second = activity("A-01"), activity("A-02")
    assert (first.area, first.unit, first.gender, first.districts) == ("secretaria-administrativa", "talleres", True, [])
    assert (second.population, second.cumulative) == ("No aplica: Es interna", False)
    assert second.districts == ["distrito-01", "distrito-02"]
    assert list(first.shares.values_list("line", "share")) == [("linea-1.1", 3_333), ("linea-1.2", 6_667)]
    assert list(first.goals.values_list("month", "programmed", "adjusted")) == [(1, 1_000, None), (3, 2_500, None)]
    digest = hashlib.sha256(source).hexdigest()
    empty.refresh_from_db()
    assert empty.source_sha256 == digest and files.read(digest) == source
    fact = Fact.objects.get(name="annual.poa_imported")
    assert fact.details == {
        "plan": PLAN,
        "year": YEAR,
        "source_sha256": digest,
        "programmes": {"added": 2, "changed": 0, "dropped": 0},
        "activities": {"added": 2, "changed": 0, "dropped": 0},
    }


def test_what_goes_out_comes_in_as_the_same(empty: Exercise, author: Actor) -> None:
    bring(ours(), author)
    out = exports.to_xlsx(empty)
    before = exports.file_of(empty)
    with on(1, 7):
        again = exports.read([Brought("poa.xlsx", out)], plan_key=PLAN)
        taken = bringing.bring(again.arrival, by=author, keep=True)
    assert [word for one in taken for word in one.words] == ["Programas: sin cambios.", "Actividades: sin cambios."]
    assert exports.file_of(empty) == before and exports.to_xlsx(empty) == out
    assert again.warnings == ()


def test_the_demonstration_goes_out_and_comes_in_as_the_same(author: Actor) -> None:
    """The invented year, of many activities, into a draft of another year."""
    told = exports.file_of(Exercise.objects.exclude(year=YEAR).get(plan_key=PLAN))
    moved = dataclasses.replace(told, year=YEAR, **{
        name: tuple(dataclasses.replace(row, year=YEAR) for row in getattr(told, name))
        for name in ("programmes", "matrix", "activities", "shares", "goals")
    })  # fmt: skip
    with on(1, 5):
        draft = actions.open_exercise(inputs.OpenExercise(PLAN, YEAR), by=author).result
        reading = exports.read([Brought("poa.xlsx", write_xlsx(moved))], plan_key=PLAN)
        bringing.bring(reading.arrival, by=author, keep=True)
    assert len(moved.activities or ()) > 20
    assert exports.file_of(draft) == moved


def test_a_table_that_comes_replaces_and_the_others_stay(empty: Exercise, author: Actor) -> None:
    bring(ours(), author)
    goals = ours("Metas")
    goals["Metas"][1][:] = [[YEAR, "A-01", "talleres", 9, *[None] * 11, 9]]
    assert bring(goals, author) == ["Programas: sin cambios.", "Actividades: cambian 2."]
    assert list(activity("A-01").goals.values_list("month", "programmed")) == [(1, 9_000)]
    assert not activity("A-02").goals.exists() and activity("A-01").shares.count() == 2
    less = ours("Programas", "Matriz", "Actividades")
    less["Actividades"][1].pop(0)
    less["Programas"][1].pop(0)
    less["Matriz"][1].clear()
    assert bring(less, author) == ["Programas: se quitan 1.", "Actividades: se quitan 1."]
    assert list(empty.activities.values_list("key", flat=True)) == ["A-02"]
    assert list(empty.programmes.values_list("key", flat=True)) == ["P02"]


def test_an_activity_moves_to_a_new_programme_while_the_old_one_goes(empty: Exercise, author: Actor) -> None:
    bring(ours(), author)
    moved = ours("Programas", "Matriz", "Actividades")
    moved["Programas"][1][1][1] = "P03"
    for row in moved["Actividades"][1]:
        row[2] = "P03"
    assert bring(moved, author) == ["Programas: se agregan 1, se quitan 1.", "Actividades: cambian 2."]
    assert activity("A-01").programme.key == "P03"


def test_a_rehearsal_says_the_same_and_keeps_nothing(empty: Exercise, author: Actor) -> None:
    counted = ledger.counts()
    words = bring(ours(), author, keep=False)
    assert ledger.counts() == counted and not empty.programmes.exists()
    assert bring(ours(), author) == words == ["Programas: se agregan 2.", "Actividades: se agregan 2."]


def test_what_only_the_institute_knows_is_told_with_its_place(empty: Exercise, author: Actor) -> None:
    sheets = ours()
    first, second = sheets["Actividades"][1]
    first[5], first[6] = "secretaria-administrativo", "nadie"
    second[6], second[10] = "consejo-general-presidencia", "distrito-01; distrito-99"
    sheets["Líneas"][1][2][2] = "9.9"
    counted = ledger.counts()
    with pytest.raises(RecordErrors) as caught:
        bring(sheets, author)
    assert [(one.sheet, one.row, one.column, one.value) for one in caught.value.defects] == [
        ("Actividades", 2, "columna 6 (Clave del área)", "secretaria-administrativo"),
        ("Actividades", 3, "columna 7 (Clave del puesto)", "consejo-general-presidencia"),
        ("Actividades", 3, "columna 11 (Distritos)", "distrito-99"),
        ("Líneas", 4, "columna 3 (Línea)", "9.9"),
    ]
    assert "¿quiso decir «secretaria-administrativa»?" in caught.value.defects[0].rule
    assert ledger.counts() == counted


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_a_book_with_planted_errors_changes_nothing(name: str, empty: Exercise, author: Actor) -> None:
    bring(ours(), author)
    tables = (Programme, MatrixRow, Activity, Share, Goal)
    before = [list(table._default_manager.order_by("pk").values()) for table in tables], ledger.counts()
    with pytest.raises(RecordErrors), on(1, 7):
        bringing.bring(exports.read([Brought(name, BOOKS[name]())], plan_key=PLAN).arrival, by=author, keep=True)
    assert ([list(table._default_manager.order_by("pk").values()) for table in tables], ledger.counts()) == before


def test_only_a_draft_takes_a_file(empty: Exercise, author: Actor, approve_it: Callable[[], None]) -> None:
    bring(ours(), author)
    approve_it()
    with pytest.raises(Refused, match="Ya aprobado, sus metas se cambian con un ajuste"):
        bring(ours(), author)


@pytest.fixture
def approve_it(empty: Exercise, author: Actor, reviewer: Actor) -> Callable[[], None]:
    def approved() -> None:
        sheets = ours()
        levels = [[YEAR, "P01", level, "Algo", "Cuánto", "Informe", "Que llueva", None] for level in ("Componente", "Actividad")]
        sheets["Matriz"][1].extend(levels)
        sheets["Actividades"][1][0][2] = "P01"
        bring(sheets, author)
        with on(1, 20):
            actions.submit_exercise(inputs.SubmitExercise(empty.pk), by=author)
            command = inputs.ApproveExercise(empty.pk, "Acuerdo 1", dt.date(YEAR, 1, 20))
            actions.approve_exercise(command, by=reviewer)

    return approved


def test_who_brings_it_does_not_approve_it(empty: Exercise, author: Actor, reviewer: Actor) -> None:
    assert "annual.poa_imported" in WRITINGS
    with pytest.raises(Forbidden):
        bring(ours(), reviewer)


def test_a_person_of_another_area_is_refused(empty: Exercise) -> None:
    with pytest.raises((Refused, Forbidden)):
        bring(ours(), actor_named("distrito"))


def test_without_an_exercise_nothing_is_taken(author: Actor) -> None:
    with pytest.raises(Refused, match="No hay un programa anual 2031"):
        bring(ours(), author)


def test_what_changed_meanwhile_is_not_written_over(empty: Exercise, author: Actor) -> None:
    waiting = arrival(ours())
    with on(1, 6):
        actions.write_programme(inputs.WriteProgramme(empty.pk, "09", "Otro", "institutional"), by=author)
    with pytest.raises(Refused, match="cambió mientras"), on(1, 6):
        bringing.bring(waiting, by=author, keep=True)


def test_several_files_are_kept_as_one_archive(empty: Exercise, author: Actor) -> None:
    sheets = [Brought(f"{name}.xlsx", book(ours(name))) for name in ("Metas", "Programas", "Matriz", "Actividades", "Líneas")]
    with on(1, 6):
        found = exports.read(sheets, plan_key=PLAN).arrival
        bringing.bring(found, by=author, keep=True)
    empty.refresh_from_db()
    kept = files.read(empty.source_sha256)
    assert all(source.content in kept for source in sheets)
    assert exports.read(sheets[::-1], plan_key=PLAN).arrival.original == found.original == kept
