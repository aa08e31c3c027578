"""Cases about whom to believe: keys and their endorsements, an older bundle, a bundle rewritten whole; and hostile zips."""

from __future__ import annotations

import copy
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.core.verify.cases import (
    BUNDLES,
    DIFFERENCES,
    FACTS,
    INVALID,
    K1,
    K2,
    K9,
    KEYS,
    MANIFEST,
    PLAIN,
    RECORD,
    SIGNATURE,
    Case,
    Fault,
    case,
    edit_lines,
    flip,
    pack,
    put,
    row,
)
from tests.core.verify.factory import (
    Installation,
    content_root,
    fingerprint,
    key,
    parsed,
    public,
    relinked,
    resealed,
    sealed_contents,
    sign,
)
from tests.core.verify.invented import NAMES, PROGRAMME
from tests.core.verify.primitives import Files, canonical, lines, sha256, unicode_path, zipped

AFTER: Fault = ("after", MANIFEST, None)
KEY: Fault = ("key", SIGNATURE, None)
HASH: Fault = ("hash", MANIFEST, None)


@cache
def forged() -> tuple[Files, Files]:
    """The first two bundles rewritten whole by someone without the key: everything agrees with itself."""
    programme = copy.deepcopy(PROGRAMME)
    programme["objectives"][0]["text"] = "Otro objetivo, que nadie aprobó."
    town = Installation(programme=programme, signer=key(9))
    return town.close("2023-Q1"), town.close("2023-Q2")


@cache
def lost_key() -> tuple[Files, Files, Files]:
    """Key 1 was lost after the first bundle: key 2 has no endorsement; key 3 is endorsed by key 2."""
    town = Installation()
    first = town.close("2023-Q1")
    town.rotate(key(2), endorsed=False)
    second = town.close("2023-Q2")
    town.rotate(key(3))
    return first, second, town.close("2023-Q3")


def rewritten() -> list[Case]:
    honest, (first, second) = row(), forged()
    return [
        case("forged-alone", first),
        case("forged-second-alone", second),
        case("forged-with-key", first, KEY, key=K1, signature=PLAIN),
        case("forged-with-public-key", first, KEY, key=public(key(1)), signature=PLAIN),
        case("forged-with-its-own-key", first, key=K9),
        case("forged-after-honest", second, AFTER, after=honest.first, signature=PLAIN),
        case("forged-same-number", first, AFTER, after=honest.first, signature=PLAIN),
        case("forged-key-and-after", second, KEY, AFTER, key=K1, after=honest.first, signature=PLAIN),
        case("insider-same-key", Installation(institute="otro").close("2023-Q1"), AFTER, after=honest.first, signature=PLAIN),
    ]


def prints() -> list[Case]:
    """The hash of one bundle, kept outside: it is that of manifest.json, and of no other."""
    r = row()
    own = sha256(r.first[MANIFEST])
    changed = flip(r.first, "data/swot.csv", 2)
    return [
        case("print-own", r.first, hash=own),
        case("print-of-another", r.second, HASH, hash=own, signature=PLAIN),
        case("print-forged", forged()[0], HASH, hash=own, signature=PLAIN),
        case("print-and-key", r.first, hash=own, key=K1),
        case("print-holds-key-does-not", r.first, KEY, hash=own, key=K9, signature=PLAIN),
        case("print-of-changed-data", changed, ("changed", "data/swot.csv", 0), hash=own),
    ]


def rotation() -> list[Case]:
    first, second, third = lost_key()
    return [
        case("lost-key-alone", second),
        case("lost-key-own", second, key=K2),
        case("lost-key-older", second, KEY, key=K1, signature=PLAIN),
        case("lost-key-after", second, AFTER, after=first, signature=PLAIN),
        case("lost-key-third-from-second", third, key=K2),
        case("lost-key-third-from-first", third, KEY, key=K1, signature=PLAIN),
        case("lost-key-third-after-second", third, after=second),
        case("later-key-is-no-key", row().first, KEY, key=K2, signature=PLAIN),
    ]


