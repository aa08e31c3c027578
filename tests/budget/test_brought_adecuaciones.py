"""Adecuaciones that a file brings wait for another person, whoever brings them and by whatever road."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from calpulli.annual.models import Exercise
from calpulli.budget import actions, queries
from calpulli.budget.actions.entering import Imported
from calpulli.budget.inputs import DecideAdecuacion, EntryRow, ImportBudget, Movement, ProposeAdecuacion
from calpulli.budget.models import Adecuacion, BudgetBatch, BudgetEntry
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger.doors import check_ledger
from calpulli_core.budget import Balance
from calpulli_core.formats.defects import RecordErrors
from tests.budget.conftest import YEAR, row
from tests.core.formats.annual.planting import BUDGET, book, entry

pytestmark = pytest.mark.django_db
CHANGE = (
    row(moment="change", cents=-30_000, document="AD-7"),
    row(moment="change", cents=30_000, partida="1131", document="AD-7"),
)


def bring(programme: queries.YearProgramme, *rows: EntryRow, by: Actor, source: bytes = b"") -> Imported:
    return actions.import_budget(ImportBudget(programme.plan_key, YEAR, "OF-1", list(rows), source), by=by).result


def changed() -> int:
    return BudgetEntry.objects.filter(year=YEAR, moment="change").count()


def test_it_waits_and_no_balance_counts_it_until_another_person_approves(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    done = bring(programme, row(), *CHANGE, by=author, source=b"un archivo")
    (one,) = done.waiting
    assert (done.count, one.state, one.document, one.reason, str(one.author_id)) == (1, "proposed", "AD-7", "", author.account)
    assert one.source_sha256 == BudgetBatch.objects.get(pk=done.batch.pk).source_sha256 != ""  # type: ignore[union-attr]
    assert changed() == 0
    assert queries.total(queries.purses(YEAR)) == Balance(approved=100_000)
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    assert {told.partida: told.balance.modified for told in queries.purses(YEAR)} == {"2111": 70_000, "1131": 30_000}
    assert [breach.message for breach in check_ledger([])] == []


def test_whoever_brought_it_does_not_approve_it_even_with_both_roles(programme: queries.YearProgramme, author: Actor) -> None:
    (one,) = bring(programme, row(), *CHANGE, by=author).waiting
    both = Actor(author.ref, author.roles | {"reviewer"}, author.account, author.scopes | {("reviewer", "*")})
    with pytest.raises(Refused, match="otra persona"):
        actions.approve_adecuacion(DecideAdecuacion(one.pk), by=both)
    assert changed() == 0


def test_the_operator_brings_and_does_not_approve(programme: queries.YearProgramme, reviewer: Actor) -> None:
    operator = Actor.system("orden")
    done = bring(programme, row(), *CHANGE, by=operator)
    (one,) = done.waiting
    assert (one.author_id, changed()) == (None, 0)
    with pytest.raises(Forbidden):
        actions.approve_adecuacion(DecideAdecuacion(one.pk), by=operator)
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    assert changed() == 2


def test_a_file_of_adecuaciones_alone_leaves_no_entries(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author)
    done = bring(programme, *CHANGE, by=author, source=b"otro")
    assert (done.batch, done.count, len(done.waiting)) == (None, 0, 1)


def test_each_document_is_an_adecuacion_of_its_own(programme: queries.YearProgramme, author: Actor) -> None:
    other = tuple(one._replace(document="AD-8") for one in CHANGE)
    done = bring(programme, row(), CHANGE[0], other[0], CHANGE[1], other[1], by=author)
    assert [(one.document, len(one.movements)) for one in done.waiting] == [("AD-7", 2), ("AD-8", 2)]


def test_one_that_is_known_or_takes_what_is_committed_is_told_with_its_row_and_nothing_is_kept(
    programme: queries.YearProgramme, author: Actor
) -> None:
    movements = (Movement(*row()[1:6], 1, -1), Movement(*row(partida="1131")[1:6], 1, 1))
    bring(programme, row(), by=author)
    actions.propose_adecuacion(ProposeAdecuacion(programme.plan_key, YEAR, "AD-7", "Hace falta.", movements), by=author)
    with pytest.raises(RecordErrors) as known:
        bring(programme, row(month=5), *CHANGE, by=author)
    assert [(one.row, one.value, one.rule) for one in known.value.defects] == [
        (2, "AD-7", "Ya hay una adecuación con el documento «AD-7».")
    ]
    rows = (row(moment="committed", cents=70_001), *(one._replace(document="AD-9") for one in CHANGE))
    with pytest.raises(RecordErrors) as overdrawn:
        bring(programme, *rows, by=author)
    assert [(one.row, one.rule) for one in overdrawn.value.defects] == [
        (2, "A «A-1», partida 2111, le quedarían $700.00 y tiene comprometidos $700.01.")
    ]
    assert queries.total(queries.purses(YEAR)) == Balance(approved=100_000)
    assert Adecuacion.objects.filter(year=YEAR).count() == 1


def test_what_is_known_is_told_together_with_what_is_wrong_in_the_rows(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), *CHANGE, by=author)
    with pytest.raises(RecordErrors) as told:
        bring(programme, row(partida="9999", month=5), *CHANGE, by=author)
    assert [(one.row, one.value) for one in told.value.defects] == [(1, "9999"), (2, "AD-7")]


def book_of(tmp_path: Path) -> tuple[Path, int]:
    """A workbook of the demonstration's own year: money, and an adecuación of it."""
    exercise = Exercise.objects.get(plan_key="demo-2026")
    one = exercise.activities.select_related("programme").order_by("key")[0]
    plain = {"year": exercise.year, "area": one.area, "programme": one.programme.key, "activity": one.key,
             "source": "recursos-fiscales", "partida": "1131"}  # fmt: skip
    move = plain | {"document": "AD-ORDEN", "amount": "12.10", "month": "Marzo"}
    rows = [
        entry(**plain, moment="Comprometido"),
        entry(**move | {"moment": "Ampliación", "partida": "2111"}),
        entry(**move | {"moment": "Reducción"}),
    ]
    file = tmp_path / "presupuesto.xlsx"
    file.write_bytes(book({"Presupuesto": (BUDGET, rows)}))
    return file, exercise.year


def test_by_the_command_line_it_waits_too_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, year = book_of(tmp_path)
    before = BudgetEntry.objects.filter(year=year, moment="change").count()
    call_command("poa", "import", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["done"] == [
        "Presupuesto: 1 movimiento.",
        "Cambios del presupuesto: 1 (AD-ORDEN). Espera a otra persona que lo apruebe; mientras, nada cambia.",
    ]
    assert BudgetEntry.objects.filter(year=year, moment="change").count() == before
    one = Adecuacion.objects.get(document="AD-ORDEN")
    assert (one.state, one.author_id) == ("proposed", None)
    with pytest.raises(CommandError):
        call_command("poa", "import", str(file), "--json")
