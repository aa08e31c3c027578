"""What was brought goes out as a file, and that file brings the same again."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from calpulli.annual import exports
from calpulli.annual.models import Exercise
from calpulli.budget import actions, queries
from calpulli.budget.inputs import DecideAdecuacion, EntryRow, ImportBudget
from calpulli.commons.act import Actor
from calpulli.commons.registries.bringing import bring
from calpulli_core.formats.annual.reading import Brought, read_files
from calpulli_core.formats.annual.rows import BudgetRow
from calpulli_core.formats.defects import RecordErrors
from tests.budget.conftest import YEAR, row
from tests.core.formats.annual.planting import BUDGET, book, csv

pytestmark = pytest.mark.django_db
MONTHS = (
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
)
OWNERS = (("secretaria-administrativa", "A-1"), ("direccion-educacion", "A-2"))
SOURCES = ("recursos-fiscales", "ingresos-propios")
Cells = list[object]


def invented(dice: random.Random) -> list[Cells]:
    """Rows as somebody would type them: signs, zeros on the left, cents, equal rows, adecuaciones that balance."""
    rows: list[Cells] = []
    for place in range(dice.randrange(1, 40)):
        moment = dice.choice(("Aprobado", "Comprometido", "Devengado", "Ejercido", "Pagado"))
        amount = f"{dice.choice((1, 99, 10**6, 10**11 + 1, -5)) / 100:.2f}"
        rows += [typed(dice, moment, f"DOC «{place}»", amount)] * dice.choice((1, 1, 1, 2))
    for place in range(dice.randrange(3)):
        cents = dice.randrange(1, 10**9)
        part = dice.randrange(cents) or cents
        told = [("Ampliación", part), ("Ampliación", cents - part), ("Reducción", cents)]
        # Of purses of which nothing is committed: what is taken there is free.
        rows += [typed(dice, moment, f"AD-{place}", f"{one / 100:.2f}", "2211") for moment, one in told if one]
    return [*_free(), *rows]


def _free() -> list[Cells]:
    """So much of every purse of one partida that any adecuación can take from it."""
    purses = [(*owner, source) for owner in OWNERS for source in SOURCES]
    return [
        [YEAR, area, "P1", activity, source, "2211", "Enero", "Aprobado", "LIBRE", "99999999.99"]
        for area, activity, source in purses
    ]


def typed(dice: random.Random, moment: str, document: str, amount: str, partida: str = "") -> Cells:
    area, activity = dice.choice(OWNERS)
    source = dice.choice(SOURCES)
    return [
        YEAR,
        area,
        "P1",
        activity,
        source,
        partida or dice.choice(("1131", "2111")),
        dice.choice(MONTHS),
        moment,
        document,
        amount,
    ]


def brought(content: bytes, programme: queries.YearProgramme, author: Actor, reviewer: Actor) -> Exercise:
    """The file, with its adecuaciones approved in the order in which they came."""
    source = Brought("presupuesto.xlsx", content)
    bring(exports.read([source], plan_key=programme.plan_key).arrival, by=author, keep=True)
    for one in queries.waiting():
        if one.year == YEAR:
            actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    return Exercise.objects.get(plan_key=programme.plan_key, year=YEAR)


def plain(content: bytes) -> Counter[tuple[object, ...]]:
    rows: tuple[BudgetRow, ...] = read_files([Brought("b", content)]).file.budget or ()
    return Counter(tuple(getattr(row, name) for name in BudgetRow.__slots__ if name != "row") for row in rows)


@pytest.mark.parametrize("seed", range(12))
def test_what_goes_out_brings_the_same_again(programme: queries.YearProgramme, author: Actor, reviewer: Actor, seed: int) -> None:
    typed_in = book({"Presupuesto": (BUDGET, invented(random.Random(seed)))})
    outs, sums = [], []
    for content in (typed_in, None):
        with transaction.atomic():
            exercise = brought(content or outs[0], programme, author, reviewer)
            outs.append(exports.entries_xlsx(exercise))
            sums.append([(one.key, one.balance) for one in queries.purses(YEAR)])
            transaction.set_rollback(True)
    assert plain(typed_in) == plain(outs[0]) == plain(outs[1])
    assert outs[0] == outs[1] and sums[0] == sums[1] != []


def test_what_was_approved_without_a_document_does_not_come_twice(programme: queries.YearProgramme, author: Actor) -> None:
    """Neither as it goes out, under the name of its batch, nor in a batch of another name: and nothing of it waits."""
    rows = [row(document=""), row(document="", month=2, cents=25_050), row(month=3, cents=700)]
    _entered(programme, author, "Presupuesto de prueba", rows)
    out = exports.entries_xlsx(Exercise.objects.get(plan_key=programme.plan_key, year=YEAR))
    reading = exports.read([Brought("salida.xlsx", out)], plan_key=programme.plan_key)
    with pytest.raises(RecordErrors) as brought_again:
        bring(reading.arrival, by=author, keep=True)
    with pytest.raises(RecordErrors) as renamed:
        _entered(programme, author, "Otro nombre", [*rows[:2], row(document="", month=4)])
    assert [one.row for one in brought_again.value.defects] == [2, 3, 4]
    assert [one.row for one in renamed.value.defects] == [1, 2]
    assert queries.total(queries.purses(YEAR)).approved == 125_750
    assert not [one for one in queries.waiting() if one.year == YEAR]


def _entered(programme: queries.YearProgramme, author: Actor, document: str, rows: list[EntryRow]) -> None:
    actions.import_budget(ImportBudget(programme.plan_key, YEAR, document, rows), by=author)


def test_by_the_command_line_too(tmp_path: Path) -> None:
    file, sheet = tmp_path / "b.xlsx", tmp_path / "b.csv"
    call_command("poa", "export", "--year", "2026", "--budget", "--output", str(file))
    call_command("poa", "export", "--year", "2026", "--sheet", "presupuesto", "--output", str(sheet))
    told = plain(file.read_bytes())
    assert told == plain(sheet.read_bytes())
    cents = sum(row[-1] * count for row, count in told.items() if row[7] == "approved")  # type: ignore[operator]
    assert cents == queries.total(queries.purses(2026)).approved
    assert csv(BUDGET).encode().strip() in sheet.read_bytes()