def keys() -> list[Case]:
    erratum = row().erratum
    no_point = "02" + "00" * 31

    def wrong(name: str, change: Callable[[Any], None], *numbers: int | None, **how: Any) -> Case:
        files = resealed(erratum, {KEYS: edit_lines(erratum[KEYS], change)}, key(2))
        extra = how.pop("faults", [])
        return case(f"keys-{name}", files, *[("key", KEYS, n) for n in numbers], *extra, **how)

    def restated(lines: Any) -> None:
        """Key 2 endorsed by a stranger."""
        statement = {"number": 2, "previous": fingerprint(key(1)), "public_key": public(key(2))}
        lines[1]["endorsement"] = sign(key(9), b"calpulli-key-v1", canonical(statement))

    return [
        wrong("endorsed-by-stranger", restated, 1),
        wrong("endorsed-by-stranger-key", restated, 1, faults=[KEY], key=K1, signature=PLAIN),
        wrong("endorsed-by-stranger-own-key", restated, 1, key=K2),
        wrong("endorsement-gone", put(1, "endorsement", to=None)),
        wrong("endorsement-gone-key", put(1, "endorsement", to=None), faults=[KEY], key=K1, signature=PLAIN),
        wrong("first-endorsed", put(0, "endorsement", to="0" * 128), 0),
        wrong("first-number", put(0, "number", to=2), 0),
        wrong("fingerprint", put(0, "fingerprint", to="0" * 64), 0),
        wrong("last-is-another", lambda k: k.pop(), 0),
        wrong("none", lambda k: k.clear(), None),
        wrong("twice", lambda k: k.append({**k[1], "number": 3, "endorsement": None}), 2),
        wrong("first-is-no-point", lambda k: k[0].update(public_key=no_point, fingerprint=sha256(bytes.fromhex(no_point))), 1),
    ]


def after() -> list[Case]:
    r = row()

    def past(name: str, change: Callable[[Any], None], *faults: Fault, old: Files) -> Case:
        files = resealed(r.year, {BUNDLES: edit_lines(r.year[BUNDLES], change)}, key(2))
        return case(f"after-{name}", files, *faults, after=old, signature=PLAIN if faults else None)

    def unkeyed(name: str, old: Files | bytes) -> Case:
        return case(f"after-{name}", r.year, AFTER, after=old, signature=PLAIN)

    def other_past(keys: Any) -> None:
        """Another first key, said to be lost: lawful in itself, but not what the older bundle says."""
        keys[0].update(public_key=public(key(5)), fingerprint=fingerprint(key(5)))
        keys[1]["endorsement"] = None

    broken = flip(r.year, KEYS, 4)
    return [
        unkeyed("newer", r.erratum),
        unkeyed("faulty", flip(r.first, "LEEME.txt", 0)),
        unkeyed("not-a-zip", b"hola"),
        unkeyed("other-plan", Installation(plan="otro-2023").close("2023-Q1")),
        past("line-gone", lambda b: b.pop(0), AFTER, ("ledger", BUNDLES, 0), ("ledger", BUNDLES, None), old=r.first),
        past("other-hash", put(0, "manifest_sha256", to="0" * 64), AFTER, old=r.first),
        past("other-ledger", put(0, "ledger", "digest", to="0" * 64), AFTER, old=r.first),
        past("other-period", put(0, "period", to="2022-Q4"), AFTER, old=r.first),
        past("rewritten-before-old", put(0, "manifest_sha256", to="0" * 64), AFTER, old=r.second),
        case(
            "after-other-first-key",
            resealed(r.year, {KEYS: edit_lines(r.year[KEYS], other_past)}, key(2)),
            AFTER,
            after=r.second,
            signature=PLAIN,
        ),
        case("after-keys-changed", broken, AFTER, ("changed", KEYS, 0), after=r.first, signature=PLAIN),
    ]


def replaced() -> list[Case]:
    """The erratum of the first bundle changed column 15 from nothing to a note."""
    first, erratum = row().first, row().erratum

    def differing(name: str, change: Callable[[Any], None], *numbers: int | None, old: Files = first) -> Case:
        files = resealed(erratum, {DIFFERENCES: edit_lines(erratum[DIFFERENCES], change)}, key(2))
        return case(f"replaced-{name}", files, *[("record", DIFFERENCES, n) for n in numbers], after=old)

    mission = {"after": PROGRAMME["mission"], "before": "Otra misión.", "name": NAMES[5], "number": 6}
    return [
        differing("kept-quiet", lambda d: d.clear(), None),
        differing("other-before", put(0, "before", to="Otra nota."), 0),
        differing("invented", lambda d: d.insert(0, mission), 0),
        differing("another-instead", lambda d: d.__setitem__(0, mission), 0, None),
        differing("number-0", put(0, "number", to=0), 0, None),
        differing("kept-quiet-to-another", lambda d: d.clear(), old=row().second),
    ]


def programmes() -> list[Case]:
    """Other texts under the same plan, which only somebody with the older bundle can see."""
    town = Installation()
    first = town.close("2023-Q1")
    town.programme["vision"] = "Otra visión."
    second = town.close("2023-Q2")
    town.plan = "demo-2024"
    town.programme["provenance"]["year"] = True
    third = town.close("2023-Q3")
    return [
        case("programme-changed-alone", second),
        case("programme-changed-after", second, ("record", RECORD, None), after=first),
        case("programme-of-another-plan", third, after=second),
    ]


