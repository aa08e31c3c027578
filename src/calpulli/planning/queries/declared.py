"""What an institute's folder says about its programme beside it, in TOML; every defect is told with its line, in Spanish."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from calpulli.commons import institutes
from calpulli_core.formats.defects import Findings, RecordErrors
from calpulli_core.formats.programme import Programme

FOLLOWS = "follows"
PROPOSED = "proposed_on"


@dataclass(frozen=True)
class Table:
    """One `[[name]]` of a file, with the line on which it begins."""

    values: Mapping[str, object]
    findings: Findings
    line: int
    lines: Mapping[str, int]

    def refuse(self, key: str, value: object, rule: str, remedy: str) -> None:
        """Notes a defect at the line of `key`."""
        self.findings.at(self.lines.get(key, self.line)).add(key, value, rule, remedy)

    def text(self, key: str, *, required: bool = True) -> str:
        """A text of one line; spaces at its ends are kept."""
        value = self.values.get(key, None if required else "")
        if isinstance(value, str) and "\n" not in value and (value.strip() or not required):
            return value
        self.refuse(key, value, "Es un texto de un renglón, no vacío.", "Escríbalo entre comillas.")
        return ""

    def names(self, key: str, known: Mapping[str, object], what: str) -> tuple[str, ...]:
        """A list of names, each one of `known`, none twice; empty if it is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.refuse(key, value, "Es una lista de textos.", 'Por ejemplo: ["1.1", "1.2"].')
            return ()
        for one in sorted({one for one in value if one not in known}):
            self.refuse(key, one, f"No hay {what} con ese nombre.", f"Use uno de: {', '.join(known)}.")
        for one in sorted({one for one in value if value.count(one) > 1}):
            self.refuse(key, one, "Está dos veces en la lista.", "Deje uno.")
        return tuple(value)

    def only(self, *allowed: str) -> None:
        """Refuses keys that nobody reads: most are misspelt."""
        for key in sorted(set(self.values) - set(allowed)):
            self.refuse(key, "", "Esta clave no existe.", f"Use una de: {', '.join(allowed)}.")


@dataclass(frozen=True)
class Declared:
    """A file read: when it was proposed, its tables, and where its defects gather."""

    proposed_on: dt.date
    tables: tuple[Table, ...]
    findings: Findings


def declared(institute: str, file: str, name: str) -> Declared | None:
    """The tables `[[name]]` of a file of that institute's folder, or of the one that it says it follows.

    None when there is no such file; RecordErrors when it is no TOML, or not of this shape.
    """
    path = followed(institutes.folder(institute) / file)
    if path is None:
        return None
    text, findings = path.read_text(encoding="utf-8"), Findings(sheet=f"{path.parent.name}/{path.name}")
    document = _parsed(text, findings)
    tables = document.get(name)
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        findings.add(name, "", f"Debe haber al menos una tabla [[{name}]].", "Agréguela.")
        raise RecordErrors(findings.defects)
    for key in sorted(set(document) - {name, PROPOSED}):
        findings.add(key, "", "Esta clave no existe.", f"Use {PROPOSED} y tablas [[{name}]].")
    return Declared(_proposed_on(document, findings), tuple(_tables(tables, text, name, findings)), findings)


def followed(path: Path) -> Path | None:
    """The file itself, or the one that it follows, one step away; None when it is not there."""
    if not path.exists():
        return None
    target = re.search(rf'^{FOLLOWS}\s*=\s*"([^"]+)"\s*$', path.read_text(encoding="utf-8"), re.M)
    found = (path.parent / target[1]).resolve() if target else path
    return found if found.exists() else None


def _parsed(text: str, findings: Findings) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        findings.at(int(line[1]) if line else None).add(
            None, "", "El archivo debe ser TOML.", "Corrija lo que está en ese renglón."
        )
        raise RecordErrors(findings.defects) from error


def _proposed_on(document: Mapping[str, object], findings: Findings) -> dt.date:
    value = document.get(PROPOSED)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    findings.add(PROPOSED, value, "Es la fecha de la propuesta.", "Escríbala como 2026-11-23, sin comillas.")
    return dt.date.min


def _tables(values: list[dict[str, object]], text: str, name: str, findings: Findings) -> Iterator[Table]:
    written = text.split("\n")
    starts = [number for number, line in enumerate(written, start=1) if line.strip() == f"[[{name}]]"]
    for value, start, end in zip(values, starts, [*starts[1:], len(written) + 1], strict=False):
        keys = ((line.partition("=")[0].strip(), number) for number, line in enumerate(written, 1) if start < number < end)
        yield Table(value, findings, start, {key: number for key, number in keys if key in value})


def numbers_of(programme: Programme) -> dict[str, str]:
    """The number and text of every line of a programme."""
    return {line.number: line.text for one in programme.objectives for line in one.lines}
