"""What the rows of the annual programme's files say, once read and found right.

Every one carries `row`, the row of its sheet, so that whoever knows more (which areas there are) can name the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProgrammeKind(StrEnum):
    """Of all years, or of this time."""

    INSTITUTIONAL = "institutional"
    SPECIFIC = "specific"


class Level(StrEnum):
    """Of a row of a matrix, from the farthest aim to what is done."""

    FIN = "fin"
    PROPOSITO = "proposito"
    COMPONENTE = "componente"
    ACTIVIDAD = "actividad"


class Moment(StrEnum):
    """Of the money. What was modified is not typed: it is what was approved, with increases and reductions."""

    APPROVED = "approved"
    INCREASE = "increase"
    REDUCTION = "reduction"
    COMMITTED = "committed"
    ACCRUED = "accrued"
    EXERCISED = "exercised"
    PAID = "paid"


def kept_entry(moment: Moment, amount: int) -> tuple[str, int]:
    """Moment and cents of the entry for an amount as it is typed: a reduction is money taken away."""
    if moment in (Moment.INCREASE, Moment.REDUCTION):
        return "change", amount if moment is Moment.INCREASE else -amount
    return moment.value, amount


def typed_entry(moment: str, cents: int) -> tuple[Moment, int]:
    """What is typed for the entry of a moment: the other way round."""
    if moment == "change":
        return (Moment.INCREASE, cents) if cents > 0 else (Moment.REDUCTION, -cents)
    return Moment(moment), cents


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme of the year."""

    row: int
    year: int
    key: str
    name: str
    kind: ProgrammeKind
    needs_matrix: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a programme's matrix; `position` from 1 within its programme, as they come."""

    row: int
    year: int
    programme: str
    position: int
    level: Level
    summary: str
    indicator: str
    verification: str
    assumptions: str  # "No aplica: " and the reason, where there are none


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An institutional activity. `area`, `post` and `districts` are keys; no districts: the whole city."""

    row: int
    year: int
    key: str
    programme: str
    name: str
    description: str
    area: str
    post: str
    unit: str
    population: str  # "No aplica: " and the reason, where there is none
    districts: tuple[str, ...]
    gender: bool
    rights: bool
    cumulative: bool
    counted: bool
    of_people: bool | None  # None: a row of before it was asked


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How much of an activity serves a line (its number, "1.3"), in hundredths of a percent."""

    row: int
    year: int
    activity: str
    line: str
    share: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """The goals of an activity: twelve months in thousandths of its unit; None where a month has no goal."""

    row: int
    year: int
    activity: str
    unit: str
    months: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A fact of the budget. `source` and `partida` are keys; `month` 1 to 12; `amount` in cents, as it was typed.

    An increase and a reduction are typed above zero; those of one `document` balance.
    """

    row: int
    year: int
    area: str
    programme: str
    activity: str
    source: str
    partida: str
    month: int
    moment: Moment
    document: str
    amount: int

    @property
    def kept(self) -> tuple[str, int]:
        """Moment and cents of its entry, as docs/spec/budget.md says them (section 1)."""
        return kept_entry(self.moment, self.amount)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One time that an activity gave something to people; `district` is a key, empty where it was none in particular."""

    row: int
    on: date
    activity: str
    district: str
    units: int
    women: int
    men: int
    unsaid: int


@dataclass(frozen=True, slots=True)
class AnnualFile:
    """All that was brought together. None: that table did not come; an empty one came without rows.

    `year`: of every row; None where nothing that came tells one.
    """

    year: int | None = None
    programmes: tuple[ProgrammeRow, ...] | None = None
    matrix: tuple[MatrixRow, ...] | None = None
    activities: tuple[ActivityRow, ...] | None = None
    shares: tuple[ShareRow, ...] | None = None
    goals: tuple[GoalRow, ...] | None = None
    budget: tuple[BudgetRow, ...] | None = None
    deliveries: tuple[DeliveryRow, ...] | None = None
