"""Which files are there, and which are not what the manifest says (faults `missing`, `undeclared`, `changed`, `root`)."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli_core.board import canonical, layout, merkle, records
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault


def check_listing(bundle: Bundle) -> Iterator[Fault]:
    """Files that lack and files that nothing lists."""
    listed = layout.paths(edition=bundle.manifest["edition"]["number"], version=bundle.version)
    named = {entry["path"] for entry in bundle.manifest["files"]}
    for path in sorted((listed | named | layout.OUTSIDE_MANIFEST) - bundle.files.keys()):
        yield Fault("missing", path, None, "falta; alguien lo quitó o la copia está incompleta")
    for path in sorted(bundle.files.keys() - named - layout.OUTSIDE_MANIFEST):
        yield Fault("undeclared", path, None, "está, pero el manifiesto no lo nombra: nadie responde por él")
    for path in sorted(named - listed):
        yield Fault("undeclared", path, None, "el manifiesto lo nombra, pero un paquete de esta edición y versión no lo lleva")


def check_bytes(bundle: Bundle) -> Iterator[Fault]:
    """Files whose bytes are not those of the manifest, record by record where that can be told."""
    for path in sorted(bundle.changed):
        located = list(_located(bundle, path)) if bundle.leaves and path in layout.WITH_RECORDS else []
        yield from located or [Fault("changed", path, None, _whole_file(bundle, path))]


def _located(bundle: Bundle, path: str) -> Iterator[Fault]:
    """One fault for each record that differs from, is too many for, or lacks from `leaves.jsonl`."""
    expected = bundle.leaves.hashes[path] if bundle.leaves else []
    found = [merkle.leaf_hash(record).hex() for record in records.cut(path, bundle.files[path])]
    for number in range(max(len(expected), len(found))):
        if number >= len(found):
            yield Fault("changed", path, number, "este renglón falta")
        elif number >= len(expected):
            yield Fault("changed", path, number, "este renglón sobra: no estaba cuando se firmó")
        elif expected[number] != found[number]:
            told = f"se esperaba la huella {expected[number][:16]}… y tiene {found[number][:16]}…"
            yield Fault("changed", path, number, f"cambió desde que se firmó ({told})")


def _whole_file(bundle: Bundle, path: str) -> str:
    size, expected = len(bundle.files[path]), bundle.entries[path]
    if size != expected["bytes"]:
        return f"el manifiesto dice {expected['bytes']} bytes y tiene {size}; no es el archivo que se firmó"
    return f"no es el archivo que se firmó: se esperaba la huella SHA-256 {expected['sha256'][:16]}…"


def check_roots(bundle: Bundle) -> Iterator[Fault]:
    """The two roots of the manifest against its own entries."""
    entries = bundle.manifest["files"]
    sealed = [entry for entry in entries if entry["sealed"]]
    for name, part in (("root", entries), ("content_root", sealed)):
        if merkle.root(map(canonical.encode, part)).hex() != bundle.manifest[name]:
            yield Fault("root", layout.MANIFEST, None, f"{name} no es la raíz de la lista de archivos que sigue")
