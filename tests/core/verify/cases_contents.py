"""Cases about what the bundle says: record, tables, differences, term, facts, earlier bundles. All are signed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.core.verify.cases import (
    BUNDLES,
    DIFFERENCES,
    FACTS,
    MANIFEST,
    RECORD,
    RULES,
    Case,
    Fault,
    case,
    edit,
    edit_lines,
    put,
    record_with,
    row,
    told,
)
from tests.core.verify.factory import ZEROS, key, parsed, relinked, resealed
from tests.core.verify.invented import NAMES
from tests.core.verify.primitives import Files, csv, cut, lines

Change = Callable[[Any], None]


def record() -> list[Case]:
    """Each column that is recomputed, and everything around the columns."""
    first = row().first

    def wrong(name: str, change: Change) -> Case:
        return case(f"record-{name}", record_with(first, change), ("record", RECORD, None))

    def column(number: int, value: str) -> Change:
        return lambda r: r["columns"][number - 1].update(value=value, mark=None if value else "no reportado")

    def both(value: dict[str, Any]) -> None:
        value["columns"][12]["value"], value["columns"][13]["value"] = "31/03/2023", "30/03/2023"

    texts = {1: "2024", 2: "02/01/2023", 3: "30/03/2023", 6: "Otra", 8: "FORTALEZAS", 9: "", 10: "1.1 x", 11: " ", 12: "A"}
    fine = {4: "https://example.org/poa", 5: "x", 13: "", 14: "", 15: "Una nota"}
    made = [wrong(f"column-{number}", column(number, value)) for number, value in texts.items()]
    made += [case(f"record-free-{n}", record_with(first, column(n, value))) for n, value in fine.items()]
    made += [
        wrong("column-13-not-a-date", column(13, "31/02/2023")),
        wrong("column-13-iso", column(13, "2023-03-31")),
        wrong("column-13-in-1899", column(13, "31/12/1899")),
        wrong("column-14-in-2200", column(14, "01/01/2200")),
        case("record-column-13-in-1900", record_with(first, column(13, "01/01/1900"))),
        case("record-column-14-in-2199", record_with(first, column(14, "31/12/2199"))),
        wrong("column-14-on-last-day", column(14, "31/03/2023")),
        wrong("column-14-before-13", column(13, "26/04/2023")),
        case("record-column-14-same-as-13", record_with(first, column(13, "25/04/2023"))),
        wrong("both-dates-early", both),
        wrong("mark-with-value", put("columns", 5, "mark", to="no reportado")),
        wrong("blank-without-mark", put("columns", 14, "mark", to=None)),
        wrong("other-name", put("columns", 6, "name", to="Vision")),
        wrong("other-number", put("columns", 6, "number", to=8)),
        wrong("other-period", put("period", to="2023-Q2")),
        wrong("other-plan", put("plan", to="otro")),
        wrong("line-break", put("programme", "legal_basis", to="a\nb")),
        wrong("carriage-return", put("programme", "institution", "name", to="a\rb")),
    ]
    return made


def record_shape() -> list[Case]:
    first = row().first

    def broken(name: str, change: Change) -> Case:
        data = edit(first[RECORD], change)
        return case(f"record-shape-{name}", resealed(first, {RECORD: data}, key(1)), ("malformed", RECORD, None))

    return [
        broken("14-columns", lambda r: r["columns"].pop()),
        broken("format", put("format", to="121-XXII-b/0")),
        broken("mark", put("columns", 14, "mark", to="vacío")),
        broken("extra-key", put("more", to=1)),
        broken("no-vision", lambda r: r["programme"].pop("vision")),
        broken("number-as-text", put("programme", "objectives", 0, "number", to="1")),
        broken("objective-key", put("programme", "objectives", 0, "more", to=None)),
        broken("value-null", put("columns", 14, "value", to=None)),
    ]


def rewritten(path: str, change: Callable[[list[bytes]], list[bytes]]) -> Files:
    first = row().first
    return resealed(first, {path: b"".join(change(cut(path, first[path]) or []))}, key(1))


def tables() -> list[Case]:
    objectives, swot, sheet = "data/objectives.csv", "data/swot.csv", "data/record.csv"
    twice = csv([["objetivo-1", "2", "Organizar elecciones."]])
    empty = csv([["", "2", "Organizar elecciones."]])
    other = csv([["objetivo-dos", "2", "Organizar elecciones."]])
    bare = b"objetivo-2,2,Organizar elecciones.\n"

    def one(name: str, path: str, change: Callable[[list[bytes]], list[bytes]], *numbers: int) -> Case:
        return case(f"table-{name}", rewritten(path, change), *[("record", path, n) for n in numbers])

    mission = row().first[RECORD].decode()
    assert "Organizar elecciones." in mission
    other_sheet = [NAMES, ["2022", *[item["value"] for item in json.loads(mission)["columns"]][1:]]]
    return [
        one("header", objectives, lambda r: [r[0].replace(b"text", b"texto"), *r[1:]], 0),
        one("identifier-twice", objectives, lambda r: [*r[:2], twice], 2),
        one("identifier-empty", objectives, lambda r: [*r[:2], empty], 2),
        one("identifier-free", objectives, lambda r: [*r[:2], other]),
        one("no-quotes", objectives, lambda r: [*r[:2], bare], 2),
        one("one-more", objectives, lambda r: [*r, csv([["objetivo-3", "3", "x"]])], 3),
        one("one-less", swot, lambda r: r[:-1], 5),
        one("turned", swot, lambda r: [r[0], r[2], r[1], *r[3:]], 1, 2),
        one("no-last-feed", "data/lines.csv", lambda r: [*r[:-1], r[-1][:-1]], 3),
        one("objective", "data/lines.csv", lambda r: [*r[:-1], r[-1].replace(b'"2",', b'"1",')], 3),
        one("sheet-value", sheet, lambda r: [csv(other_sheet[:1]), csv(other_sheet[1:])], 1),
        one("sheet-header", sheet, lambda r: [r[0].replace(b"Nota", b"Notas"), r[1]], 0),
        one("sheet-two-rows", sheet, lambda r: [*r, r[1]], 2),
        one("sheet-header-alone", sheet, lambda r: r[:1], 1),
        one("not-utf8", swot, lambda r: [*r[:-1], r[-1].replace(b"Reforma", b"R\xe9forma")], 5),
    ]


def differences() -> list[Case]:
    erratum = row().erratum

    def wrong(name: str, change: Change, *numbers: int) -> Case:
        files = resealed(erratum, {DIFFERENCES: edit_lines(erratum[DIFFERENCES], change)}, key(2))
        return case(f"differences-{name}", files, *[("record", DIFFERENCES, n) for n in numbers])

    mission = {"after": json.loads(erratum[RECORD])["columns"][5]["value"], "before": "x", "name": "Misión", "number": 6}
    return [
        wrong("none", lambda d: d.clear()),
        wrong("two", lambda d: d.insert(0, mission)),
        wrong("not-ascending", lambda d: d.append(mission), 1),
        wrong("after", put(0, "after", to="otra cosa"), 0),
        wrong("same", lambda d: d[0].update(before=d[0]["after"]), 0),
        wrong("name", put(0, "name", to="Notas"), 0),
        wrong("number-16", put(0, "number", to=16), 0),
    ]


def deadlines() -> list[Case]:
    first, year = row().first, row().year
    fault: Fault = ("deadline", MANIFEST, None)

    def rules(name: str, change: Change, *faults: Fault, files: Files = first, signer: int = 1) -> Case:
        changed = resealed(files, {RULES: edit_lines(files[RULES], change)}, key(signer))
        return case(f"deadline-{name}", changed, *faults)

    return [
        case("deadline-due-on", told(first, put("deadline", "due_on", to="2023-05-16")), fault),
        case("deadline-unknown-rule", told(first, put("deadline", "rule", to="record.monthly")), fault),
        rules("value", put(0, "value", to=30), fault),
        rules("unit", put(0, "unit", to="working_days"), fault),
        rules("not-yet-valid", put(0, "valid_from", to="2023-04-01"), fault),
        rules("no-longer-valid", put(0, "valid_until", to="2023-03-30"), fault),
        rules("valid-that-day-alone", lambda r: r[0].update(valid_from="2023-03-31", valid_until="2023-03-31")),
        rules("twice", lambda r: r.append(dict(r[0])), fault),
        rules("twice-one-expired", lambda r: r.append({**r[0], "valid_until": "2020-12-31", "value": 30})),
        rules("far", put(0, "value", to=2**53 - 1), fault),
        rules("before-time", put(0, "value", to=-(2**53 - 1)), fault),
        rules("year-until", put(1, "valid_until", to="2023-12-30"), fault, files=year, signer=2),
    ]


def seals() -> list[Case]:
    """The days of the seal: the first bundle's facts are all of the 10th of May, 2023, at 18:00 UTC."""
    first = row().first

    def days(name: str, sealed_on: str, published_on: str, *, right: bool = False, facts_at: str | None = None) -> Case:
        def change(manifest: Any) -> None:
            manifest["seal"].update(sealed_on=sealed_on, published_on=published_on)

        values = [{**fact, "at": facts_at or fact["at"]} for fact in parsed(first[FACTS])]
        files = resealed(first, {FACTS: lines(relinked(values))}, key(1), attested=False, edit=change)
        return case(f"seal-{name}", files, *([] if right else [("deadline", MANIFEST, None)]))

    return [
        days("published-before", "2023-05-10", "2023-05-09"),
        days("published-that-day", "2023-05-10", "2023-05-10", right=True),
        days("on-last-day", "2023-03-31", "2023-05-11", facts_at="2023-03-31T18:00:00Z"),
        days("day-after", "2023-04-01", "2023-05-11", facts_at="2023-04-01T18:00:00Z", right=True),
        days("local-day-before", "2023-05-09", "2023-05-11", right=True),
        days("local-day-after", "2023-05-11", "2023-05-11", right=True),
        days("two-days-before", "2023-05-08", "2023-05-11"),
        days("two-days-after", "2023-05-12", "2023-05-12"),
        case("seal-backdated-rules-lost", lost_rules(first), ("deadline", MANIFEST, None), ("missing", RULES, None)),
    ]


