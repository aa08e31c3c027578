"""Who signed: the signature, the row of keys, and the key that the reader trusts (sections 5 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Any

from calpulli_core.board import canonical, layout
from calpulli_core.board.descriptor import grouped
from calpulli_core.crypto import ed25519
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault

Json = dict[str, Any]


def fingerprint(public_key: str) -> str:
    """64 hex: SHA-256 over the key's 32 bytes, given as hex."""
    return sha256(bytes.fromhex(public_key)).hexdigest()


def holds(bundle: Bundle) -> bool:
    """Whether signature.json carries a valid signature over manifest.json by the key that it shows."""
    told = bundle.signature
    if told is None:
        return False
    message = layout.SIGNATURE_PREFIX + bundle.files[layout.MANIFEST]
    return ed25519.verify(bytes.fromhex(told["public_key"]), message, bytes.fromhex(told["signature"]))


def check_signature(bundle: Bundle, *, valid: bool) -> Iterator[Fault]:
    """`valid` is what `holds` said. Tells which of the two files is the one that changed."""
    told = bundle.signature
    if told is None:
        return
    same = told["signed_sha256"] == bundle.manifest_sha256
    if not valid and not same:
        why = "no es el manifiesto que se firmó; las fallas que siguen pueden venir de aquí"
        yield Fault("signature", layout.MANIFEST, None, why)
    elif not valid:
        yield Fault("signature", layout.SIGNATURE, None, "la firma no corresponde al manifiesto ni a la llave que muestra")
    elif not same:
        yield Fault("signature", layout.SIGNATURE, None, "dice haber firmado un manifiesto con otra huella")
    yield from _check_fingerprint(bundle, told, valid=valid)


def _check_fingerprint(bundle: Bundle, told: Json, *, valid: bool) -> Iterator[Fault]:
    own = fingerprint(told["public_key"])
    if told["fingerprint"] != own:
        yield Fault("signature", layout.SIGNATURE, None, "su huella no es la de la llave que muestra")
    if valid and bundle.manifest["key"]["fingerprint"] != own:
        yield Fault("signature", layout.SIGNATURE, None, "firma una llave que no es la que nombra el manifiesto")


def check_keys(bundle: Bundle, *, valid: bool) -> Iterator[Fault]:
    """The row of keys: numbers, fingerprints, endorsements; and that the last one signs (if the signature is valid)."""
    keys = bundle.records.get(layout.KEYS)
    if keys is None:
        return
    if not keys:
        yield _key_fault(None, "no tiene ninguna llave")
        return
    seen: set[str] = set()
    for number, line in enumerate(keys):
        if line["public_key"] in seen:
            yield _key_fault(number, "la llave está repetida")
        seen.add(line["public_key"])
        yield from _check_line(keys, number, line)
    if valid and bundle.signature and keys[-1]["public_key"] != bundle.signature["public_key"]:
        yield _key_fault(len(keys) - 1, "la última llave debe ser la que firma este paquete")


def _check_line(keys: list[Json], number: int, line: Json) -> Iterator[Fault]:
    own = fingerprint(line["public_key"])
    if line["number"] != number + 1:
        yield _key_fault(number, f"se esperaba la llave número {number + 1} y dice {line['number']}")
    if line["fingerprint"] != own:
        yield _key_fault(number, "la huella no es la de la llave")
    if number == 0 and line["endorsement"] is not None:
        yield _key_fault(number, "la primera llave no tiene quién la avale")
    if number > 0 and line["endorsement"] is not None and not _endorsed(keys[number - 1], line, number + 1):
        yield _key_fault(number, "el aval no es de la llave anterior")


def _endorsed(before: Json, line: Json, number: int) -> bool:
    statement = {
        "number": number,
        "previous": fingerprint(before["public_key"]),
        "public_key": line["public_key"],
    }
    message = layout.KEY_PREFIX + canonical.encode(statement)
    return ed25519.verify(bytes.fromhex(before["public_key"]), message, bytes.fromhex(line["endorsement"]))


def _key_fault(record: int | None, why: str) -> Fault:
    return Fault("key", layout.KEYS, record, why)


def leads(bundle: Bundle, key: str, *, row_is_sound: bool) -> bool:
    """Whether `key` (64 hex: public key or fingerprint) signs, or endorsed its successors up to the one that does.

    `row_is_sound`: keys.jsonl is readable and has no fault; else it leads nowhere.
    """
    if bundle.signature is None:
        return False
    if _is(key, bundle.signature["public_key"]):
        return True
    keys = bundle.records.get(layout.KEYS)
    if not row_is_sound or not keys or keys[-1]["public_key"] != bundle.signature["public_key"]:
        return False  # a row that ends elsewhere leads to no key that signs this
    reached = False
    for before, line in pairwise(keys):
        reached = (reached or _is(key, before["public_key"])) and line["endorsement"] is not None
    return reached


def _is(key: str, public_key: str) -> bool:
    return key in (public_key, fingerprint(public_key))


def check_trusted_key(bundle: Bundle, key: str, *, row_is_sound: bool) -> Iterator[Fault]:
    """`--key`: nothing to say where there is no readable signature, which is a fault already."""
    if bundle.signature is not None and not leads(bundle, key, row_is_sound=row_is_sound):
        yield Fault("key", layout.SIGNATURE, None, _other_key(bundle, bundle.signature["public_key"], key))


def _other_key(bundle: Bundle, signer: str, key: str) -> str:
    """Who signed instead. It accuses nobody: a bundle cannot know the keys that came after its own."""
    keys = bundle.records.get(layout.KEYS, [])
    numbers = {line["public_key"]: line["number"] for line in keys}
    name = f"la llave {numbers[signer]}" if signer in numbers else "la llave"
    if key == bundle.manifest_sha256:
        return "la huella que usted dio es la del paquete, y es la de este; no es la de una llave: repita con --hash"
    told = f"lo firmó {name}, de huella {grouped(fingerprint(signer))}, y la que usted dio "
    if any(_is(key, line["public_key"]) for line in keys):
        return told + "es anterior, pero no lleva a ella por avales: si una llave se perdió, pida la huella de la que le siguió"
    return told + (
        "no está entre las anteriores. Si la suya es posterior, este paquete es de antes de ella y no puede mostrarlo solo: "
        "contrástelo con la huella de la llave de entonces"
    )
