"""Entries come in whole or not at all; what is out of order is kept only by whoever saw it."""

from __future__ import annotations

import datetime as dt

import pytest

from calpulli.budget import actions, queries
from calpulli.budget.actions.entering import Imported
from calpulli.budget.inputs import DecideAdecuacion, EntryRow, ImportBudget, RecordSpending
from calpulli.budget.models import Adecuacion, BudgetBatch, BudgetEntry
from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger.doors import check_ledger
from calpulli.people.doors import actor_named
from calpulli_core.budget import Balance
from calpulli_core.formats.defects import RecordErrors
from tests.budget.conftest import YEAR, drafted, row

pytestmark = pytest.mark.django_db


def bring(programme: queries.YearProgramme, *rows: EntryRow, by: Actor, **more: object) -> Imported:
    command = ImportBudget(programme.plan_key, YEAR, "OF-1", list(rows), **more)  # type: ignore[arg-type]
    return actions.import_budget(command, by=by).result


def faults(programme: queries.YearProgramme, *rows: EntryRow, by: Actor) -> list[tuple[int | None, str | None]]:
    before = BudgetEntry.objects.count(), BudgetBatch.objects.count()
    with pytest.raises(RecordErrors) as errors:
        bring(programme, *rows, by=by)
    assert (BudgetEntry.objects.count(), BudgetBatch.objects.count()) == before
    assert all(one.rule and one.remedy for one in errors.value.defects)
    return [(one.row, one.column) for one in errors.value.defects]


def test_what_came_in_is_summed_and_the_ledger_answers_for_it(programme: queries.YearProgramme, author: Actor) -> None:
    done = bring(
        programme,
        row(),
        row(month=2, cents=50_000),
        row(moment="committed", cents=40_000, month=2),
        row(moment="committed", cents=-10_000, month=3),
        row(partida="1131", cents=7),
        by=author,
    )
    assert done.batch is not None
    assert (done.batch.count, done.batch.kind, done.batch.document, done.waiting) == (5, "import", "OF-1", ())
    first, second = queries.purses(YEAR)
    assert (first.partida, first.balance) == ("1131", Balance(approved=7))
    assert (second.partida, second.balance) == ("2111", Balance(approved=150_000, committed=30_000))
    assert queries.months(YEAR, "A-1")[2] == Balance(approved=50_000, committed=40_000)
    assert queries.total(queries.purses(YEAR)).modified == 150_007
    assert [breach.message for breach in check_ledger([])] == []


def test_every_fault_is_told_with_its_row_and_nothing_is_kept(programme: queries.YearProgramme, author: Actor) -> None:
    told = faults(
        programme,
        row(),
        row(year=YEAR - 1),
        row(area="nadie"),
        row(programme="P2"),
        row(activity="A-9"),
        row(source="herencia"),
        row(partida="131"),
        row(month=13),
        row(month=0),
        row(moment="modified"),
        row(cents=0),
        row(cents=10**15 + 1),
        row(moment="paid", document=""),
        by=author,
    )
    assert told == [
        (2, "Ejercicio"),
        (3, "Área"),
        (4, "Programa"),
        (5, "Actividad"),
        (6, "Fuente"),
        (7, "Partida"),
        (8, "Mes"),
        (9, "Mes"),
        (10, "Momento"),
        (11, "Importe"),
        (12, "Importe"),
        (13, "Documento"),
    ]


def test_one_row_may_have_several_faults_and_places_are_those_of_the_file(
    programme: queries.YearProgramme, author: Actor
) -> None:
    with pytest.raises(RecordErrors) as errors:
        bring(programme, row(), row(partida="99", month=40, cents=0), by=author, places=(5, 9))
    assert [(one.row, one.column) for one in errors.value.defects] == [(9, "Partida"), (9, "Mes"), (9, "Importe")]


def test_what_shares_a_fault_with_an_earlier_row_is_told_too(programme: queries.YearProgramme, author: Actor) -> None:
    assert faults(programme, row(partida="0"), row(partida="0", month=2), by=author) == [(1, "Partida"), (2, "Partida")]


