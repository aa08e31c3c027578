"""What each act is told. Amounts are thousandths of the activity's unit, shares hundredths of a percent, months 1 to 12."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from calpulli.commons import files


@dataclass(frozen=True)
class OpenExercise:
    """The annual programme of a year of a plan; `invented` is what pages must say of a demonstration's."""

    plan_key: str
    year: int
    invented: str = ""


@dataclass(frozen=True)
class MatrixLine:
    """A row of a programme's matrix."""

    level: str  # a value of `MatrixRow.Level`
    summary: str
    indicator: str = ""
    verification: str = ""
    assumptions: str = ""


@dataclass(frozen=True)
class WriteProgramme:
    """A programme whole: without `programme_id` it is a new one."""

    exercise_id: int
    key: str
    name: str
    kind: str  # a value of `Programme.Kind`
    needs_matrix: bool = False
    matrix: tuple[MatrixLine, ...] = ()
    programme_id: int | None = None


@dataclass(frozen=True)
class DropProgramme:
    """A programme without activities, that goes."""

    programme_id: int


@dataclass(frozen=True)
class WriteActivity:
    """An activity whole, with its shares and goals: without `activity_id` it is a new one.

    A draft may still lack shares or goals; those that it has must be right.
    """

    exercise_id: int
    programme: str  # its key
    key: str
    name: str
    area: str
    unit: str
    description: str = ""
    post: str = ""
    population: str = ""
    districts: tuple[str, ...] = ()
    gender: bool = False
    rights: bool = False
    cumulative: bool = True
    counted: bool = False
    of_people: bool | None = None  # what its unit counts; nobody sends it to review without the answer
    shares: Mapping[str, int] = field(default_factory=dict)  # by identifier of the line
    goals: Mapping[int, int] = field(default_factory=dict)  # by month
    activity_id: int | None = None


@dataclass(frozen=True)
class DropActivity:
    """An activity of a draft, that goes."""

    activity_id: int


@dataclass(frozen=True)
class SubmitExercise:
    """A draft that is complete."""

    exercise_id: int


@dataclass(frozen=True)
class ReturnExercise:
    """Why it goes back to who plans."""

    exercise_id: int
    reason: str


@dataclass(frozen=True)
class ApproveExercise:
    """The agreement that approves it."""

    exercise_id: int
    agreement: str
    approved_on: dt.date
    agreement_url: str = ""


@dataclass(frozen=True)
class ProposeAdjustment:
    """New goals of an activity for months that have not ended; the others stay."""

    activity_id: int
    goals: Mapping[int, int]
    reason: str


@dataclass(frozen=True)
class DecideAdjustment:
    """Approved, or refused with the reason in `answer`."""

    adjustment_id: int
    answer: str = ""


@dataclass(frozen=True)
class NewEvidence:
    """A file that shows that a report is so."""

    title: str
    received: files.Received


@dataclass(frozen=True)
class SubmitReport:
    """What an area says of an activity in a quarter. `achieved` by month; nothing of it where deliveries are counted.

    `keep`: the evidence of the version before that goes with this one too, by key.
    """

    activity_id: int
    quarter: int
    achieved: Mapping[int, int] = field(default_factory=dict)
    cause: str = ""
    narrative: str = ""
    attach: tuple[NewEvidence, ...] = ()
    keep: tuple[int, ...] = ()


@dataclass(frozen=True)
class CorrectReport:
    """The same after an approval, with the reason."""

    report: SubmitReport
    reason: str


@dataclass(frozen=True)
class ReturnReport:
    """Why it goes back to its area."""

    report_id: int
    reason: str


@dataclass(frozen=True)
class DecideReport:
    """The version that is approved."""

    report_id: int


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery. `district`: the key of an office, or empty."""

    activity_id: int
    on: dt.date
    district: str
    units: int
    women: int = 0
    men: int = 0
    unsaid: int = 0


@dataclass(frozen=True)
class RecordDeliveries:
    """Deliveries that come together; `source_sha256` of the file that brought them.

    `confirmed`: the digest of what was asked about them (`actions.doubts`).
    """

    rows: tuple[DeliveryRow, ...]
    source_sha256: str = ""
    confirmed: str = ""


@dataclass(frozen=True)
class WithdrawDeliveries:
    """A batch that no longer counts, and why."""

    batch_id: int
    reason: str
