"""Cases about files, manifest and signature: what a flipped, lost or added byte must be called."""

from __future__ import annotations

import json

from tests.core.verify.cases import (
    BUNDLES,
    DIFFERENCES,
    FACTS,
    INVALID,
    K1,
    KEYS,
    MANIFEST,
    RECORD,
    RULES,
    SIGNATURE,
    Case,
    case,
    edit,
    flip,
    put,
    replaced,
    row,
    swap,
    told,
)
from tests.core.verify.factory import SPEC, entry, finish, key, public, resealed, root, signature
from tests.core.verify.primitives import Files, cut


def good() -> list[Case]:
    r = row()
    return [
        case("good-first", r.first),
        case("good-second", r.second),
        case("good-year", r.year),
        case("good-erratum", r.erratum),
        case("good-key-fingerprint", r.first, key=K1),
        case("good-key-public", r.first, key=public(key(1))),
        case("good-key-printed", r.first, key=" ".join(K1[n : n + 4].upper() for n in range(0, 64, 4))),
        case("good-key-endorsed", r.erratum, key=K1),
        case("good-after-first", r.erratum, after=r.first),
        case("good-after-itself", r.first, after=r.first),
        case("good-after-and-key", r.year, key=K1, after=r.second),
    ]


def flips() -> list[Case]:
    first, made = row().erratum, []
    for path in sorted(first):
        if path in (MANIFEST, SIGNATURE):
            continue
        records = cut(path, first[path])
        start, number = 0, None
        if records:
            number = len(records) - 1
            start = sum(len(item) for item in records[:-1])
        name = path.replace("/", "-")
        made.append(case(f"flip-{name}", flip(first, path, start + 3, 0x80), ("changed", path, number)))
    swot = cut("data/swot.csv", first["data/swot.csv"]) or []
    end = len(swot[0]) + len(swot[1]) - 1
    merged = [("changed", "data/swot.csv", n) for n in range(1, len(swot))]
    made.append(case("flip-line-feed-merges-rows", flip(first, "data/swot.csv", end), *merged))
    return made


def cut_short() -> list[Case]:
    first = row().first
    swot = cut("data/swot.csv", first["data/swot.csv"]) or []
    facts = cut(FACTS, first[FACTS]) or []
    turned = b"".join([facts[1], facts[0], facts[2]])
    blind = flip(swap(first, "data/swot.csv", b"".join(swot[:-1])), "leaves.jsonl", 9)
    return [
        case("short-csv", swap(first, "data/swot.csv", b"".join(swot[:-1])), ("changed", "data/swot.csv", 5)),
        case("long-csv", swap(first, "data/swot.csv", first["data/swot.csv"] + b'"x"\n'), ("changed", "data/swot.csv", 6)),
        case("empty-csv", swap(first, "data/lines.csv", b""), *[("changed", "data/lines.csv", n) for n in range(4)]),
        case("turned-facts", swap(first, FACTS, turned), ("changed", FACTS, 0), ("changed", FACTS, 1)),
        case("tail-without-feed", swap(first, RULES, first[RULES][:-1]), ("changed", RULES, 1)),
        case("leaves-changed-too", blind, ("changed", "data/swot.csv", None), ("changed", "leaves.jsonl", None)),
    ]


def listing() -> list[Case]:
    first = row().first
    lost = {path: data for path, data in first.items() if path != "data/record.csv"}
    unnamed = told(first, lambda m: m["files"].pop(0))
    other = finish({**first, "data/extra.txt": b"a"}, json.loads(first[MANIFEST]), key(1))
    early = resealed(first, {DIFFERENCES: b""}, key(1))
    late = resealed({p: d for p, d in row().erratum.items() if p != DIFFERENCES}, {}, key(2))
    return [
        case("lost-file", lost, ("missing", "data/record.csv", None)),
        case("lost-leaves", {p: d for p, d in first.items() if p != "leaves.jsonl"}, ("missing", "leaves.jsonl", None)),
        case(
            "lost-signature", {p: d for p, d in first.items() if p != SIGNATURE}, ("missing", SIGNATURE, None), signature=INVALID
        ),
        case("lost-manifest", {p: d for p, d in lost.items() if p != MANIFEST}, ("missing", MANIFEST, None), signature=INVALID),
        case("extra-file", {**first, "data/extra.csv": b"x"}, ("undeclared", "data/extra.csv", None)),
        case("extra-hidden", {**first, ".DS_Store": b"x"}, ("undeclared", ".DS_Store", None)),
        case("extra-declared", other, ("undeclared", "data/extra.txt", None)),
        case("differences-in-edition-1", early, ("undeclared", DIFFERENCES, None)),
        case("no-differences-in-edition-2", late, ("missing", DIFFERENCES, None)),
        case("not-in-manifest", unnamed, ("undeclared", "LEEME.txt", None), ("root", MANIFEST, None)),
        case("empty-zip", {}, ("missing", MANIFEST, None), signature=INVALID),
    ]