def test_hundreds_of_faults_end_in_a_count(programme: queries.YearProgramme, author: Actor) -> None:
    told = faults(programme, *[row(partida="0")] * 700, by=author)
    assert len(told) == 501
    assert (None, None) in told


@pytest.mark.parametrize(
    ("cents", "right"), [((500, -500), True), ((500, -499), False), ((500,), False), ((500, -200, -300), True)]
)
def test_an_adecuacion_in_a_file_balances(
    programme: queries.YearProgramme, author: Actor, cents: tuple[int, ...], right: bool
) -> None:
    rows = [row(moment="change", cents=one, document="AD-9") for one in cents]
    if right:
        (one,) = bring(programme, *rows, by=author).waiting
        assert tuple(told[-1] for told in one.movements) == cents
    else:
        assert faults(programme, *rows, by=author) == [(1, "Documento")]


def test_two_documents_do_not_balance_each_other(programme: queries.YearProgramme, author: Actor) -> None:
    rows = [row(moment="change", cents=5, document="AD-1"), row(moment="change", cents=-5, document="AD-2")]
    assert faults(programme, *rows, by=author) == [(1, "Documento"), (2, "Documento")]


def test_the_same_file_does_not_come_in_twice(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author, source=b"x")
    with pytest.raises(Refused, match="ya entró"):
        bring(programme, row(month=2), by=author, source=b"x")
    assert queries.total(queries.purses(YEAR)).approved == 100_000


def test_an_empty_file_and_a_year_without_programme_are_refused(programme: queries.YearProgramme, author: Actor) -> None:
    with pytest.raises(Refused, match="ningún movimiento"):
        bring(programme, by=author)
    with pytest.raises(Refused, match="No hay programa anual 2098"):
        actions.import_budget(ImportBudget(programme.plan_key, 2098, "OF-1", [row(year=2098)]), by=author)


def test_a_draft_has_no_budget(programme: queries.YearProgramme, author: Actor) -> None:
    """What enters is public and stays; the activities of a draft are neither."""
    drafted(programme)
    with pytest.raises(Refused, match=f"El programa anual {YEAR} no está aprobado: su presupuesto se trae cuando lo esté"):
        bring(programme, row(), by=author)
    assert queries.purses(YEAR) == ()


def test_a_rehearsal_keeps_nothing(programme: queries.YearProgramme, author: Actor) -> None:
    actions.import_budget.rehearse(ImportBudget(programme.plan_key, YEAR, "OF-1", [row()]), by=author)
    assert queries.purses(YEAR) == ()


@pytest.mark.parametrize("who", ["educacion", "revision", "administracion", "distrito", "vecina"])
def test_only_whoever_answers_for_the_plan_imports(programme: queries.YearProgramme, who: str) -> None:
    with pytest.raises(Forbidden):
        bring(programme, row(), by=actor_named(who))


# -- one movement by form ---------------------------------------------------------------------------------------------------


def spend(programme: queries.YearProgramme, told: EntryRow, by: Actor, *, warned: bool = False) -> BudgetBatch:
    return actions.record_spending(RecordSpending(programme.plan_key, told, warned), by=by).result


def test_an_area_records_its_own_spending_and_no_other(programme: queries.YearProgramme, author: Actor) -> None:
    own = row(area="direccion-educacion", activity="A-2")
    bring(programme, own, row(), by=author)
    teacher = actor_named("educacion")
    batch = spend(programme, own._replace(moment="committed", cents=60_000), teacher)
    assert (batch.count, batch.kind) == (1, "spending")
    with pytest.raises(Forbidden):
        spend(programme, row(moment="committed", cents=5), teacher)
    spend(programme, own._replace(moment="committed", cents=1), author)  # who answers for the plan records any
    assert queries.total([one for one in queries.purses(YEAR) if one.activity == "A-2"]).committed == 60_001


