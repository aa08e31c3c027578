"""The whole check in the order of docs/spec/bundle.md, section 8: every fault at once, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calpulli_core.board import layout
from calpulli_core.verify import reading, trust
from calpulli_core.verify.continuity import after_fault, check_continuity
from calpulli_core.verify.deadline import check_deadline
from calpulli_core.verify.ledger import check_ledger
from calpulli_core.verify.listing import check_bytes, check_listing, check_roots
from calpulli_core.verify.opening import Bundle, open_bundle, open_manifest
from calpulli_core.verify.record import check_record
from calpulli_core.verify.report import INVALID, TRUSTED, UNTRUSTED, Fault, Report, ordered
from calpulli_core.verify.tables import check_tables
from calpulli_core.verify.year.checking import YearChecked, check_year


@dataclass(frozen=True, slots=True)
class Examined:
    """What a bundle alone shows: itself (None if it cannot be opened), and the faults found in it."""

    bundle: Bundle | None
    faults: tuple[Fault, ...]
    signature_holds: bool = False
    row_is_sound: bool = False
    year: YearChecked | None = None


def check(path: Path, *, key: str | None = None, print_of_bundle: str | None = None, after: Path | None = None) -> Report:
    """The verdict on the folder or zip at `path`.

    `key` is the 64 hex of a public key or fingerprint that the reader trusts; `print_of_bundle`, the hash of the bundle that she
    kept; `after`, an older bundle that she kept.
    """
    try:
        return _check(path, key, print_of_bundle, after)
    except Exception as error:  # the last resort: a stranger gets a verdict, whatever the input was
        why = f"no se puede leer: falla interna del verificador ({type(error).__name__})"
        return Report((Fault("unreadable", None, None, why),))


def _check(path: Path, key: str | None, print_of_bundle: str | None, after: Path | None) -> Report:
    old = None if after is None else examine_path(after)
    return judge(examine_path(path), key=key, print_of_bundle=print_of_bundle, old=old)


def check_files(
    files: Mapping[str, bytes],
    *,
    key: str | None = None,
    print_of_bundle: str | None = None,
    after: Mapping[str, bytes] | None = None,
) -> Report:
    """As `check`, on files in memory (path -> bytes)."""
    old = None if after is None else examine(after)
    return judge(examine(files), key=key, print_of_bundle=print_of_bundle, old=old)


def examine_path(path: Path) -> Examined:
    """The bundle at `path` on its own."""
    try:
        return examine(reading.read(path))
    except reading.UnreadableError as error:
        return _unreadable(error)


def examine(files: Mapping[str, bytes]) -> Examined:
    """The bundle made of `files` on its own: every check that needs nothing else."""
    try:
        reading.check_limits(files)
    except reading.UnreadableError as error:
        return _unreadable(error)
    manifest = open_manifest(files)
    if isinstance(manifest, Fault):
        return Examined(None, (manifest,))
    bundle = open_bundle(files, manifest)
    holds = trust.holds(bundle)
    of_keys = list(trust.check_keys(bundle, valid=holds))
    faults = (
        *check_listing(bundle),
        *bundle.faults,
        *check_bytes(bundle),
        *check_roots(bundle),
        *trust.check_signature(bundle, valid=holds),
        *of_keys,
        *check_ledger(bundle),
        *check_record(bundle),
        *check_tables(bundle),
        *check_deadline(bundle),
    )
    year = check_year(bundle, {fault.file for fault in faults if fault.code == "record"})
    return Examined(bundle, (*faults, *year.faults), holds, not of_keys, year if bundle.version == 2 else None)


def _unreadable(error: reading.UnreadableError) -> Examined:
    return Examined(None, (Fault("unreadable", None, None, f"no se puede leer: {error}"),))


def judge(examined: Examined, *, key: str | None, print_of_bundle: str | None = None, old: Examined | None) -> Report:
    """The verdict, with what the reader trusts from outside of the bundle."""
    bundle = examined.bundle
    if bundle is None:
        return Report(examined.faults)
    outside: list[Fault] = []
    if key is not None:
        outside += trust.check_trusted_key(bundle, key, row_is_sound=examined.row_is_sound)
    if print_of_bundle not in (None, bundle.manifest_sha256):
        outside.append(Fault("hash", layout.MANIFEST, None, "la huella que usted dio no es la de este paquete"))
    if old is not None:
        outside += _after(bundle, old, row_is_sound=examined.row_is_sound)
    faults = (*examined.faults, *outside)
    asked = any(given is not None for given in (key, print_of_bundle, old))
    signer = trust.fingerprint(bundle.signature["public_key"]) if bundle.signature else None
    names = bundle.leaves.names if bundle.leaves else {}
    verdict = _signature(faults, trusted=asked and not any(fault.code in ("key", "hash", "after") for fault in outside))
    again = None if examined.year is None else examined.year.told
    return Report(ordered(faults, names), verdict, _about(bundle), fingerprint=signer, recomputed=again)


def _after(bundle: Bundle, old: Examined, *, row_is_sound: bool) -> list[Fault]:
    if old.bundle is None or old.faults:
        count = len(old.faults)
        told = "una falla" if count == 1 else f"{count} fallas"
        return [after_fault(f"el paquete anterior que usted da tiene {told}; compruébelo por separado")]
    return list(check_continuity(bundle, old.bundle, row_is_sound=row_is_sound))


def _signature(faults: tuple[Fault, ...], *, trusted: bool) -> str:
    fatal = {("missing", layout.SIGNATURE), ("malformed", layout.SIGNATURE)}
    if any(fault.code == "signature" or (fault.code, fault.file) in fatal for fault in faults):
        return INVALID
    return TRUSTED if trusted else UNTRUSTED


def _about(bundle: Bundle) -> dict[str, object]:
    told = bundle.manifest
    return {
        "edition": told["edition"]["number"],
        "manifest_sha256": bundle.manifest_sha256,
        "number": told["number"],
        "period": told["period"],
        "plan": told["plan"],
    }
