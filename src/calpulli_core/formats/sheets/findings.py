"""Collects what is wrong with a file of tables, each with the key of its rule, and what is only worth a look."""

from __future__ import annotations

from dataclasses import dataclass, field

from calpulli_core.formats.defects import Defect, RecordErrors

from .rules import told


@dataclass(frozen=True, slots=True)
class Fault(Defect):
    """A defect with the key of its rule (`rules.RULES`)."""

    key: str = ""


@dataclass(slots=True)
class Faults:
    """Defects, and warnings that refuse nothing, of one sheet; all sheets of a file share the lists."""

    sheet: str | None = None
    defects: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def add(self, row: int | None, column: str | None, value: object, rule: str, **found: object) -> None:
        """Note one defect."""
        self.defects.append(self._fault(row, column, value, rule, found))

    def warn(self, row: int | None, column: str | None, value: object, rule: str, **found: object) -> None:
        """Note what is worth a look."""
        self.warnings.append(self._fault(row, column, value, rule, found))

    def of(self, sheet: str | None) -> Faults:
        """The same lists, seen from another sheet."""
        return Faults(sheet, self.defects, self.warnings)

    def refuse_if_any(self) -> None:
        """Raise RecordErrors when something was found."""
        if self.defects:
            raise RecordErrors(self.defects)

    def _fault(self, row: int | None, column: str | None, value: object, rule: str, found: dict[str, object]) -> Fault:
        sentence, remedy = told(rule, **found)
        return Fault(self.sheet, row, column, shown(value), sentence, remedy, rule)


def shown(value: object) -> str:
    """A cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
