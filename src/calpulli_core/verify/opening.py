"""A bundle opened: what it says, as far as it can be trusted to be what the manifest named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from calpulli_core.board import canonical, layout, merkle, records
from calpulli_core.verify import forms
from calpulli_core.verify.lines import own_faults
from calpulli_core.verify.report import Fault
from calpulli_core.verify.shapes import Shape, problems

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaves:
    """`leaves.jsonl` when it can be relied on: per file, the name and the hash (hex) of each record."""

    names: Mapping[str, list[str]]
    hashes: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The parts that later checks need.

    `entries` are the manifest's for paths that section 2 lists. `changed` are the paths whose bytes are not the
    manifest's. `values` (of `.json` and `.jsonl`) and `rows` (of `.csv`) hold only files without any fault so far.
    """

    files: Mapping[str, bytes]
    manifest: Json
    signature: Json | None
    entries: Mapping[str, Json]
    changed: frozenset[str]
    values: Mapping[str, Any]
    rows: Mapping[str, list[bytes]]
    leaves: Leaves | None
    faults: tuple[Fault, ...]

    @property
    def version(self) -> int:
        """Of the specification, as the manifest says."""
        return layout.VERSIONS[self.manifest["spec"]]

    @property
    def manifest_sha256(self) -> str:
        """64 hex over the whole file."""
        return sha256(self.files[layout.MANIFEST]).hexdigest()

    @property
    def records(self) -> Mapping[str, list[Json]]:
        """The values of the lines of every sound `.jsonl` with records."""
        return {path: self.values[path] for path in layout.LINE_NAMES if path in self.values}


def open_manifest(files: Mapping[str, bytes]) -> Json | Fault:
    """The manifest, or the one fault for which nothing else can be checked."""
    if layout.MANIFEST not in files:
        return Fault("missing", layout.MANIFEST, None, "no está, y sin él no se puede comprobar nada más")
    try:
        return _whole(files[layout.MANIFEST], forms.manifest)
    except canonical.CanonicalError as error:
        return Fault("malformed", layout.MANIFEST, None, f"{error}; sin él no se puede comprobar nada más")


def open_bundle(files: Mapping[str, bytes], manifest: Json) -> Bundle:
    """The bundle as far as it can be read; its `faults` are those of shape (`malformed`)."""
    listed = layout.paths(edition=manifest["edition"]["number"], version=layout.VERSIONS[manifest["spec"]])
    entries = {entry["path"]: entry for entry in manifest["files"] if entry["path"] in listed}
    present = {path: files[path] for path in sorted(entries) if path in files}
    changed = frozenset(path for path, data in present.items() if _differs(entries[path], data))
    faults: list[Fault] = []
    values = _values({path: data for path, data in present.items() if path not in changed}, manifest, faults.append)
    signature = _json(layout.SIGNATURE, files, forms.SIGNATURE, faults.append)
    rows = {path: records.cut_csv(data) for path, data in present.items() if path.endswith(".csv") and path not in changed}
    leaves = _leaves(values, rows, present, manifest["files"], faults.append)
    return Bundle(files, manifest, signature, entries, changed, values, rows, leaves, tuple(faults))


def open_contents(files: Mapping[str, bytes], manifest: Json) -> Bundle:
    """The same of files that nothing has signed yet: of the manifest, only what those to be sealed follow."""
    faults: list[Fault] = []
    values = _values(files, manifest, faults.append)
    rows = {path: records.cut_csv(data) for path, data in files.items() if path.endswith(".csv")}
    return Bundle(files, manifest, None, {}, frozenset(), values, rows, None, tuple(faults))


def _differs(entry: Json, data: bytes) -> bool:
    if (len(data), sha256(data).hexdigest()) != (entry["bytes"], entry["sha256"]):
        return True
    if entry["records"] is None:
        return False
    pieces = records.cut(entry["path"], data)
    return (len(pieces), merkle.root(pieces).hex()) != (entry["records"], entry["records_root"])


Note = Callable[[Fault], None]


