"""An institutional programme as plain frozen data, and the same as JSON.

Every text is kept verbatim: nothing is trimmed, corrected or normalised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calpulli_core.calendars.periods import ORDINALS, Period

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

# The order of column 8 (docs/spec/bundle.md, section 6).
GROUPS = ("strengths", "opportunities", "weaknesses", "threats")


@dataclass(frozen=True, slots=True)
class Institution:
    """Who the programme belongs to."""

    name: str
    acronym: str


@dataclass(frozen=True, slots=True)
class SourceDates:
    """The dates that the source itself prints, for the one period that it reports."""

    updated_on: date
    validated_on: date


@dataclass(frozen=True, slots=True)
class UpdatePeriod:
    """How often the record is updated, in the source's words; the term in natural days."""

    text: str
    frequency: str
    deadline: str
    deadline_calendar_days: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of action; ``number`` is ``objective.position``, both from 1."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Objective:
    """A strategic objective, numbered from 1, with at least one line."""

    number: int
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Swot:
    """The diagnosis: four groups of items, each in the source's order."""

    strengths: tuple[str, ...]
    opportunities: tuple[str, ...]
    weaknesses: tuple[str, ...]
    threats: tuple[str, ...]

    def group(self, name: str) -> tuple[str, ...]:
        """The items of one of ``GROUPS``."""
        items: tuple[str, ...] = getattr(self, name)
        return items


@dataclass(frozen=True, slots=True)
class SwotHeadings:
    """The four headings of the diagnosis, all different."""

    strengths: str
    opportunities: str
    weaknesses: str
    threats: str

    def group(self, name: str) -> str:
        """The heading of one of ``GROUPS``."""
        heading: str = getattr(self, name)
        return heading


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme whole. The last three are None where the source (or an own plan) has none."""

    institution: Institution
    legal_basis: str
    legal_basis_item: str
    responsible_area: str
    note: str
    mission: str
    vision: str
    objectives: tuple[Objective, ...]
    swot: Swot
    swot_headings: SwotHeadings
    period_reported: str | None = None
    dates: SourceDates | None = None
    update_period: UpdatePeriod | None = None

    def reported_period(self) -> Period | None:
        """The quarter that the source reports: its ordinal, and the year of its update date."""
        words = (self.period_reported or "").lower().split()
        if self.dates is None or len(words) != 2 or words[1] != "trimestre":
            return None
        if words[0] not in ORDINALS:
            return None
        return Period(self.dates.updated_on.year, ORDINALS.index(words[0]) + 1)

    def as_json(self) -> dict[str, Json]:
        """The programme with the keys of ``programme.json``, provenance aside; absent is null."""
        return {
            "institution": {"acronym": self.institution.acronym, "name": self.institution.name},
            "legal_basis": self.legal_basis,
            "legal_basis_item": self.legal_basis_item,
            "responsible_area": self.responsible_area,
            "note": self.note,
            "mission": self.mission,
            "vision": self.vision,
            "objectives": [_objective(one) for one in self.objectives],
            "swot": {name: [*self.swot.group(name)] for name in GROUPS},
            "swot_headings": {name: self.swot_headings.group(name) for name in GROUPS},
            "period_reported": self.period_reported,
            "dates": _dates(self.dates, "%d/%m/%Y"),
            "dates_iso": _dates(self.dates, "%Y-%m-%d"),
            "update_period": _update_period(self.update_period),
        }


def _objective(objective: Objective) -> dict[str, Json]:
    lines: list[Json] = [{"number": line.number, "text": line.text} for line in objective.lines]
    return {"number": objective.number, "text": objective.text, "lines": lines}


def _dates(dates: SourceDates | None, form: str) -> Json:
    if dates is None:
        return None
    updated, validated = dates.updated_on.strftime(form), dates.validated_on.strftime(form)
    return {"updated": updated, "validated": validated}


def _update_period(told: UpdatePeriod | None) -> Json:
    if told is None:
        return None
    return {
        "text": told.text,
        "frequency": told.frequency,
        "deadline": told.deadline,
        "deadline_calendar_days": told.deadline_calendar_days,
    }