def test_what_gets_out_of_order_is_asked_about_first(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author)
    wrong = row(moment="committed", cents=100_001)
    with pytest.raises(Refused) as refused:
        spend(programme, wrong, author)
    assert [(one.field, one.message.partition(".")[0]) for one in refused.value.problems] == [("warned", "Comprometido ($1,000")]
    spend(programme, wrong, author, warned=True)
    (flag,) = queries.flags(YEAR)
    assert (flag.disorder.lesser, flag.disorder.greater, flag.disorder.month) == ("committed", "modified", 1)
    # What was out of order before is not asked about again; what undoes it in another month leaves it told as settled.
    spend(programme, row(moment="committed", cents=1), author)
    spend(programme, row(moment="committed", cents=-2, month=2), author)
    (flag,) = queries.flags(YEAR)
    assert (flag.disorder.is_settled, flag.disorder.cents, flag.disorder.last) == (True, (100_002, 100_000), (100_000, 100_000))


@pytest.mark.parametrize("moment", ["approved", "change"])
def test_a_form_neither_approves_nor_changes(programme: queries.YearProgramme, author: Actor, moment: str) -> None:
    with pytest.raises(Refused):
        spend(programme, row(moment=moment), author, warned=True)
    assert queries.purses(YEAR) == ()


def test_what_was_undone_is_recorded_again(programme: queries.YearProgramme, author: Actor) -> None:
    """500, and by mistake in another month's document -500, and 500: of the same document, while the balance is 0."""
    bring(programme, row(), by=author)
    told = row(moment="committed", cents=50_000, document="F-1")
    spend(programme, told, author)
    for _again in range(2):
        with pytest.raises(Refused, match="Ya hay un movimiento igual"):
            spend(programme, told, author)
        spend(programme, told._replace(cents=-50_000), author)
        with pytest.raises(Refused):
            spend(programme, told._replace(cents=-50_000), author)
        spend(programme, told, author)
    assert queries.total(queries.purses(YEAR)).committed == 50_000


# -- months that have not come ------------------------------------------------------------------------------------------------


def in_march(told: EntryRow) -> list[str | None]:
    """The columns that are at fault when the entry is brought in March of its year."""
    checked = queries.Checked(queries.programme_of(YEAR), queries.classifier())  # type: ignore[arg-type]
    with clock.rehearse(dt.datetime(YEAR, 3, 31, 20, tzinfo=dt.UTC)):
        return [one.column for one in checked.defects([told], [])]


@pytest.mark.parametrize("moment", ["accrued", "exercised", "paid"])
def test_what_has_happened_is_of_a_month_that_has_come(programme: queries.YearProgramme, moment: str) -> None:
    assert in_march(row(moment=moment, month=3)) == []
    assert in_march(row(moment=moment, month=4)) == ["Mes"]
    assert in_march(row(moment=moment, month=12, cents=-1)) == ["Mes"]


@pytest.mark.parametrize("moment", ["approved", "committed"])
def test_what_is_given_or_promised_may_be_of_a_month_to_come(programme: queries.YearProgramme, moment: str) -> None:
    assert in_march(row(moment=moment, month=12)) == []


def test_the_month_is_that_of_the_institute_and_not_of_london(programme: queries.YearProgramme) -> None:
    checked = queries.Checked(programme, queries.classifier())
    with clock.rehearse(dt.datetime(YEAR, 4, 1, 3, tzinfo=dt.UTC)):  # the evening of 31 March in Mexico City
        assert [one.column for one in checked.defects([row(moment="paid", month=4)], [])] == ["Mes"]
    with clock.rehearse(dt.datetime(YEAR - 1, 12, 31, 20, tzinfo=dt.UTC)):
        assert [one.column for one in checked.defects([row(moment="paid")], [])] == ["Mes"]
    with clock.rehearse(dt.datetime(YEAR + 1, 1, 2, 20, tzinfo=dt.UTC)):
        assert checked.defects([row(moment="paid", month=12)], []) == []


