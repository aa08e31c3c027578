"""A bundle built from its contents: leaves, entries, roots, manifest, signature (docs/spec/bundle.md).

Pure: the same inputs give the same bytes, and the private key stays outside (`sign` is given).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from calpulli_core.board import canonical, descriptor, layout, merkle, records
from calpulli_core.board.archive import read_zip, write_zip

__all__ = [
    "Contents",
    "Deadline",
    "Edition",
    "Head",
    "Installation",
    "Previous",
    "Seal",
    "build",
    "content_root",
    "entries",
    "leaves",
    "read_zip",
    "sign_bundle",
    "signature_file",
    "write_zip",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day until which the record must be published, and the key of the rule that says so."""

    due_on: date
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Number from 1; from 2 on, why there is another and the `manifest_sha256` of the one that it replaces."""

    number: int
    reason: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last fact of a chain of the ledger."""

    chain: str
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Who publishes, whether for demonstration, and the notice that says so."""

    institute: str
    demonstration: bool
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The bundle before this one of the same installation."""

    manifest_sha256: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """When it was sealed and published; `notice` when the seal is not the plan's institute's own."""

    sealed_on: date
    published_on: date
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that a bundle says before it is hashed.

    `sealed` has the sealed files of section 2 and `others` record.xlsx, record.pdf, facts, bundles and keys
    (path -> bytes); `public_key` is the 32 bytes of the key that will sign.
    """

    plan: str
    period: str
    number: int
    edition: Edition
    previous: Previous | None
    deadline: Deadline
    installation: Installation
    ledger: Head
    seal: Seal
    public_key: bytes
    sealed: Mapping[str, bytes]
    others: Mapping[str, bytes]

    @property
    def version(self) -> int:
        """2 where anything of the annual programme is sealed, else 1."""
        return 2 if layout.YEAR & self.sealed.keys() else 1


def build(contents: Contents) -> dict[str, bytes]:
    """Path -> bytes of every file of the bundle but `signature.json`.

    It is of version 2 if any of the files of section 10 is among the sealed ones. Raises ValueError if `sealed` and `others` are
    not exactly the files that such an edition has.
    """
    _check_paths(contents)
    files = {**contents.sealed, **contents.others}
    files[layout.README] = descriptor.readme(_title(contents), _fingerprint(contents.public_key), contents.version)
    files[layout.LEAVES] = leaves(files)
    files[layout.DESCRIPTOR] = descriptor.descriptor(_name(contents), _title(contents), files)
    listed = entries(files)
    manifest = _manifest(contents, listed)
    return {**files, layout.MANIFEST: canonical.encode(manifest) + b"\n"}


def sign_bundle(files: Mapping[str, bytes], *, public_key: bytes, sign: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """`files` and their `signature.json`; `sign` gives the 64 bytes of an Ed25519 signature over a message."""
    manifest = files[layout.MANIFEST]
    made = signature_file(manifest, public_key, sign(layout.SIGNATURE_PREFIX + manifest))
    return {**files, layout.SIGNATURE: made}


def signature_file(manifest: bytes, public_key: bytes, signature: bytes) -> bytes:
    """The bytes of `signature.json` (section 5); 32 bytes of key and 64 of signature, else ValueError."""
    if len(public_key) != 32 or len(signature) != 64:
        raise ValueError("La llave tiene 32 bytes y la firma 64.")
    value = {
        "algorithm": "Ed25519",
        "fingerprint": _fingerprint(public_key),
        "public_key": public_key.hex(),
        "signature": signature.hex(),
        "signed": layout.MANIFEST,
        "signed_sha256": sha256(manifest).hexdigest(),
        "spec": layout.SPEC,
    }
    return canonical.encode(value) + b"\n"


def content_root(files: Mapping[str, bytes]) -> str:
    """64 hex: root over the entries of the sealed ones among `files`; what the sealing fact attests."""
    return _root([entry for entry in entries(files) if entry["sealed"]])


def entries(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The file entries of a manifest (section 3), in order of path; manifest and signature have none."""
    return [_entry(path, files[path]) for path in sorted(files) if path not in layout.OUTSIDE_MANIFEST]


def leaves(files: Mapping[str, bytes]) -> bytes:
    """The bytes of `leaves.jsonl` for those of `files` that have records."""
    made = bytearray()
    for path in sorted(layout.WITH_RECORDS & files.keys()):
        for number, record in enumerate(records.cut(path, files[path])):
            name = records.name_of(path, number, record)
            if name is None:
                raise ValueError(f"{path}: el renglón {number} no tiene con qué nombrarse.")
            digest = merkle.leaf_hash(record).hex()
            made += canonical.encode({"key": name, "path": path, "record": number, "sha256": digest}) + b"\n"
    return bytes(made)


def _check_paths(contents: Contents) -> None:
    needed = layout.paths(edition=contents.edition.number, version=contents.version) - {
        layout.README,
        layout.LEAVES,
        layout.DESCRIPTOR,
    }
    sealed, others = contents.sealed.keys(), contents.others.keys()
    wrong = (sealed ^ (needed & layout.SEALED)) | (others ^ (needed - layout.SEALED))
    if wrong:
        raise ValueError(f"Faltan o sobran archivos: {', '.join(sorted(wrong))}.")


def _entry(path: str, data: bytes) -> dict[str, Any]:
    pieces = records.cut(path, data) if path in layout.WITH_RECORDS else None
    return {
        "bytes": len(data),
        "path": path,
        "records": None if pieces is None else len(pieces),
        "records_root": None if pieces is None else merkle.root(pieces).hex(),
        "sealed": path in layout.SEALED,
        "sha256": sha256(data).hexdigest(),
    }


def _root(listed: list[dict[str, Any]]) -> str:
    return merkle.root(canonical.encode(entry) for entry in listed).hex()


def _manifest(contents: Contents, listed: list[dict[str, Any]]) -> dict[str, Any]:
    seal, deadline = contents.seal, contents.deadline
    return {
        "content_root": _root([entry for entry in listed if entry["sealed"]]),
        "deadline": {"due_on": deadline.due_on.isoformat(), "rule": deadline.rule},
        "edition": asdict(contents.edition),
        "files": listed,
        "installation": asdict(contents.installation),
        "key": {"algorithm": "Ed25519", "fingerprint": _fingerprint(contents.public_key)},
        "ledger": asdict(contents.ledger),
        "number": contents.number,
        "period": contents.period,
        "plan": contents.plan,
        "previous": contents.previous and asdict(contents.previous),
        "root": _root(listed),
        "seal": {
            "notice": seal.notice,
            "published_on": seal.published_on.isoformat(),
            "sealed_on": seal.sealed_on.isoformat(),
        },
        "spec": layout.SPEC_2 if contents.version == 2 else layout.SPEC,
    }


def _fingerprint(public_key: bytes) -> str:
    return sha256(public_key).hexdigest()


def _name(contents: Contents) -> str:
    """The descriptor's name: lower case, digits and hyphens."""
    return f"{contents.plan}-{contents.period}-{contents.edition.number}".lower()


def _title(contents: Contents) -> descriptor.Title:
    return descriptor.Title(
        plan=contents.plan,
        period=contents.period,
        edition=contents.edition.number,
        number=contents.number,
        notices=tuple(text for text in (contents.installation.notice, contents.seal.notice) if text),
    )