def lost_rules(files: Files) -> Files:
    """Published before it was sealed, and without the rules, which that has nothing to do with."""
    changed = told(files, put("seal", "published_on", to="2023-05-01"))
    return {path: data for path, data in changed.items() if path != RULES}


def ledger() -> list[Case]:
    first, year = row().first, row().year

    def facts(name: str, change: Change, *faults: Fault, relink: bool = True, files: Files = first, signer: int = 1) -> Case:
        values = parsed(files[FACTS])
        change(values)
        changed = {FACTS: lines(relinked(values) if relink else values)}
        return case(f"ledger-{name}", resealed(files, changed, key(signer), attested=False), *faults)

    def at(number: int | None) -> Fault:
        return ("ledger", FACTS, number)

    return [
        facts("digest", put(0, "actor", to="otra"), at(0), relink=False),
        facts("link", put(2, "sequence", to=5), at(2)),
        facts("first-not-1", shifted, at(0)),
        facts("first-previous", put(0, "previous", to="1" * 64), at(0)),
        facts("other-chain-line", put(1, "chain", to="otra"), at(1)),
        facts("cut-link", lambda f: f.pop(0), at(0)),
        facts("no-seal", put(1, "name", to="planning.quarter_closed"), at(None)),
        facts("seal-of-other-plan", put(1, "details", "plan", to="otro"), at(None)),
        facts("edition-true", put(1, "details", "edition", to=True), at(None)),
        facts("two-seals", lambda f: f.append({**f[1], "sequence": 4}), at(None)),
        facts("other-content", put(1, "details", "content_root", to=ZEROS), at(1)),
        facts("not-continued", put(0, "previous", to=ZEROS), at(0), files=year, signer=2),
        facts("earlier-than-before", put(2, "at", to="2023-05-10T17:59:59Z"), at(2)),
        facts("later-than-before", put(2, "at", to="2023-05-10T18:00:01Z")),
        facts("in-2200", put(2, "at", to="2200-01-01T00:00:00Z"), ("malformed", FACTS, 2)),
        facts("sealed-by-nobody", put(1, "actor", to=None), at(1)),
        facts("sealed-by-who-sent", put(1, "actor", to="autora"), at(1)),
        facts("sealed-by-who-captured", sealed_after("planning.edition_captured"), at(1)),
        facts("sealed-by-who-sent-later", lambda f: f[2].update({**f[0], "actor": "revisor", "sequence": 3}), at(1)),
        facts("sealed-by-who-sent-another", sealed_after("planning.edition_submitted", edition=2)),
        facts("sealed-by-who-sent-another-period", sealed_after("planning.edition_submitted", period="2022-Q4")),
        facts("sealed-by-who-sent-another-plan", sealed_after("planning.edition_submitted", plan="otro")),
        facts("sealed-by-who-opened", sealed_after("planning.period_opened")),
        case("ledger-empty", resealed(first, {FACTS: b""}, key(1), attested=False), at(None)),
        case("ledger-head", told(first, put("ledger", "sequence", to=4)), at(2)),
        case("ledger-head-digest", told(first, put("ledger", "digest", to=ZEROS)), at(2)),
        case("ledger-content-not-attested", unattested(first), at(1)),
    ]