def leaves() -> list[Case]:
    first = row().first
    rows = first["leaves.jsonl"].splitlines(keepends=True)

    def remade(data: bytes) -> Files:
        return finish_leaves(first, data)

    renamed = b"".join([*rows[:-1], edit(rows[-1], put("key", to="otra"))])
    wrong = b"".join([*rows[:-1], edit(rows[-1], put("sha256", to="0" * 64))])
    lost = ("malformed", "leaves.jsonl", None)
    return [
        case("leaves-short", remade(b"".join(rows[:-1])), lost),
        case("leaves-turned", remade(b"".join([rows[1], rows[0], *rows[2:]])), lost),
        case("leaves-wrong-hash", remade(wrong), lost),
        case("leaves-wrong-name", remade(renamed), ("malformed", "leaves.jsonl", len(rows) - 1)),
        case("leaves-bad-line", remade(b"".join([*rows[:2], b"{}\n", *rows[3:]])), ("malformed", "leaves.jsonl", 2)),
    ]


def finish_leaves(files: Files, data: bytes) -> Files:
    """The bundle signed again with `data` as its leaves.jsonl, right or wrong."""

    def change(manifest: dict[str, object]) -> None:
        entries = [
            entry(path, {**files, "leaves.jsonl": data}[path]) for path in sorted(files) if path not in (MANIFEST, SIGNATURE)
        ]
        manifest.update(files=entries, root=root(entries))

    return {**told(files, change), "leaves.jsonl": data}


def manifests() -> list[Case]:
    first = row().first
    entry = json.loads(first[MANIFEST])["files"][5]
    assert entry["path"] == "data/objectives.csv"
    other = ("0" if entry["sha256"][0] != "0" else "1") + entry["sha256"][1:]
    hashed = replaced(first, MANIFEST, entry["sha256"], other)
    signed = ("signature", MANIFEST, None)
    root = ("root", MANIFEST, None)

    def broken(name: str, data: bytes) -> Case:
        return case(f"manifest-{name}", swap(first, MANIFEST, data), ("malformed", MANIFEST, None), signature=INVALID)

    def shaped(name: str, change: object) -> Case:
        return case(f"manifest-{name}", told(first, change), ("malformed", MANIFEST, None), signature=INVALID)  # type: ignore[arg-type]

    text = first[MANIFEST]
    return [
        case("manifest-other-hash", hashed, signed, root, ("changed", "data/objectives.csv", None), signature=INVALID),
        case("manifest-other-notice", replaced(first, MANIFEST, "sitio de", "sitio en"), signed, signature=INVALID),
        case(
            "manifest-other-due",
            replaced(first, MANIFEST, "2023-05-15", "2023-05-16"),
            signed,
            ("deadline", MANIFEST, None),
            signature=INVALID,
        ),
        case("manifest-root", told(first, put("root", to="0" * 64)), root),
        case(
            "manifest-content-root",
            told(first, put("content_root", to="0" * 64)),
            root,
            ("ledger", FACTS, 1),
        ),
        broken("no-line-feed", text[:-1]),
        broken("two-line-feeds", text + b"\n"),
        broken("spaces", text.replace(b":", b": ", 1)),
        broken("bom", b"\xef\xbb\xbf" + text),
        broken("crlf", text[:-1] + b"\r\n"),
        broken("empty", b""),
        broken("array", b"[]\n"),
        broken("not-utf8", text.replace(b"demo-2023", b"demo-\xff023", 1)),
        broken("escaped-slash", text.replace(b"calpulli-bundle/1", b"calpulli-bundle\\/1")),
        broken("repeated-key", b'{"content_root":"' + b"0" * 64 + b'",' + text[1:]),
        shaped("spec-3", put("spec", to="calpulli-bundle/3")),
        shaped("extra-key", put("more", to=1)),
        shaped("lost-key", lambda m: m.pop("seal")),
        shaped("number-is-true", put("number", to=True)),
        shaped("number-0", put("number", to=0)),
        shaped("period-Q5", put("period", to="2023-Q5")),
        shaped("period-year-1899", put("period", to="1899")),
        shaped("no-such-day", put("seal", "sealed_on", to="2023-02-29")),
        shaped("period-year-2200", put("period", to="2200")),
        shaped("sealed-in-2200", put("seal", "sealed_on", to="2200-01-01")),
        shaped("due-in-1899", put("deadline", "due_on", to="1899-12-31")),
        shaped("upper-case-hex", put("ledger", "digest", to="A" * 64)),
        shaped("previous-in-1", put("previous", to={"manifest_sha256": "0" * 64, "number": 0})),
        shaped("reason-in-edition-1", put("edition", "reason", to="x")),
        shaped("files-turned", lambda m: m["files"].reverse()),
        shaped("file-twice", lambda m: m["files"].insert(0, m["files"][0])),
        shaped("sealed-wrong", put("files", 0, "sealed", to=True)),
        shaped("records-null", lambda m: m["files"][1].update(records=None, records_root=None)),
        shaped("negative-bytes", put("files", 0, "bytes", to=-1)),
    ]


