"""Records of two formats: the law's, and an invented one with a column more from 2027 on.

`known` holds the verdicts of a verifier whose table has the invented format; `unknown`, those of one that was never told of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from tests.core.verify.cases import DIFFERENCES, RECORD, Case, Fault, case, edit, edit_lines, put, record_with
from tests.core.verify.factory import Installation, key, resealed
from tests.core.verify.invented import LATER, PARTICIPANTS
from tests.core.verify.primitives import Files

Change = Callable[[Any], None]
WRONG: Fault = ("record", RECORD, None)
QUIET: Fault = ("record", DIFFERENCES, None)
MALFORMED: Fault = ("malformed", RECORD, None)


@cache
def town() -> tuple[Files, Files, Files]:
    """The last quarter of 2026, the first of 2027 with its sixteenth column, and an erratum of this one."""
    place = Installation()
    old = place.close("2026-Q4")
    new = place.close("2027-Q1", participants="1250")
    return old, new, place.close("2027-Q1", note="Se agregó una nota.", participants="1250")


def alone(name: str, period: str, value: str | None, *faults: Fault) -> Case:
    return case(f"columns-{name}", Installation().close(period, participants=value), *faults)


def told(files: Files, change: Change) -> Files:
    return resealed(files, {DIFFERENCES: edit_lines(files[DIFFERENCES], change)}, key(1))


def line_of(before: str, after: str) -> dict[str, Any]:
    return {"after": after, "before": before, "name": PARTICIPANTS, "number": 16}


def known() -> list[Case]:
    return [*accepted(), *refused(), *compared(), *of_other_lengths()]


def accepted() -> list[Case]:
    old, new, erratum = town()
    return [
        case("columns-15-in-2026", old),
        case("columns-16-in-2027", new, after=old),
        case("columns-erratum", erratum, after=new),
        case("columns-erratum-after-15", erratum, after=old),
        *(alone(f"of-{value or 'nobody-told'}", "2027", value) for value in ("", "0", "7", "999999999")),
    ]


def refused() -> list[Case]:
    new = town()[1]

    def shape(name: str, change: Change) -> Case:
        return case(f"columns-{name}", resealed(new, {RECORD: edit(new[RECORD], change)}, key(1)), MALFORMED)

    bad = ("-1", "007", "1,250", "12.5", "mil", " 7", "7\n", "1000000000", "٧")
    return [
        *(alone(f"not-{number}", "2027", value, WRONG) for number, value in enumerate(bad)),
        alone("15-in-2027", "2027-Q1", None, WRONG),
        alone("15-in-2028", "2028", None, WRONG),
        alone("16-in-2026", "2026-Q4", "7", WRONG),
        case("columns-other-name", record_with(new, put("columns", 15, "name", to="Participantes")), WRONG),
        case("columns-blank-without-mark", record_with(new, put("columns", 15, "value", to="")), WRONG),
        case("columns-tampered", {**new, RECORD: new[RECORD].replace(b'"1250"', b'"1251"')}, ("changed", RECORD, None)),
        shape("15-of-16", lambda record: record["columns"].pop()),
        shape("16-of-15", put("format", to="121-XXII-b/1")),
        shape("format-nobody-knows", put("format", to="121-XXII-b/0")),
        shape("format-list", put("format", to=[LATER])),
        shape("format-of-every-object", put("format", to="__proto__")),
    ]


def compared() -> list[Case]:
    """Errata that change the sixteenth column."""
    place, first_line = Installation(), ("record", DIFFERENCES, 0)
    first, second = place.close("2027-Q1", participants="1250"), place.close("2027-Q1", participants="1300")

    def change(name: str, before: str, after: str, *faults: Fault) -> Case:
        files = told(second, lambda d: d.append(line_of(before, after)))
        return case(f"columns-change-{name}", files, *faults, after=first)

    return [
        change("told", "1250", "1300"),
        change("other-before", "1", "1300", first_line),
        change("other-after", "1250", "1301", first_line),
        case("columns-change-quiet", second, QUIET, after=first),
    ]


def of_other_lengths() -> list[Case]:
    """An erratum in another format than the edition that it corrects: a verdict, in words, and no crash."""
    shorter, longer = Installation(), Installation()
    of_16, to_15 = shorter.close("2027-Q1", participants="1250"), shorter.close("2027-Q1")
    of_15, to_16 = longer.close("2026-Q4"), longer.close("2026-Q4", participants="7")
    blank, to_blank = Installation(), Installation()
    of_blank, from_blank = blank.close("2027-Q1", participants=""), blank.close("2027-Q1")
    of_none, with_blank = to_blank.close("2026-Q4"), to_blank.close("2026-Q4", participants="")
    said = told(to_16, lambda d: d.append(line_of("", "7")))
    guessed = told(to_16, lambda d: d.append(line_of("3", "7")))
    lost = told(to_15, lambda d: d.append(line_of("1250", "")))
    return [
        case("columns-16-to-15", to_15, WRONG, QUIET, after=of_16),
        case("columns-16-to-15-told", lost, WRONG, ("record", DIFFERENCES, 0), after=of_16),
        case("columns-15-to-16", to_16, WRONG, QUIET, after=of_15),
        case("columns-15-to-16-told", said, WRONG, after=of_15),
        case("columns-15-to-16-guessed", guessed, WRONG, ("record", DIFFERENCES, 0), after=of_15),
        case("columns-blank-to-15", from_blank, WRONG, after=of_blank),
        case("columns-15-to-blank", with_blank, WRONG, after=of_none),
    ]


def unknown() -> list[Case]:
    """For a verifier that does not know the format, the record is of no form, and the rest is checked all the same."""
    old, new, erratum = town()
    not_an_older_one = ("after", "manifest.json", None)
    return [
        case("columns-of-an-unknown-format", new, MALFORMED),
        case("columns-of-an-unknown-format-after", new, MALFORMED, after=old),
        case("columns-after-an-unknown-format", erratum, MALFORMED, not_an_older_one, after=new, signature="no contrastada"),
    ]
