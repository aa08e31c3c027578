"""What a record may hold: the most passes, one more is refused with its place and the limit."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.captured import Captured, check_captured
from calpulli_core.formats.columns import layout_of
from calpulli_core.formats.defects import Defect, Findings, RecordErrors
from calpulli_core.formats.plain_text import is_link, text_fault
from calpulli_core.formats.programme import Line, Objective, Programme, Swot
from calpulli_core.formats.record import Plan, Record, compose, to_csv, to_json
from calpulli_core.formats.record_input import read_csv, read_json
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx

PERIOD = Period(2026, 1)


def with_lines(programme: Programme, counts: Sequence[int]) -> Programme:
    """A programme of as many objectives as ``counts``, each with that many lines."""
    objectives = tuple(
        Objective(number, f"objetivo {number}", tuple(Line(f"{number}.{at}", "línea") for at in range(1, count + 1)))
        for number, count in enumerate(counts, start=1)
    )
    return replace(programme, objectives=objectives)


def told(programme: Programme, plan: Plan) -> list[str]:
    """What each of the three readers answers; they must agree on the rules."""
    record = compose(plan=Plan("demo-2026", programme, reference=False), period=PERIOD, captured=Captured())
    own = Plan("demo-2026", replace(programme, objectives=plan.programme.objectives), reference=False)
    answers = [
        rules(lambda: read_json(to_json(record))),
        rules(lambda: read_csv(to_csv(record), plan=own)),
        rules(lambda: read_xlsx(to_xlsx(record), plan=own)),
    ]
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


def rules(read: Callable[[], object]) -> list[str]:
    try:
        read()
    except RecordErrors as errors:
        return [f"{defect.column}: {defect.rule}" for defect in errors.defects]
    return []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1] * 60, []),
        ([1] * 61, ["columna 9: Se admiten 60 objetivos y hay 61."]),
        ([40] * 10, []),
        ([40] * 9 + [41], ["columna 10: Se admiten 400 líneas y hay 401."]),
    ],
)
def test_objectives_and_lines(plan: Plan, counts: list[int], expected: list[str]) -> None:
    assert told(with_lines(plan.programme, counts), plan) == expected


@pytest.mark.parametrize(
    ("last", "expected"), [(100, []), (101, ["columna 8: Se admiten 400 puntos del diagnóstico y hay 401."])]
)
def test_items_of_the_diagnosis(plan: Plan, last: int, expected: list[str]) -> None:
    swot = Swot(*(("punto",) * count for count in (100, 100, 100, last)))
    assert told(replace(plan.programme, swot=swot), plan) == expected


def test_every_text_has_a_limit(plan: Plan) -> None:
    fits, long = "x" * 4_000, "x" * 4_001
    assert told(replace(plan.programme, mission=fits), plan) == []
    programme = with_lines(plan.programme, [1])
    lines = (Line("1.1", long),)
    programme = replace(
        programme,
        mission=long,
        legal_basis=long,
        institution=replace(programme.institution, name=long),
        objectives=(Objective(1, long, lines),),
        swot=replace(programme.swot, threats=(long,)),
    )
    rule = "El texto admite 4000 caracteres y tiene 4001."
    places = {"legal_basis", "columna 6", "name", "columna 8, threats 1", "columna 9, objetivo 1", "columna 10, línea 1.1"}
    assert set(told(programme, plan)) == {f"{place}: {rule}" for place in places}


def faults(captured: Captured) -> tuple[Defect, ...]:
    findings = Findings()
    check_captured(captured, layout=layout_of(PERIOD), period=PERIOD, findings=findings)
    return tuple(findings.defects)


def test_links_and_the_note_fit_in_their_columns() -> None:
    link = "https://a.mx/" + "x" * 487
    assert len(link) == 500
    assert faults(Captured(poa_url=link, work_programme_url=link, note="n" * 4_000)) == ()
    found = faults(Captured(poa_url=link + "x", work_programme_url=link + "x", note="n" * 4_001))
    assert [(defect.column or "").split(" (")[0] for defect in found] == ["columna 4", "columna 5", "columna 15"]
    assert [defect.rule for defect in found] == [
        "El texto admite 500 caracteres y tiene 501.",
        "El texto admite 500 caracteres y tiene 501.",
        "El texto admite 4000 caracteres y tiene 4001.",
    ]


def test_a_sheet_or_table_of_more_than_a_mebibyte_is_not_even_read(founding: Record, plan: Plan) -> None:
    rule = ["None: El archivo pesa más de 1 MiB."]
    padding = b"\n" * (1024 * 1024)
    assert rules(lambda: read_csv(to_csv(founding) + padding, plan=plan)) == rule
    assert rules(lambda: read_xlsx(to_xlsx(founding) + padding, plan=plan)) == rule


# The nine controls of the bidirectional algorithm that embed, override or isolate, and the three marks.
DIRECTIONS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]


@pytest.mark.parametrize("code", DIRECTIONS)
def test_a_control_of_direction_is_refused_by_its_code_point(plan: Plan, names: list[str], values: list[str], code: int) -> None:
    hostile = f"se aprueba {chr(code)}on"
    for breaks in (False, True):
        assert text_fault(hostile, breaks=breaks) == f"El texto no puede tener el carácter invisible U+{code:04X}."
    assert not is_link(f"https://a.mx/{chr(code)}")
    assert [defect.column for defect in faults(Captured(note=hostile))] == ["columna 15 (Nota)"]
    values[5] = hostile
    out = io.StringIO(newline="")
    csv.writer(out).writerows([names, values])
    (found,) = rules(lambda: read_csv(out.getvalue().encode(), plan=plan))
    assert f"U+{code:04X}" in found


def test_other_invisible_characters_of_real_texts_pass() -> None:
    # A soft hyphen, a zero width space and joiner, as texts pasted from office programs and emoji carry them.
    for code in (0x00AD, 0x200B, 0x200D, 0xFE0F, 0x202F):
        assert text_fault(f"a{chr(code)}b") is None


@pytest.fixture
def names(founding: Record) -> list[str]:
    return [cell.name for cell in founding.columns]


@pytest.fixture
def values(founding: Record) -> list[str]:
    return list(founding.values)