def signatures() -> list[Case]:
    first = row().first
    fault = ("signature", SIGNATURE, None)
    shape = ("malformed", SIGNATURE, None)
    value = json.loads(first[SIGNATURE])
    order = 2**252 + 27742317777372353535851937790883648493
    raw = bytes.fromhex(value["signature"])
    high = raw[:32] + (int.from_bytes(raw[32:], "little") + order).to_bytes(32, "little")
    stranger = swap(first, SIGNATURE, signature(first[MANIFEST], key(9)))

    def with_(name: str, to: object) -> Files:
        return swap(first, SIGNATURE, edit(first[SIGNATURE], put(name, to=to)))

    def bad(name: str, files: Files, *faults: tuple[str, str | None, int | None]) -> Case:
        return case(f"signature-{name}", files, *(faults or (fault,)), signature=INVALID)

    return [
        bad("flipped", with_("signature", value["signature"][:-3] + "000")),
        bad("malleable", with_("signature", high.hex())),
        bad("other-hash", with_("signed_sha256", "0" * 64)),
        bad("other-fingerprint", with_("fingerprint", "0" * 64)),
        bad("other-public-key", with_("public_key", public(key(9)))),
        bad("small-order-key", with_("public_key", "01" + "00" * 31)),
        bad("not-a-point", with_("public_key", "02" + "00" * 31)),
        bad("non-canonical-key", with_("public_key", "ee" + "ff" * 30 + "7f")),
        bad("by-a-stranger", stranger, fault, ("key", KEYS, 0)),
        bad("upper-case", with_("signature", value["signature"].upper()), shape),
        bad("other-algorithm", with_("algorithm", "ed25519"), shape),
        bad("other-spec", with_("spec", SPEC + "0"), shape),
        bad("extra-key", with_("more", None), shape),
        bad("not-canonical", swap(first, SIGNATURE, first[SIGNATURE][:-2] + b" }\n"), shape),
        bad("both", flip(with_("signature", "0" * 128), "data/swot.csv", 1, 0x80), fault, ("changed", "data/swot.csv", 0)),
    ]


def malformed() -> list[Case]:
    """Contents that are not canonical JSON, signed all the same."""
    first, made = row().first, []
    deep = b"[" * 65 + b"]" * 65
    pieces = {
        "deep": deep,
        "very-deep": b"[" * 200_000,
        "nan": b"NaN",
        "infinity": b"-Infinity",
        "fraction": b"1.5",
        "exponent": b"1e5",
        "minus-zero": b"-0",
        "leading-zero": b"01",
        "too-large": b"9007199254740992",
        "huge": b"9" * 5000,
        "surrogate": b'"\\ud800"',
        "escaped": b'"\\u00e1"',
        "raw-control": b'"\x01"',
        "upper-escape": b'"\\u001F"',
        "long-escape": b'"\\u000a"',
        "overlong": b'"\xc0\xaf"',
        "encoded-surrogate": b'"\xed\xa0\x80"',
        "repeated": b'{"a":1,"a":1}',
        "unsorted": b'{"b":1,"a":1}',
        "accented-key": '{"ñ":1}'.encode(),
        "space": b"[1, 2]",
        "comma": b"[1,]",
    }
    for name, piece in pieces.items():
        data = first[RECORD].replace(b'"year":2023', b'"year":' + piece)
        made.append(case(f"json-{name}", resealed(first, {RECORD: data}, key(1)), ("malformed", RECORD, None)))
    fine = first[RECORD].replace(b'"year":2023', b'"year":' + b"[" * 61 + b"9007199254740991" + b"]" * 61)
    made.append(case("json-deepest-and-largest", resealed(first, {RECORD: fine}, key(1))))
    for path, number in ((RULES, 1), (FACTS, 2), (KEYS, 0)):
        parts = first[path].splitlines(keepends=True)
        data = b"".join([*parts[:number], b'{"a":1}\n', *parts[number + 1 :]])
        files = resealed(first, {path: data}, key(1), attested=path != FACTS)
        made.append(case(f"lines-shape-{path[5:-6]}", files, ("malformed", path, number)))
    tail = resealed(first, {RULES: first[RULES][:-1]}, key(1))
    made.append(case("lines-no-last-feed", tail, ("malformed", RULES, 1)))
    blank = resealed(first, {RULES: first[RULES] + b"\n\n"}, key(1))
    made.append(case("lines-blank", blank, ("malformed", RULES, 2), ("malformed", RULES, 3)))
    bundle_line = resealed(row().second, {BUNDLES: b"null\n"}, key(2))
    made.append(case("lines-bundles-null", bundle_line, ("malformed", BUNDLES, 0)))
    return made


def all_cases() -> list[Case]:
    makers = (good, flips, cut_short, listing, leaves, manifests, signatures, malformed)
    return [item for maker in makers for item in maker()]