def sealed_after(name: str, **details: Any) -> Change:
    """The first fact is named so and tells so, and the same person seals."""

    def change(facts: Any) -> None:
        facts[0]["name"] = name
        facts[0]["details"].update(details)
        facts[1]["actor"] = facts[0]["actor"]

    return change


def shifted(facts: Any) -> None:
    for fact in facts:
        fact["sequence"] += 1


def unattested(files: Files) -> Files:
    """Rules changed where no check looks but the fact that sealed the contents."""
    rules = edit_lines(files[RULES], put(0, "source", to="otra fuente"))
    return resealed(files, {RULES: rules}, key(1), attested=False)


def bundles() -> list[Case]:
    year, erratum = row().year, row().erratum

    def past(name: str, change: Change, *faults: Fault, files: Files = year) -> Case:
        changed = resealed(files, {BUNDLES: edit_lines(files[BUNDLES], change)}, key(2))
        return case(f"bundles-{name}", changed, *faults)

    def at(number: int | None) -> Fault:
        return ("ledger", BUNDLES, number)

    return [
        past("one-less", lambda b: b.pop(0), at(0), at(None)),
        past("none", lambda b: b.clear(), at(None), ("ledger", FACTS, 0)),
        past(
            "one-more",
            lambda b: b.append({**b[1], "number": 3, "period": "2023-Q3", "ledger": {**b[1]["ledger"], "sequence": 7}}),
            at(2),
        ),
        past("number", put(0, "number", to=2), at(0)),
        past("other-previous", put(1, "manifest_sha256", to=ZEROS), at(1)),
        past("other-first", put(0, "manifest_sha256", to=ZEROS)),
        past("other-chain", put(0, "ledger", "chain", to="otra"), at(0)),
        past("sequence-falls", put(0, "ledger", "sequence", to=6), at(1)),
        past("edition-jumps", put(0, "edition", to=2), at(0)),
        past("edition-repeated", lambda b: b[1].update(period="2023-Q1"), at(1)),
        past("replaces-other", put(0, "manifest_sha256", to=ZEROS), at(None), files=erratum),
        past("first-edition-gone", put(0, "period", to="2022-Q4"), at(None), files=erratum),
        past("same-period-before", put(0, "period", to="2023"), at(None)),
    ]


def longer() -> list[Case]:
    """Facts that start before the previous bundle, as when this edition was sealed before that one was published."""
    first, second, year = (parsed(files[FACTS]) for files in (row().first, row().second, row().year))
    other = [{**second[0], "actor": "otra"}, *second[1:]]
    seal = {**year[1], "sequence": 4, "previous": first[-1]["digest"]}

    def with_facts(name: str, facts: list[Any], *faults: Fault) -> Case:
        changed = {FACTS: lines(relinked(facts))}
        return case(f"longer-{name}", resealed(row().year, changed, key(2), attested=False), *faults)

    return [
        with_facts("from-the-bundle-before", [*second, *year]),
        with_facts("from-the-beginning", [*first, *second, *year]),
        with_facts("with-another-past", [*other, *year], ("ledger", BUNDLES, 1)),
        with_facts("not-from-a-head", [*second[1:], *year], ("ledger", FACTS, 0)),
        with_facts("fork-that-ends-before", [seal], ("ledger", BUNDLES, 1)),
    ]


def all_cases() -> list[Case]:
    makers = (record, record_shape, tables, differences, deadlines, seals, ledger, bundles, longer)
    return [item for maker in makers for item in maker()]
