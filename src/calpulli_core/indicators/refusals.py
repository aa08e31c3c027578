"""What is wrong with a formula, in words that a planner understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing: the place in the text (from 1), what stands there, the rule and the remedy, in Spanish."""

    place: int
    found: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"Lugar {self.place}, «{self.found}»: {self.rule} {self.remedy}"


class FormulaErrors(ValueError):  # noqa: N818 - it holds many
    """All that is wrong with a formula."""

    def __init__(self, *defects: Defect) -> None:
        self.defects: Sequence[Defect] = defects
        super().__init__("\n".join(map(str, defects)))