def _values(files: Mapping[str, bytes], manifest: Json, note: Note) -> dict[str, Any]:
    """What the sound JSON files say; those with a fault are noted and left out."""
    values: dict[str, Any] = {}
    record = _json(layout.RECORD, files, forms.record, note)
    if record is not None:
        values[layout.RECORD] = record
    for path, shape in forms.LINES.items():
        lines = _lines(path, files[path], shape, manifest, note) if path in files else None
        if lines is not None:
            values[path] = lines
    return values


def _whole(data: bytes, shape: Shape) -> Json:
    if not data.endswith(b"\n"):
        raise canonical.CanonicalError("no termina en un salto de línea")
    value = canonical.parse_canonical(data[:-1])
    found = problems(value, shape)
    if found:
        raise canonical.CanonicalError(_told(found))
    made: Json = value
    return made


def _json(path: str, files: Mapping[str, bytes], shape: Shape, note: Note) -> Json | None:
    if path not in files:
        return None
    try:
        return _whole(files[path], shape)
    except canonical.CanonicalError as error:
        note(Fault("malformed", path, None, str(error)))
        return None


def _lines(path: str, data: bytes, shape: Shape, manifest: Json, note: Note) -> list[Json] | None:
    values: list[Json | None] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(records.cut_lines(data)):
        try:
            values.append(_whole(line, shape))
        except canonical.CanonicalError as error:
            values.append(None)
            faults.append((number, str(error)))
    faults += own_faults(path, values, manifest)
    for number, why in faults:
        note(Fault("malformed", path, number, why))
    return None if faults else [value for value in values if value is not None]


def _told(found: list[str], most: int = 5) -> str:
    more = f" y {len(found) - most} cosas más" if len(found) > most else ""
    return "; ".join(sorted(found)[:most]) + more


def _leaves(
    values: Mapping[str, Any],
    rows: Mapping[str, list[bytes]],
    files: Mapping[str, bytes],
    entries: list[Json],
    note: Note,
) -> Leaves | None:
    """`leaves.jsonl` if it is what the manifest and the sound files make of it; else its faults are noted."""
    lines = values.get(layout.LEAVES)
    if lines is None:
        return None
    names, hashes = _by_file(lines, entries)
    if hashes is None:
        why = "sus líneas no son las de los archivos con renglones del manifiesto (orden, números o huellas)"
        note(Fault("malformed", layout.LEAVES, None, why))
        return None
    sound = dict(rows)
    sound |= {path: records.cut_lines(files[path]) for path in layout.LINE_NAMES if path in values}
    wrong = list(_misnamed(lines, sound))
    for fault in wrong:
        note(fault)
    return None if wrong else Leaves(names, hashes)


def _by_file(lines: list[Json], entries: list[Json]) -> tuple[dict[str, list[str]], dict[str, list[str]] | None]:
    names: dict[str, list[str]] = {}
    hashes: dict[str, list[str]] = {}
    place = 0
    for entry in entries:
        if entry["records"] is None:
            continue
        path = entry["path"]
        part = lines[place : place + entry["records"]]
        place += entry["records"]
        expected = [(path, number) for number in range(len(part))]
        if len(part) != entry["records"] or [(line["path"], line["record"]) for line in part] != expected:
            return {}, None
        names[path] = [line["key"] for line in part]
        hashes[path] = [line["sha256"] for line in part]
        if merkle.root_of_leaves(map(bytes.fromhex, hashes[path])).hex() != entry["records_root"]:
            return {}, None
    return (names, hashes) if place == len(lines) else ({}, None)


def _misnamed(lines: list[Json], sound: Mapping[str, list[bytes]]) -> Iterator[Fault]:
    for number, line in enumerate(lines):
        if line["path"] not in sound:
            continue
        name = records.name_of(line["path"], line["record"], sound[line["path"]][line["record"]])
        if name is not None and name != line["key"]:
            why = f"nombra «{line['key']}» al renglón {line['record']} de {line['path']}, que es «{name}»"
            yield Fault("malformed", layout.LEAVES, number, why)
