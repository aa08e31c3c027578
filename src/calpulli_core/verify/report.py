"""Faults and the verdict, for machines and for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from calpulli_core.board.descriptor import grouped

# In the order in which they are told.
CODES = (
    "unreadable",
    "missing",
    "undeclared",
    "malformed",
    "changed",
    "root",
    "signature",
    "key",
    "hash",
    "after",
    "ledger",
    "record",
    "deadline",
    "indicator",
)
TRUSTED, UNTRUSTED, INVALID = "contrastada", "no contrastada", "inválida"
SHOWN = 200

PROVES = (
    "Qué prueba: que no ha cambiado desde que se firmó y que el registro sale del programa por las reglas que se nombran; "
    "que continúa a los anteriores, solo con --after. Qué no: que lo anotado fuera cierto cuando se anotó."
)
UNTRUSTED_MEANS = (
    "La firma concuerda, pero no se contrastó con nada de fuera del paquete: quien lo hubiera rehecho entero pudo "
    "firmarlo con otra llave. Repita con --hash o --key HUELLA (impresa o guardada de antes) o con --after PAQUETE_ANTERIOR."
)

TRUSTED_MEANS = (
    "Concuerda con la huella, la llave o el paquete anterior que usted dio. Si dio una huella, debe venir de fuera del paquete y "
    "de los mensajes que vinieron con él: copiada de ahí, no prueba nada."
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: its code, the file (path or None), the record (number from 0, or None) and why, in Spanish.

    `key` names the record to a person, as `leaves.jsonl` has it.
    """

    code: str
    file: str | None
    record: int | None
    why: str
    key: str | None = None

    @property
    def message(self) -> str:
        """One line that stands alone: where, which record, what was expected."""
        where = self.file or "El paquete"
        if self.record is not None:
            where += f", renglón {self.record}" + (f" («{self.key}»)" if self.key is not None else "")
        return printable(f"{where}: {self.why}.")

    def as_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "code": self.code,
            "file": None if self.file is None else printable(self.file),
            "key": self.key,
            "message": self.message,
            "record": self.record,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict: `bundle` says which one it is (None if that cannot be told), `fingerprint` who signed it."""

    faults: tuple[Fault, ...]
    signature: str = INVALID
    bundle: Mapping[str, Any] | None = None
    fingerprint: str | None = field(default=None, kw_only=True)
    recomputed: str | None = field(default=None, kw_only=True)  # what was computed again of a bundle of version 2, in words

    @property
    def ok(self) -> bool:
        """Íntegro: no fault at all."""
        return not self.faults

    def as_json(self) -> str:
        """One line of JSON (section 8)."""
        value = {
            "bundle": self.bundle,
            "faults": [fault.as_json() for fault in self.faults],
            "ok": self.ok,
            "signature": self.signature,
        }
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def as_text(self) -> str:
        """Lines for a person: verdict, bundle, faults, what it proves."""
        parts = [self._verdict(), *self._about(), *self._listed()]
        if self.recomputed is not None:
            parts.append(self.recomputed)
        if self.ok and self.signature == UNTRUSTED:
            parts.append(UNTRUSTED_MEANS)
        if self.ok and self.signature == TRUSTED:
            parts.append(TRUSTED_MEANS)
        return "\n".join([*parts, PROVES])

    def _verdict(self) -> str:
        if self.ok:
            return f"ÍNTEGRO — firma {self.signature}"
        count = len(self.faults)
        return f"ALTERADO: {count} {'falla' if count == 1 else 'fallas'} — firma {self.signature}"

    def _about(self) -> list[str]:
        if self.bundle is None:
            return []
        told = self.bundle
        title = f"Paquete {told['number']}: plan {told['plan']}, periodo {told['period']}, edición {told['edition']}"
        lines = [printable(title), f"Huella del paquete: {grouped(told['manifest_sha256'])}"]
        if self.fingerprint:
            lines.append(f"Huella de la llave: {grouped(self.fingerprint)}")
        return lines

    def _listed(self) -> list[str]:
        lines = [f"{number}. [{fault.code}] {fault.message}" for number, fault in enumerate(self.faults[:SHOWN], 1)]
        if len(self.faults) > SHOWN:
            lines.append(f"… y {len(self.faults) - SHOWN} fallas más; --json las da todas.")
        if any(fault.record is not None for fault in self.faults):
            lines.append("Los renglones se cuentan desde 0; en un .csv, el 0 es el encabezado.")
        return lines


def ordered(faults: Iterable[Fault], names: Mapping[str, list[str]]) -> tuple[Fault, ...]:
    """The faults in order of code, file and record, each record with its name from `names` (path -> names)."""
    named = [replace(fault, key=_name(fault, names)) for fault in faults]
    return tuple(sorted(named, key=_order))


def _order(fault: Fault) -> tuple[int, str, int]:
    return CODES.index(fault.code), fault.file or "", -1 if fault.record is None else fault.record


def _name(fault: Fault, names: Mapping[str, list[str]]) -> str | None:
    known = names.get(fault.file or "", [])
    return known[fault.record] if fault.record is not None and fault.record < len(known) else None


def printable(text: str) -> str:
    """`text` without what could move a terminal's cursor, reorder its line, or not be written at all."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