def test_a_form_refuses_it_at_its_field(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author)
    with clock.rehearse(dt.datetime(YEAR, 3, 31, 20, tzinfo=dt.UTC)), pytest.raises(Refused, match="todavía no llega") as refused:
        spend(programme, row(moment="accrued", month=4), author, warned=True)
    assert [one.field for one in refused.value.problems] == ["month"]


def test_a_promise_for_december_does_not_tell_the_year_to_december(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), row(moment="committed", month=12, cents=1), by=author)
    assert queries.last_month(YEAR) is None
    bring(programme, row(moment="accrued", month=2, cents=1), by=author)
    assert queries.last_month(YEAR) == 2


# -- the same entry twice, and less than nothing --------------------------------------------------------------------------------


def test_the_same_rows_in_another_file_do_not_count_twice(programme: queries.YearProgramme, author: Actor) -> None:
    rows = [row(moment="committed", cents=5, document="C-1"), row(moment="committed", cents=6, document="C-2")]
    bring(programme, row(), *rows, by=author, source=b"x")
    again = [row(moment="committed", cents=7, document="C-3"), rows[1], rows[0]]
    assert faults(programme, *again, by=author) == [(2, "Documento"), (3, "Documento")]
    near = rows[0]._replace(document="C-1 bis"), rows[0]._replace(month=2), rows[0]._replace(cents=4)
    assert bring(programme, *near, by=author).count == 3


def test_the_same_movement_pressed_twice_is_kept_once(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author)
    once = row(moment="committed", cents=5, document="FAC-1")
    spend(programme, once, author)
    with pytest.raises(Refused, match="Ya hay un movimiento igual") as refused:
        spend(programme, once, author, warned=True)
    assert [one.field for one in refused.value.problems] == ["document"]
    assert queries.total(queries.purses(YEAR)).committed == 5


def test_what_undoes_takes_at_most_what_there_is(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), row(moment="committed", cents=100), by=author)
    with pytest.raises(Refused, match=r"Comprometido quedaría en −\$0\.01, y en esa bolsa hay \$1\.00") as refused:
        spend(programme, row(moment="committed", cents=-101), author, warned=True)
    assert [one.field for one in refused.value.problems] == ["amount"]
    spend(programme, row(moment="committed", cents=-100), author)
    assert queries.total(queries.purses(YEAR)).committed == 0


# -- the approved budget, once there is one --------------------------------------------------------------------------------------


def test_what_is_approved_later_waits_for_another_person(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    bring(programme, row(), by=author)
    for by in (author, Actor.system("orden")):
        more = row(cents=100_000_000_000, document=f"AC-{len(by.roles)}-{by.account}")
        done = bring(programme, more, by=by)
        assert (done.batch, [one.moment for one in done.waiting]) == (None, ["approved"])
    assert queries.total(queries.purses(YEAR)) == Balance(approved=100_000)
    (one, _other) = Adecuacion.objects.filter(year=YEAR).order_by("pk")
    with pytest.raises(Forbidden):
        actions.approve_adecuacion(DecideAdecuacion(one.pk), by=author)
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    assert queries.total(queries.purses(YEAR)) == Balance(approved=100_000_100_000)
    batch = BudgetBatch.objects.order_by("pk").last()
    assert batch is not None and batch.kind == "approved"


def test_what_was_brought_wrong_is_taken_back_by_two_people(
    programme: queries.YearProgramme, author: Actor, reviewer: Actor
) -> None:
    bring(programme, row(cents=3_000), by=author)
    (one,) = bring(programme, row(cents=-2_000, document="FE-1"), by=author).waiting
    actions.approve_adecuacion(DecideAdecuacion(one.pk), by=reviewer)
    assert queries.total(queries.purses(YEAR)) == Balance(approved=1_000)


def test_one_document_is_not_both(programme: queries.YearProgramme, author: Actor) -> None:
    bring(programme, row(), by=author)
    both = [row(cents=1, document="D"), row(moment="change", cents=-1, document="D"), row(moment="change", cents=1, document="D")]
    assert faults(programme, *both, by=author) == [(1, "Documento")]
