"""Reads how an institute is organised from TOML: an `[[area]]` table for each area, an `[[area.post]]` for each post in it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calpulli_core.formats.plain_text import text_fault

from ..models import Area

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
AREA_KEYS = {"key", "name", "kind", "parent", "number", "answers_for", "since", "until", "post"}
POST_KEYS = {"key", "title", "public"}
LONGEST_KEY, LONGEST_POST_KEY, LONGEST_NAME, LONGEST_DUTY = 60, 80, 160, 2000
LARGEST_FILE = 1_000_000
MISSING = object()


@dataclass(frozen=True)
class PostEntry:
    """A post as the file tells it."""

    key: str
    title: str
    is_public: bool


@dataclass(frozen=True)
class AreaEntry:
    """An area as the file tells it, with its posts in their order."""

    key: str
    name: str
    kind: str
    parent: str | None
    number: int | None
    answers_for: str
    since: dt.date | None
    until: dt.date | None
    posts: tuple[PostEntry, ...]


@dataclass(frozen=True)
class ImportOrganisation:
    """All areas of the institute; `source` says where they are taken from, `content` is the file as it came."""

    source: str
    areas: tuple[AreaEntry, ...]
    content: bytes


@dataclass(frozen=True)
class OrganisationFault:
    """One thing wrong in the file: line (from 1), key, value, and in Spanish the rule and the remedy."""

    file: str
    line: int | None
    key: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        line = f", línea {self.line}" if self.line else ""
        value = f" «{self.value[:80]}»." if self.value else ""
        return f"{self.file}{line}, {self.key}:{value} {self.rule} {self.remedy}"


class OrganisationErrors(ValueError):  # noqa: N818 - it holds many
    """Every fault of the file, in the order of its lines."""

    def __init__(self, faults: Sequence[OrganisationFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__("\n".join(map(str, self.faults)))


def parse_organisation(content: bytes, *, file: str) -> ImportOrganisation:
    """What the file tells, checked as a whole; OrganisationErrors with every fault otherwise."""
    reader = _Reader(file)
    document, text = reader.document(content)
    source = reader.source(document)
    areas = reader.areas(document, _Lines(text))
    if reader.faults:
        raise OrganisationErrors(reader.faults)
    return ImportOrganisation(source, tuple(areas), content)


class _Lines:
    """On which line a key of a table stands: the file's own order of `[[area]]` and `[[area.post]]` headings."""

    HEADING = re.compile(r"^\s*\[\[?\s*([a-z.]+)\s*\]\]?", re.M)
    ENTRY = re.compile(r"^\s*([a-z_]+)\s*=")

    def __init__(self, text: str) -> None:
        self.known: dict[tuple[int, int, str], int] = {}
        area, post = 0, 0
        for number, line in enumerate(text.splitlines(), start=1):
            if heading := self.HEADING.match(line):
                area, post = (area + 1, 0) if heading[1] == "area" else (area, post + 1)
                self.known[(area, post, "")] = number
            elif entry := self.ENTRY.match(line):
                self.known.setdefault((area, post, entry[1]), number)

    def of(self, area: int, post: int, key: str) -> int | None:
        """The line of a key, else of its table's heading."""
        return self.known.get((area, post, key)) or self.known.get((area, post, ""))


@dataclass
class _Place:
    """A table of the file: which one, and what it is called in messages."""

    area: int
    post: int
    lines: _Lines


