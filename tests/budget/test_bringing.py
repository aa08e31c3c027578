"""The budget from a file, by the same road as the annual programme: whole or not at all."""

from __future__ import annotations

import pytest

from calpulli.annual import exports
from calpulli.annual.models import Exercise
from calpulli.budget.models import Adecuacion, BudgetBatch
from calpulli.commons.registries.bringing import bring
from calpulli.people.doors import actor_named
from calpulli_core.formats.annual.reading import Brought
from calpulli_core.formats.defects import RecordErrors
from tests.core.formats.annual.planting import BUDGET, book, entry

PLAN = "demo-2026"


def brought(*others: dict[str, object]) -> list[Brought]:
    """Rows of the demonstration's own year, of its first activity."""
    exercise = Exercise.objects.get(plan_key=PLAN)
    one = exercise.activities.select_related("programme").order_by("key")[0]
    plain = {"year": exercise.year, "area": one.area, "programme": one.programme.key, "activity": one.key,
             "source": "recursos-fiscales", "partida": "1131"}  # fmt: skip
    return [Brought("presupuesto.xlsx", book({"Presupuesto": (BUDGET, [entry(**{**plain, **other}) for other in others])}))]


def test_entries_come_with_their_sign_and_their_file(db: None) -> None:
    source = brought(
        {"amount": 1580325.45, "moment": "Comprometido"},
        {"moment": "Ampliación", "document": "AD-1", "amount": "12.10", "month": "Marzo"},
        {"moment": "Reducción", "document": "AD-1", "amount": 12.1, "month": "Marzo"},
    )
    taken = bring(exports.read(source, plan_key=PLAN).arrival, by=actor_named("area"), keep=True)
    (words,) = (one.words for one in taken)
    assert words[0] == "Presupuesto: 1 movimiento." and words[1].startswith("Cambios del presupuesto: 1 (AD-1).")
    batch = BudgetBatch.objects.order_by("pk").last()
    assert batch is not None and batch.document == "presupuesto.xlsx" and batch.source_sha256
    told = list(batch.entries.order_by("position").values_list("moment", "cents", "month", "partida"))
    assert told == [("committed", 158_032_545, 1, "1131")]
    waits = Adecuacion.objects.get(document="AD-1")
    assert (waits.state, waits.source_sha256) == ("proposed", batch.source_sha256)
    assert [one[-3:] for one in waits.movements] == [["1131", 3, 1_210], ["1131", 3, -1_210]]


def test_what_only_the_institute_knows_is_told_with_its_row(db: None) -> None:
    before = BudgetBatch.objects.count()
    source = brought({}, {"partida": "9999", "document": "B"}, {"source": "otra", "document": "C"})
    with pytest.raises(RecordErrors) as caught:
        bring(exports.read(source, plan_key=PLAN).arrival, by=actor_named("area"), keep=True)
    assert [(one.sheet, one.row, one.value) for one in caught.value.defects] == [
        ("Presupuesto", 3, "9999"),
        ("Presupuesto", 4, "otra"),
    ]
    assert BudgetBatch.objects.count() == before