def sealed_twice() -> list[Case]:
    """The second quarter was sealed before the first was published: its fact is in both bundles, or it was sealed again."""
    town = Installation()
    first = town.close("2023-Q1")
    facts = parsed(first[FACTS])
    root = content_root(sealed_contents(town.plan, "2023-Q2", town.programme))
    details = {"content_root": root, "edition": 1, "period": "2023-Q2", "plan": town.plan}
    seal = {**facts[1], "at": "2023-08-09T18:00:00Z", "details": details, "sequence": 4}
    early = relinked([*facts, seal])
    town.last = resealed(first, {FACTS: lines(early)}, key(1), attested=False)
    town.past.clear()
    town._remember()
    old, again = town.last, town.close("2023-Q2")
    published = {**early[2], "at": seal["at"], "sequence": 5}
    once = resealed(again, {FACTS: lines(relinked([*early, published]))}, key(1), attested=False)
    return [
        case("sealed-once-after", once, after=old),
        case("sealed-again-alone", again),
        case("sealed-again-after", again, AFTER, after=old, signature=PLAIN),
    ]


def many_keys() -> list[Case]:
    """As many keys as a reader accepts, each said to have been lost; and one more."""

    def town(count: int) -> Files:
        made = Installation(signer=key(1))
        for number in range(2, count + 1):
            made.rotate(key(number), endorsed=False)
        return made.close("2023-Q1")

    return [
        case("keys-200", town(200)),
        case("keys-201", town(201), ("unreadable", None, None), signature=INVALID),
    ]


def zips() -> list[Case]:
    files = row().first
    entries = sorted(files.items())
    whole = pack(files)
    bad = ("unreadable", None, None)

    def wrong(name: str, data: bytes) -> Case:
        return case(f"zip-{name}", data, bad, signature=INVALID)

    other_name = unicode_path("data/record.csv", "data/lines.csv")
    start = whole.index(b"PK\x01\x02")
    streamed = zipped(entries, flags=0x08)
    prefixed = [(f"paquete/{name}", data) for name, data in entries]
    torn = bytearray(whole)
    torn[14] ^= 0xFF  # the CRC-32 of the first local header alone
    no_crc = bytearray(whole)
    no_crc[14] ^= 0xFF
    no_crc[start + 16] ^= 0xFF
    many = struct.pack("<HH", len(entries) + 1, len(entries) + 1)
    return [
        case("zip-turned-entries", zipped(reversed(entries))),
        case("zip-wrong-crc", bytes(no_crc)),
        case("zip-utf8-flag", zipped(entries, flags=0x0800)),
        wrong("other-crc-in-local", bytes(torn)),
        wrong("deflated", zipped(entries, method=8)),
        wrong("descriptor", streamed),
        wrong("encrypted", zipped(entries, flags=0x01)),
        wrong("twice", zipped([*entries, entries[-1]])),
        wrong("dots", zipped([*entries, ("../fuera.txt", b"x")])),
        wrong("absolute", zipped([*entries, ("/etc/passwd", b"x")])),
        wrong("backslash", zipped([*entries, ("data\\x", b"x")])),
        wrong("folder-entry", zipped([("data/", b""), *entries])),
        wrong("accent", zipped([*entries, ("año.txt", b"x")], flags=0x0800)),
        wrong("unicode-path", zipped(entries, local_extra=other_name, central_extra=other_name)),
        wrong("extra-in-directory", zipped(entries, central_extra=other_name)),
        wrong("extra-in-local", zipped(entries, local_extra=other_name)),
        wrong("entry-comment", zipped(entries, comment=b"x")),
        wrong("empty-name", zipped([*entries, ("", b"x")])),
        wrong("not-a-zip", b"hola"),
        wrong("no-bytes", b""),
        wrong("cut", whole[:-1]),
        wrong("tail", whole + b"\x00"),
        wrong("head", b"\x00" + whole),
        wrong("gap", whole[:start] + b"\x00" + whole[start:]),
        wrong("count", whole[:-14] + many + whole[-10:]),
        case("zip-inner-folder", zipped(prefixed), ("missing", MANIFEST, None), signature=INVALID),
        wrong("zeros-17-MiB", zipped([*entries, ("data/extra", bytes(17 << 20))])),
    ]


def all_cases() -> list[Case]:
    makers = (rewritten, prints, rotation, keys, many_keys, after, replaced, programmes, sealed_twice, zips)
    return [item for maker in makers for item in maker()]