@dataclass
class _Reader:
    """Collects faults while it reads, so that all are told together."""

    file: str
    faults: list[OrganisationFault] = field(default_factory=list)

    def document(self, content: bytes) -> tuple[dict[str, Any], str]:
        """The file as TOML, and as text."""
        try:
            if len(content) > LARGEST_FILE:
                raise ValueError(f"pesa {len(content)} bytes y se admite hasta {LARGEST_FILE}")
            text = content.decode("utf-8-sig")
            return tomllib.loads(text), text
        except (ValueError, RecursionError) as error:
            fault = OrganisationFault(
                self.file, None, "archivo", str(error), "Debe ser TOML en UTF-8.", "Corrija lo que se indica."
            )
            raise OrganisationErrors([fault]) from error

    def source(self, document: Mapping[str, Any]) -> str:
        """Where the areas are taken from: pages say it beside each."""
        for key in sorted(set(document) - {"area", "source"}):
            self._fault(None, key, "", "Solo se admiten «source» y tablas [[area]].", "Quite esta clave.")
        source = document.get("source")
        if not isinstance(source, str) or text_fault(source) or len(source) > 300:
            self._fault(None, "source", source, "Falta decir de dónde se tomó, en hasta 300 letras.", 'Agregue source = "…".')
            return ""
        return source.strip()

    def areas(self, document: Mapping[str, Any], lines: _Lines) -> list[AreaEntry]:
        """Each area, and what they owe one another."""
        tables = document.get("area")
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            self._fault(None, "area", "", "Debe haber al menos una tabla [[area]].", "Agregue un área.")
            return []
        places = [_Place(number, 0, lines) for number in range(1, len(tables) + 1)]
        found = [self._area(table, place) for table, place in zip(tables, places, strict=True)]
        self._repeated([(area.key, place, "key") for area, place in zip(found, places, strict=True)], "clave")
        self._repeated([(area.name.casefold(), place, "name") for area, place in zip(found, places, strict=True)], "nombre")
        posts = [
            (post.key, _Place(place.area, number, lines), "key")
            for area, place in zip(found, places, strict=True)
            for number, post in enumerate(area.posts, start=1)
        ]
        self._repeated(posts, "clave de puesto")
        self._numbers(found, places)
        self._parents(found, places)
        return found

    def _area(self, table: Mapping[str, Any], place: _Place) -> AreaEntry:
        self._strangers(table, AREA_KEYS, place)
        posts = table.get("post", [])
        if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
            self._fault(place, "post", posts, "Los puestos van en tablas [[area.post]].", "Escríbalos así.")
            posts = []
        since, until = self._day(table, "since", place), self._day(table, "until", place)
        if since and until and until <= since:
            self._fault(place, "until", until, f"Debe ser posterior a since ({since}).", "Corrija una de las dos.")
        return AreaEntry(
            key=self._key(table, place, LONGEST_KEY),
            name=self._text(table, "name", place, LONGEST_NAME),
            kind=self._kind(table, place),
            parent=self._optional_key(table, place),
            number=table.get("number"),
            answers_for=self._text(table, "answers_for", place, LONGEST_DUTY) if "answers_for" in table else "",
            since=since,
            until=until,
            posts=tuple(self._post(post, _Place(place.area, number, place.lines)) for number, post in enumerate(posts, start=1)),
        )

    def _post(self, table: Mapping[str, Any], place: _Place) -> PostEntry:
        self._strangers(table, POST_KEYS, place)
        public = table.get("public", MISSING)
        if not isinstance(public, bool):
            rule = "Diga si el nombre de quien ocupa el puesto es público: true o false."
            self._fault(place, "public", "" if public is MISSING else public, rule, "Escríbalo.")
        key = self._key(table, place, LONGEST_POST_KEY)
        return PostEntry(key, self._text(table, "title", place, LONGEST_NAME), public is True)

    def _strangers(self, table: Mapping[str, Any], known: set[str], place: _Place) -> None:
        for key in sorted(set(table) - known):
            self._fault(place, key, table[key], f"Clave desconocida. Se admiten: {', '.join(sorted(known))}.", "Quítela.")

    def _key(self, table: Mapping[str, Any], place: _Place, most: int) -> str:
        value = table.get("key")
        if isinstance(value, str) and KEY.fullmatch(value) and len(value) <= most:
            return value
        rule = f"La clave lleva minúsculas sin acento, números y guiones, hasta {most}."
        self._fault(place, "key", value, rule, "Escríbala, por ejemplo «distrito-01».")
        return ""

    def _optional_key(self, table: Mapping[str, Any], place: _Place) -> str | None:
        value = table.get("parent")
        if value is None or isinstance(value, str):
            return value
        self._fault(place, "parent", value, "Debe ser la clave de otra área, entre comillas.", "Corríjala o quítela.")
        return None

    def _text(self, table: Mapping[str, Any], key: str, place: _Place, most: int) -> str:
        value = table.get(key)
        if not isinstance(value, str):
            self._fault(place, key, value, "Debe ser un texto entre comillas.", "Escríbalo.")
            return ""
        if fault := text_fault(value):
            self._fault(place, key, value, fault, "Escríbalo de nuevo.")
        elif len(value) > most:
            self._fault(place, key, value, f"Admite {most} letras y tiene {len(value)}.", "Abrévielo.")
        return value.strip()

    def _kind(self, table: Mapping[str, Any], place: _Place) -> str:
        value = table.get("kind")
        if value in Area.Kind.values:
            return str(value)
        self._fault(place, "kind", value, "Debe ser central, district o body.", "Escriba uno de los tres.")
        return ""

    def _day(self, table: Mapping[str, Any], key: str, place: _Place) -> dt.date | None:
        value = table.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        self._fault(place, key, value, "Debe ser una fecha sin comillas, como 2026-01-31.", "Corríjala.")
        return None

    def _repeated(self, told: list[tuple[str, _Place, str]], what: str) -> None:
        times = Counter(value for value, _, _ in told)
        seen: set[str] = set()
        for value, place, key in told:
            if value and times[value] > 1 and value in seen:
                self._fault(
                    place, key, value, f"Este {what} ya está en otra parte del archivo.".replace("Este c", "Esta c"), "Cámbielo."
                )
            seen.add(value)

    def _numbers(self, areas: list[AreaEntry], places: list[_Place]) -> None:
        seen: set[int] = set()
        for area, place in zip(areas, places, strict=True):
            number = area.number
            if area.kind != Area.Kind.DISTRICT:
                if number is not None:
                    self._fault(place, "number", number, 'Solo un distrito (kind = "district") lleva número.', "Quítelo.")
            elif not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 999:
                self._fault(place, "number", number, "Un distrito lleva su número, de 1 a 999, sin comillas.", "Escríbalo.")
            elif number in seen:
                self._fault(place, "number", number, "Ya hay un distrito con ese número.", "Corrija uno de los dos.")
            else:
                seen.add(number)

    def _parents(self, areas: list[AreaEntry], places: list[_Place]) -> None:
        parents = {area.key: area.parent for area in areas}
        for area, place in zip(areas, places, strict=True):
            if area.parent is not None and area.parent not in parents:
                self._fault(place, "parent", area.parent, "No hay un área con esa clave en el archivo.", "Corríjala o agréguela.")
            elif area.key and area.key in _above(area.key, parents):
                self._fault(place, "parent", area.parent, "El área termina dependiendo de sí misma.", "Corrija de quién depende.")

    def _fault(self, place: _Place | None, key: str, value: object, rule: str, remedy: str) -> None:
        line = place.lines.of(place.area, place.post, key) if place else None
        shown = "" if value is None else str(value)
        self.faults.append(OrganisationFault(self.file, line, key, shown, rule, remedy))


def _above(key: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """What an area hangs from, up to the top or once around."""
    seen: set[str] = set()
    at = parents.get(key)
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = parents.get(at)
