"""A rule: one number that a norm sets, with its article and the days on which it is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

UNITS = ("natural_days", "people")
UNCONFIRMED = "fuente por confirmar"


class NoRule(LookupError):  # noqa: N818 - reads as what is the case
    """No rule of that key is in force on that day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated parameter.

    ``value`` counts ``unit``s. ``valid_from`` and ``valid_until`` are both included; None is open.
    ``confirmed`` is False while nobody has checked the value against the legal text.
    """

    key: str
    value: int
    unit: str
    article: str
    source: str
    confirmed: bool
    valid_from: date | None = None
    valid_until: date | None = None

    def covers(self, on: date) -> bool:
        """True when the rule is in force on that day."""
        after_start = self.valid_from is None or self.valid_from <= on
        return after_start and (self.valid_until is None or on <= self.valid_until)

    def overlaps(self, other: Rule) -> bool:
        """True when both have the same key and share at least one day."""
        start, end = self.valid_from or date.min, self.valid_until or date.max
        meets = start <= (other.valid_until or date.max) and (other.valid_from or date.min) <= end
        return self.key == other.key and meets

    def as_json(self) -> dict[str, str | int | bool | None]:
        """The rule as a line of ``data/rules.jsonl`` (docs/spec/bundle.md, section 7)."""
        return {
            "article": self.article,
            "confirmed": self.confirmed,
            "key": self.key,
            "source": self.source,
            "unit": self.unit,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "value": self.value,
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Rule:
        """The rule that `as_json` wrote; KeyError, TypeError or ValueError for anything else."""
        days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("valid_from", "valid_until")}
        return cls(**{**told, **days})


def in_force(rules: Iterable[Rule], *, key: str, on: date) -> Rule:
    """The rule of that key on that day; NoRule if there is none."""
    for rule in rules:
        if rule.key == key and rule.covers(on):
            return rule
    raise NoRule(
        f"No hay una regla «{key}» vigente el {on:%d/%m/%Y}: "
        "agréguela a las normas del instituto, con su artículo, su fuente y su vigencia, y adóptela."
    )
